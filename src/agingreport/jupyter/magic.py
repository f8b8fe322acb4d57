"""`%%sql` for JupyterLab: ask the books a question of your own, over any metric by its name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agingreport.books import Books
    from agingreport.table import Table


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext agingreport.jupyter.magic` runs."""
    shell.register_magic_function(sql_cell(shell), magic_kind="cell", magic_name="sql")


def sql_cell(shell: Any) -> Callable[[str, str], "Table | None"]:
    """The magic: `%%sql` shows the answer, `%%sql name` keeps it under that name instead."""

    import duckdb
    from IPython.core.error import UsageError

    def ask(line: str, cell: str) -> "Table | None":
        books: Books | None = shell.user_ns.get("books")
        if books is None:
            raise UsageError("%%sql asks the variable 'books': run the cells above first")
        try:
            answer = books.sql(cell)
        except duckdb.Error as error:
            raise UsageError(str(error)) from None
        if not line.strip():
            return answer
        shell.user_ns[line.strip()] = answer
        return None

    return ask
