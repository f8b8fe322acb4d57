"""Run every check over the books: the rows of a check are the problems it finds."""

from typing import TYPE_CHECKING

from agingreport.models import catalogue
from agingreport.table import Table

if TYPE_CHECKING:
    from agingreport.books import Books

ORDER = {"error": 0, "warning": 1, "info": 2}


def findings(books: "Books") -> Table:
    """One row a problem, the worst first: check, severity, subject, client, detail, remedy."""
    columns = ("check", "severity", "subject", "client", "detail", "remedy")
    rows = [
        tuple({"check": name, **row}[column] for column in columns)
        for name, model in catalogue().items()
        if model.folder == "checks"
        for row in books.show(name)
    ]
    return Table(columns, tuple(sorted(rows, key=lambda row: ORDER[row[1]])))
