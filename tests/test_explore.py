"""JupyterLab on the books, opened in a browser as the accountant opens it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from agingreport.errors import AgingReportError
from agingreport.jupyter.explore import make_notebook, make_settings
from browsing import chromium
from drawn import ledger_file, load, write_drawn

DOCUMENTS = """
    document_id  kind     client          number  document_date  due_date    amount    currency
    I1           invoice  Acme $ Sons $1  1001    2026-05-01     2026-05-31  1,200.00  USD
    I2           invoice  <b>Bold</b>     1002    2026-09-01     2026-10-01  300.00    USD
    P1           payment  Acme $ Sons $1  -       2026-06-10     -           200.00    USD
"""
ALLOCATIONS = """
    debit_id  credit_id  amount
    I1        P1         200.00
"""
RUN_MILLISECONDS = 120_000


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with ledger_file(tmp_path / "ledger.duckdb") as ledger:
        load(ledger, write_drawn(tmp_path / "exports", documents=DOCUMENTS, allocations=ALLOCATIONS))
    return tmp_path


@contextmanager
def jupyterlab(workspace: Path) -> Iterator[str]:
    """JupyterLab as `agingreport explore` starts it; gives the address it prints."""
    command = [
        sys.executable,
        "-m",
        "agingreport.cli",
        "explore",
        "--as-of",
        "2026-10-31",
        "--no-browser",
        "--port",
        "0",
    ]
    with subprocess.Popen(
        command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        said = []
        try:
            for line in process.stdout:
                said.append(line)
                if found := re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", line):
                    yield found[0]
                    break
            else:
                pytest.fail("JupyterLab did not start:\n" + "".join(said))
        finally:
            process.terminate()


def run_all_cells(page: Page) -> None:
    """Run them once the kernel is there: before that, JupyterLab would ask which one to use."""
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=RUN_MILLISECONDS)
    page.wait_for_function(
        "document.querySelector('#jp-main-statusbar')?.innerText.includes('agingreport | Idle')",
        timeout=RUN_MILLISECONDS,
    )
    page.wait_for_timeout(1000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def saved_when_run(page: Page, notebook: Path) -> list[dict[str, Any]]:
    """The code cells as saved, once each of them has run."""
    for _ in range(RUN_MILLISECONDS // 1000):
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        code_cells = [cell for cell in cells if cell["cell_type"] == "code"]
        if all(cell["execution_count"] for cell in code_cells):
            return code_cells
    pytest.fail("the notebook did not run to its end")


def test_the_notebook_runs_in_jupyterlab_without_an_error_or_a_word_to_the_network(workspace: Path) -> None:
    with jupyterlab(workspace) as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 2400})
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        run_all_cells(page)
        code_cells = saved_when_run(page, workspace / "explore.ipynb")
        assert [
            url for url in requests if not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))
        ] == []
    outputs = [output for cell in code_cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    shown = json.dumps(outputs)
    assert "1,000.00" in shown
    assert "&lt;b&gt;Bold&lt;/b&gt;" in shown
    assert "mathjax_ignore" in shown


def test_the_notebook_of_its_reader_is_never_overwritten(workspace: Path) -> None:
    path = make_notebook(workspace, "ledger.duckdb", as_of=date(2026, 10, 31), policy_path=None)
    assert 'as_of = "2026-10-31"' in path.read_text(encoding="utf-8").replace('\\"', '"')
    path.write_text("mine", encoding="utf-8")
    make_notebook(workspace, "ledger.duckdb", as_of=date(2026, 11, 30), policy_path=None)
    assert path.read_text(encoding="utf-8") == "mine"


def test_the_kernel_of_the_workspace_is_this_interpreter(workspace: Path) -> None:
    settings = make_settings(workspace)
    kernel = json.loads((settings / "share" / "kernels" / "agingreport" / "kernel.json").read_text(encoding="utf-8"))
    assert kernel["argv"][0] == sys.executable
    page = json.loads((settings / "config" / "labconfig" / "page_config.json").read_text(encoding="utf-8"))
    assert page["disabledExtensions"]["@jupyterlab/mathjax-extension"] is True


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(AgingReportError, match="must be writable"):
        make_notebook(tmp_path / "missing", "ledger.duckdb", as_of=date(2026, 10, 31), policy_path=None)
