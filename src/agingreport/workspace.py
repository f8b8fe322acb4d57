"""Where things lie: a folder with a ledger, a policy of its own if it likes, and its reports."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from agingreport.errors import AgingReportError

LEDGER = "ledger.duckdb"
POLICY = "policy.toml"
EXPORTS = "exports"
REPORTS = "reports"
STARTING_POLICY = """\
# The policy of this firm: give here only what differs from the shipped one.
# 'agingreport show --list' names the metrics, the manual explains each setting.

[conventions]
# reporting_currency = "USD"
# aging_basis = "due_date"            # or "document_date"
# allocation_effective = "document"   # or "allocation"
# bucket_edges = [0, 30, 60, 90]      # current, 1-30, 31-60, 61-90, 91+
# accounting_basis = "accrual"        # or "cash": the bad-debt summary asks for it

[firm]
# country = "US"
# region = "TX"
"""


@dataclass(frozen=True)
class Workspace:
    """A folder that holds one firm's books."""

    folder: Path

    @property
    def ledger(self) -> Path:
        """The ledger file."""
        return self.folder / LEDGER

    @property
    def policy(self) -> Path | None:
        """The firm's own policy file, if there is one."""
        path = self.folder / POLICY
        return path if path.is_file() else None

    def report_folder(self, period: str) -> Path:
        """Where the report of a month ("2026-10") or a year ("2026") goes."""
        return self.folder / REPORTS / period


def make_workspace(folder: Path) -> list[Path]:
    """Make the folder with all a firm needs to begin; what is there already stays. Gives what was made."""
    made = []
    try:
        for part in (folder, folder / EXPORTS, folder / REPORTS):
            if not part.is_dir():
                part.mkdir(parents=True)
                made.append(part)
        policy = folder / POLICY
        if not policy.exists():
            policy.write_text(STARTING_POLICY, encoding="utf-8")
            made.append(policy)
    except OSError as error:
        raise AgingReportError(
            f"Cannot make the workspace {folder}: {error.strerror or error}; choose a folder you can write to."
        ) from error
    return made


def last_month_end(today: date) -> date:
    """The last day of the month before."""
    return today.replace(day=1) - timedelta(days=1)
