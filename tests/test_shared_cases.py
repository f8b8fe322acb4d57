"""Dated cases with known answers, from bug reports and test suites of other systems, through the installed program."""

import subprocess
import sys
from pathlib import Path

import pytest

from command import PROGRAM

CASES = Path(__file__).parents[2] / "shared" / "cases" / "run_cases.py"


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not beside the project")
def test_all_dated_cases_have_their_known_answers() -> None:
    done = subprocess.run(
        [sys.executable, CASES, "--agingreport", str(PROGRAM)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith(" 0 failed\n")
