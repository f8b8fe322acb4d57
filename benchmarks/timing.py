"""Starts a process of its own for each run, and says what it took."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Run:
    """One process: what it printed, and the most memory it had, in MiB."""

    printed: str
    peak_mib: float


def start(command: Sequence[str]) -> Run:
    """Run a process to its end; raises where it fails."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed with status {process.returncode}: {' '.join(command)}")
    return Run(printed, usage.ru_maxrss / 1024)


def script(name: str, *arguments: str) -> list[str]:
    """The command for one of our scripts."""
    return [sys.executable, str(HERE / name), *arguments]


def limited(ratio: float, limit: float) -> str:
    """A ratio, and whether it keeps to its limit."""
    return f"{ratio:.2f} {verdict(ratio, limit)}"


def limited_mib(mib: float, limit: float) -> str:
    """So much memory, and whether it keeps to its limit."""
    return f"{mib:.0f} MiB {verdict(mib, limit)}"


def verdict(found: float, limit: float) -> str:
    """Whether a figure keeps to its limit."""
    return "pass" if found <= limit else "fail"


def as_table(titles: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Cells as a table in Markdown."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (titles, ["---"] * len(titles), *lines))
