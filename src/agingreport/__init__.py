"""What a small business is owed, who will pay, and what to do about each debt.

with open_ledger(Path("ledger.duckdb"), writable=True) as ledger:
    ledger.load([Path("invoices.csv")], loaded_at=datetime(2026, 11, 1))
    ledger.as_of(date(2026, 10, 31)).show("aging")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["AgingReportError", "Books", "Ledger", "Policy", "ReadOptions", "Table", "load_policy", "open_ledger"]

if TYPE_CHECKING:
    from agingreport.books import Books
    from agingreport.errors import AgingReportError
    from agingreport.ledger import Ledger, open_ledger
    from agingreport.policy.reading import load_policy
    from agingreport.policy.sections import Policy
    from agingreport.readers import ReadOptions
    from agingreport.table import Table

HOMES = {
    "AgingReportError": "errors",
    "Books": "books",
    "Ledger": "ledger",
    "Policy": "policy.sections",
    "ReadOptions": "readers",
    "Table": "table",
    "load_policy": "policy.reading",
    "open_ledger": "ledger",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package costs next to nothing."""
    if name in HOMES:
        return getattr(import_module(f"agingreport.{HOMES[name]}"), name)
    raise AttributeError(f"module 'agingreport' has no attribute {name!r}")
