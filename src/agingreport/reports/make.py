"""Make a report: run its notebook, write one HTML with its worklist and manifest, and all of it or nothing."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path

from agingreport import __version__, shipped
from agingreport.errors import AgingReportError
from agingreport.reports import wording
from agingreport.reports.notebook_html import Imprint, export_html
from agingreport.reports.notebook_runner import Progress, run_notebook

PATHS = ("ledger", "policy")  # a manifest tells them by name and hash: the same books make the same one anywhere
TOOLS = ("duckdb", "nbconvert", "papermill", "plotly")


def monthly_report(
    ledger_path: Path,
    *,
    as_of: date,
    policy_path: Path | None,
    output: Path,
    known_on: date | None = None,
    made_at: datetime | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write monthly.html, worklist.xlsx and manifest.json into the folder `output`; gives the page.

    The same ledger, day, policy and version give the same bytes but for made_at. Raises AgingReportError where
    anything fails; the report that was there before is then still there, whole.
    """
    from agingreport.reports.page import open_page
    from agingreport.reports.worklist import worklist_xlsx

    parameters = {
        "ledger": str(ledger_path.resolve()),
        "as_of": as_of.isoformat(),
        "policy": str(policy_path.resolve()) if policy_path else "",
        "known_on": known_on.isoformat() if known_on else "",
    }
    folder = made_folder(output)
    imprint = Imprint(f"What you are owed, {wording.month(as_of)}", made_at)
    page = render_notebook("monthly.ipynb", parameters, failed_folder=folder, imprint=imprint, progress=progress)
    inputs = [path for path in (ledger_path, policy_path) if path]
    written = {"monthly.html": page.encode(), "worklist.xlsx": worklist_xlsx(open_page(**parameters))}
    return publish(folder, written, inputs=inputs, parameters=parameters, made_at=made_at)


def bad_debt_report(
    ledger_path: Path,
    *,
    as_of: date,
    policy_path: Path | None,
    output: Path,
    made_at: datetime | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write bad_debt.html, bad_debt.xlsx and manifest.json into the folder `output`; gives the page.

    The tax year is that of as_of, up to its close. The same promises hold as for monthly_report.
    """
    from agingreport.reports.bad_debt_workbook import bad_debt_xlsx
    from agingreport.reports.page import open_page

    parameters = {
        "ledger": str(ledger_path.resolve()),
        "as_of": as_of.isoformat(),
        "policy": str(policy_path.resolve()) if policy_path else "",
    }
    folder = made_folder(output)
    imprint = Imprint(f"Bad debts of {as_of.year}", made_at)
    page = render_notebook("bad_debt.ipynb", parameters, failed_folder=folder, imprint=imprint, progress=progress)
    inputs = [path for path in (ledger_path, policy_path) if path]
    written = {"bad_debt.html": page.encode(), "bad_debt.xlsx": bad_debt_xlsx(open_page(**parameters))}
    return publish(folder, written, inputs=inputs, parameters=parameters, made_at=made_at)


def render_notebook(
    name: str, parameters: Mapping[str, str], *, failed_folder: Path, imprint: Imprint, progress: Progress | None = None
) -> str:
    """Give the page of a shipped notebook, run with exactly these parameters.

    A notebook that stops half-way is kept in failed_folder, as monthly.failed.ipynb for monthly.ipynb.
    """
    path = shipped.notebook(name)
    failed = failed_folder / f"{path.stem}.failed.ipynb"
    executed = run_notebook(path, parameters=parameters, failed_path=failed, progress=progress)
    return export_html(executed, imprint)


def publish(
    folder: Path,
    contents: Mapping[str, bytes],
    *,
    inputs: Sequence[Path],
    parameters: Mapping[str, str],
    made_at: datetime | None,
) -> Path:
    """Put the files into the folder with a manifest of what they were made from; gives the first of them.

    Every file is written under another name first: one that cannot be written leaves all the former ones in place.
    The manifest comes last and names the hash of each, so that a set cut short in between can be told.
    """
    manifest = make_manifest(contents, inputs=inputs, parameters=parameters, made_at=made_at)
    everything = {**contents, "manifest.json": manifest}
    partials = {name: folder / f".{name}.partial" for name in everything}
    try:
        for name, partial in partials.items():
            partial.write_bytes(everything[name])
        for name, partial in partials.items():
            partial.replace(folder / name)
    except OSError as error:
        reason = error.strerror or error
        raise AgingReportError(
            f"Cannot write the report into {folder}: {reason}; choose another with --output."
        ) from error
    finally:
        for partial in partials.values():
            with suppress(OSError):
                partial.unlink()
    return folder / next(iter(contents))


def make_manifest(
    contents: Mapping[str, bytes], *, inputs: Sequence[Path], parameters: Mapping[str, str], made_at: datetime | None
) -> bytes:
    """Give what would make these files again: the inputs with their hashes, the parameters, the versions."""
    manifest = {
        "made_by": {"agingreport": __version__, "python": platform.python_version()},
        "made_at": made_at.isoformat() if made_at else None,
        "parameters": {name: value for name, value in parameters.items() if name not in PATHS},
        "inputs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs},
        "tools": {name: version(name) for name in TOOLS},
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    }
    return (json.dumps(manifest, indent=2) + "\n").encode()


def made_folder(folder: Path) -> Path:
    """Give the folder, made where it was missing and seen to take files.

    Raises AgingReportError where it cannot be: better before the work than after it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".agingreport.partial"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or error
        raise AgingReportError(f"Cannot write into {folder}: {reason}; choose another with --output.") from error
    return folder
