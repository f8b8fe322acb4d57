"""Dated cases with known answers, from bug reports and test suites of other systems, through the installed program."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from command import PROGRAM

CASES = Path(__file__).parents[2] / "shared" / "cases"
PARTS = 5  # each case starts the program five times; in parts they run side by side


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not beside the project")
@pytest.mark.parametrize("part", range(PARTS))
def test_all_dated_cases_have_their_known_answers(part: int) -> None:
    cases = json.loads((CASES / "as_of_cases.json").read_text(encoding="utf-8"))
    chosen = [option for case in cases[part::PARTS] for option in ("--only", case["id"])]
    command = [sys.executable, str(CASES / "run_cases.py"), "--agingreport", str(PROGRAM), *chosen]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout == f"{len(cases[part::PARTS])} passed, 0 failed\n"
