"""Make a workspace of the sample business: what a firm's own folder looks like after its first month."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agingreport.errors import AgingReportError
from agingreport.ledger import open_ledger
from agingreport.loading.exports import find_exports
from agingreport.shipped import sample
from agingreport.workspace import EXPORTS, POLICY, Workspace, make_workspace

if TYPE_CHECKING:
    from agingreport.reports.notebook_runner import Progress

LAST_DAY = date(2026, 10, 31)  # the exports of the sample business end here


def make_demo(
    folder: Path, *, made_at: datetime, say: Callable[[str], None], progress: "Progress | None" = None
) -> Path:
    """The sample business in `folder`: its exports, its ledger, and the report of its last month. Gives the page."""
    from agingreport.policy.reading import load_policy
    from agingreport.readers import ReadOptions
    from agingreport.reports.make import monthly_report

    make_workspace(folder)
    workspace = Workspace(folder)
    copy_sample(folder)
    policy = load_policy(workspace.policy)
    options = ReadOptions(fallback_currency=policy.conventions.reporting_currency)
    say(f"Loading the exports of an invented business from {folder / EXPORTS} ...")
    with find_exports([folder / EXPORTS]) as found, open_ledger(workspace.ledger, writable=True) as ledger:
        ledger.load(found.exports, loaded_at=made_at.replace(tzinfo=None), options=options)
    say("Making its monthly report ...")
    return monthly_report(
        workspace.ledger,
        as_of=LAST_DAY,
        policy_path=workspace.policy,
        output=workspace.report_folder(f"{LAST_DAY:%Y-%m}"),
        made_at=made_at,
        progress=progress,
    )


def copy_sample(folder: Path) -> None:
    """Lay out the sample's exports and its policy."""
    try:
        with find_exports([sample()]) as found:
            for export in found.exports:
                shutil.copyfile(export.path, folder / EXPORTS / export.name)
        if (sample() / POLICY).exists():
            shutil.copyfile(sample() / POLICY, folder / POLICY)
    except OSError as error:
        raise AgingReportError(f"Cannot write into {folder}: {error.strerror}; give another folder.") from error
