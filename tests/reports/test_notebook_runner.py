"""A notebook runs whole with exactly its parameters, or not at all; papermill alone is not that strict."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_notebooks import printed, write_notebook

from agingreport.errors import AgingReportError
from agingreport.reports.kernel import running_kernel
from agingreport.reports.notebook_runner import check_parameters, declared_parameters, read_notebook, run_notebook

GIVEN = {"ledger": "mine.duckdb", "as_of": "2026-10-31"}


def run(path: Path, **changes: str) -> object:
    return run_notebook(path, parameters={**GIVEN, **changes}, failed_path=path.with_name("it.failed.ipynb"))


def test_the_notebook_sees_the_parameters_it_is_given(tmp_path: Path) -> None:
    executed = run(write_notebook(tmp_path / "it.ipynb", "print(ledger, as_of)"))
    assert printed(executed) == "mine.duckdb 2026-10-31\n"


def test_text_with_quotes_and_code_in_it_arrives_as_text(tmp_path: Path) -> None:
    hostile = 'it\'s "x"\n1/0 \\ {name} $a'
    executed = run(write_notebook(tmp_path / "it.ipynb", "print(repr(ledger))"), ledger=hostile)
    assert printed(executed).strip() == repr(hostile)


def test_a_misspelt_parameter_is_refused_before_anything_runs(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "it.ipynb", f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(AgingReportError, match=r"it\.ipynb has no parameter 'as_off'; the nearest it has is 'as_of'"):
        run(path, as_off="2026-10-31")
    assert not (tmp_path / "ran").exists()


def test_a_parameter_that_is_not_given_is_refused_by_name() -> None:
    with pytest.raises(AgingReportError, match=r"it\.ipynb needs a value for as_of"):
        check_parameters({"ledger": "mine.duckdb"}, ("ledger", "as_of"), name="it.ipynb")


def test_a_notebook_without_a_parameters_cell_is_refused(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "it.ipynb", "1", tag="settings")
    with pytest.raises(AgingReportError, match="0 cells tagged 'parameters'"):
        run(path)


def test_a_parameters_cell_holds_plain_text_lines_only(tmp_path: Path) -> None:
    notebook = read_notebook(write_notebook(tmp_path / "it.ipynb", parameters='ledger = "x"\nas_of = date.today()'))
    with pytest.raises(AgingReportError, match="line 2 of the parameters cell"):
        declared_parameters(notebook, name="it.ipynb")


def test_a_cell_that_fails_is_named_and_what_ran_is_kept(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "it.ipynb", "# Title", "1 / 0")
    with pytest.raises(AgingReportError, match=r"ZeroDivisionError: division by zero.*it\.failed\.ipynb"):
        run(path)
    assert "ZeroDivisionError" in (tmp_path / "it.failed.ipynb").read_text("utf-8")


def test_an_error_meant_for_people_passes_through_as_it_was_said(tmp_path: Path) -> None:
    said = "There is no ledger at mine.duckdb: make one."
    path = write_notebook(
        tmp_path / "it.ipynb", f"from agingreport.errors import AgingReportError\nraise AgingReportError({said!r})"
    )
    with pytest.raises(AgingReportError) as error:
        run(path)
    assert str(error.value) == said


def test_leaving_early_is_no_success(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "it.ipynb", "import sys; sys.exit(0)", "print('never')")
    with pytest.raises(AgingReportError, match="did not complete"):
        run(path)


def test_a_kernel_that_dies_is_said_to_have_died(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "it.ipynb", "import os; os._exit(1)")
    with pytest.raises(AgingReportError, match="its kernel died"):
        run(path)


def test_a_good_run_removes_what_a_failed_one_left(tmp_path: Path) -> None:
    failed = tmp_path / "it.failed.ipynb"
    failed.write_text("{}", encoding="utf-8")
    run(write_notebook(tmp_path / "it.ipynb", "1"))
    assert not failed.exists()


def test_braces_in_a_path_are_only_braces(tmp_path: Path) -> None:
    assert run(write_notebook(tmp_path / "{x}" / "it.ipynb", "1"))


def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "it.ipynb"
    path.write_text("not a notebook", encoding="utf-8")
    with pytest.raises(AgingReportError, match="cannot be read as a notebook"):
        run(path)


def test_the_kernel_is_this_interpreter_whatever_the_notebook_asks_for(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "it.ipynb", "import sys; print(sys.executable)")
    text = path.read_text("utf-8").replace(
        '"metadata": {},\n "nbformat"', '"metadata": {"kernelspec": {"name": "ir", "display_name": "R"}},\n "nbformat"'
    )
    path.write_text(text, encoding="utf-8")
    assert printed(run(path)).strip() == sys.executable


def test_modules_and_start_up_files_of_the_user_do_not_reach_the_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = tmp_path / "home" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("leaked = True", encoding="utf-8")
    (tmp_path / "colorsys.py").write_text("leaked = True", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    source = "import colorsys; print('leaked' in globals() or hasattr(colorsys, 'leaked'))"
    assert printed(run(write_notebook(tmp_path / "it.ipynb", source))) == "False\n"


def test_the_kernel_is_gone_after_an_error() -> None:
    with pytest.raises(KeyError), running_kernel() as kernel:
        process = kernel.provisioner.process.pid
        raise KeyError
    assert is_gone(process)


def is_gone(process: int) -> bool:
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_the_slow_grammar_is_never_built() -> None:
    code = (
        "import sys; from agingreport.reports.kernel import skip_iri_grammar; skip_iri_grammar();"
        "import papermill, nbconvert;"
        "print('rfc3987_syntax.syntax_helpers' in sys.modules, 'jsonschema' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True"]
