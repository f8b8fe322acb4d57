"""Run a notebook strictly: every parameter checked before, every cell seen to finish, or no notebook at all."""

import ast
import difflib
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agingreport.errors import AgingReportError
from agingreport.reports.kernel import running_kernel, skip_iri_grammar

CELL_TIMEOUT_SECONDS = 1800
DIED_AT_START = "Kernel died before replying"

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and out of how many."""


def run_notebook(
    path: Path, *, parameters: Mapping[str, str], failed_path: Path, progress: Progress | None = None
) -> Any:
    """Give the executed notebook, every cell of it completed.

    What stopped half-way is kept at failed_path to look at, and the error names it. A kernel that dies before it says
    a word is started once more: two programs may have picked the same free port.
    """
    notebook = read_notebook(path)
    check_parameters(parameters, declared_parameters(notebook, name=path.name), name=path.name)
    try:
        try:
            executed = _execute(notebook, path, parameters, failed_path, progress)
        except RuntimeError as error:
            if DIED_AT_START not in str(error):
                raise
            executed = _execute(notebook, path, parameters, failed_path, progress)
    except RuntimeError as error:
        raise _failure(path, failed_path, f"the notebook's kernel did not start ({error})") from error
    _check_completed(executed, path, failed_path)
    failed_path.unlink(missing_ok=True)
    return executed


def read_notebook(path: Path) -> Any:
    """Give the notebook file as nbformat 4."""
    skip_iri_grammar()
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (OSError, UnicodeError, ValueError, nbformat.reader.NotJSONError) as error:
        raise AgingReportError(f"{path} cannot be read as a notebook ({_first_line(error)})") from error


def declared_parameters(notebook: Any, *, name: str) -> tuple[str, ...]:
    """Name what the cell tagged `parameters` sets; the cell holds lines `name = "text"` and nothing else."""
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ())]
    if len(cells) != 1:
        raise AgingReportError(f"{name} has {len(cells)} cells tagged 'parameters'; it needs exactly one")
    names = []
    for statement in ast.parse(cells[0].source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Constant(value=str())):
                names.append(target)
            case _:
                raise AgingReportError(
                    f'{name}: line {statement.lineno} of the parameters cell is not of the form name = "text"'
                )
    return tuple(names)


def check_parameters(given: Mapping[str, str], declared: tuple[str, ...], *, name: str) -> None:
    """Refuse a parameter the notebook does not know, and one it needs that is not given.

    papermill only warns of the first and runs with the notebook's own value for the second: the wrong report,
    with exit status 0. The values in the notebook are for JupyterLab; a report is given every one.
    """
    for unknown in given:
        if unknown not in declared:
            nearest = difflib.get_close_matches(unknown, declared, n=1, cutoff=0) or ("none",)
            raise AgingReportError(f"{name} has no parameter '{unknown}'; the nearest it has is '{nearest[0]}'")
    missing = [parameter for parameter in declared if parameter not in given]
    if missing:
        raise AgingReportError(f"{name} needs a value for {', '.join(missing)}")


def _execute(
    notebook: Any, path: Path, parameters: Mapping[str, str], failed_path: Path, progress: Progress | None
) -> Any:
    with running_kernel() as kernel, TemporaryDirectory(prefix="agingreport-") as scratch:
        from nbclient.exceptions import CellTimeoutError, DeadKernelError
        from papermill import execute_notebook
        from papermill.exceptions import PapermillExecutionError

        copy = Path(scratch) / "executed.ipynb"
        try:
            return execute_notebook(
                notebook,
                str(copy).replace("{", "{{").replace("}", "}}"),  # papermill formats paths
                dict(parameters),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                execution_timeout=CELL_TIMEOUT_SECONDS,
                km=kernel,
                **_listener(notebook, path, progress),
            )
        except PapermillExecutionError as error:
            _keep(copy.read_bytes(), failed_path)
            raise _cell_failure(error, path, failed_path) from error
        except DeadKernelError as error:
            _keep(path.read_bytes(), failed_path)
            raise _failure(path, failed_path, "its kernel died, most often for want of memory") from error
        except CellTimeoutError as error:
            _keep(path.read_bytes(), failed_path)
            raise _failure(path, failed_path, f"a cell ran longer than {CELL_TIMEOUT_SECONDS} s") from error


def _listener(notebook: Any, path: Path, progress: Progress | None) -> dict[str, Any]:
    if progress is None:
        return {}
    cell_count = len(notebook.cells) + 1  # papermill adds one with the parameters

    def tell(cell: Any, cell_index: int, **_: Any) -> None:
        progress(path.stem, cell_index + 1, cell_count)

    return {"on_cell_complete": tell}


def _check_completed(executed: Any, path: Path, failed_path: Path) -> None:
    """Refuse a notebook that ended early: papermill calls `sys.exit(0)` in a cell a success and skips the rest."""
    import nbformat

    for number, cell in enumerate(executed.cells, start=1):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        status = cell.metadata.get("papermill", {}).get("status")
        if status != "completed" or any(output.output_type == "error" for output in cell.outputs):
            _keep(nbformat.writes(executed).encode(), failed_path)
            raise _failure(path, failed_path, f"cell {number} did not complete ({status})")


def _cell_failure(error: Any, path: Path, failed_path: Path) -> AgingReportError:
    if error.ename == "AgingReportError":
        return AgingReportError(str(error.evalue))
    return _failure(path, failed_path, f"cell {error.cell_index + 1} failed with {error.ename}: {error.evalue}")


def _failure(path: Path, failed_path: Path, what: str) -> AgingReportError:
    kept = f"; how far it came is in {failed_path}" if failed_path.exists() else ""
    return AgingReportError(f"{path.name} gave no report: {' '.join(what.split())}{kept}")


def _keep(content: bytes, failed_path: Path) -> None:
    failed_path.parent.mkdir(parents=True, exist_ok=True)
    failed_path.write_bytes(content)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
