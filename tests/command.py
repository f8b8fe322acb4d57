"""The command line as a person has it: called in this process, or as the installed program where that matters."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agingreport.cli import main

PROGRAM = Path(sys.executable).with_name("agingreport")


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """What runs `agingreport` in this process."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["agingreport", *map(str, arguments)])
        capsys.readouterr()
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


def run_installed(*arguments: object, through: tuple[str, ...] = (), **environment: str) -> Ran:
    """Run the installed program, `through` another if need be, with a clean environment but for what is given."""
    command = [*through, str(PROGRAM), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    return Ran(done.returncode, done.stdout, done.stderr)
