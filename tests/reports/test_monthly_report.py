"""The monthly report as files: sensible on any books, the same bytes each time, and never half of one."""

import hashlib
import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from drawn_reports import (
    AS_OF,
    EMPTY,
    MADE_AT,
    ONE_INVOICE,
    ONE_LATE,
    TWO_CURRENCIES,
    ledger_of_documents,
    report_of,
)
from small_notebooks import write_notebook

from agingreport import shipped
from agingreport.errors import AgingReportError
from agingreport.reports.make import monthly_report, publish
from agingreport.reports.notebook_runner import declared_parameters, read_notebook


def words_of(page: Path) -> str:
    """The text of a page, one blank between words."""
    text = re.sub(r"<(style|script)>.*?</\1>", " ", page.read_text("utf-8"), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.fixture(scope="module")
def two_currencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_of(tmp_path_factory.mktemp("two"), TWO_CURRENCIES)


def test_an_empty_ledger_gives_a_report_that_says_so(tmp_path: Path) -> None:
    words = words_of(report_of(tmp_path, EMPTY))
    assert "Nothing is recorded up to this day" in words
    assert "Nothing: no debt asks for a step now." in words


def test_one_invoice_that_is_not_due_gives_a_report_without_alarm(tmp_path: Path) -> None:
    words = words_of(report_of(tmp_path, ONE_INVOICE))
    assert "You are owed $100, and nothing is late." in words
    assert "Nothing: no debt asks for a step now." in words
    assert "The totals agree to the cent." in words


def test_one_late_invoice_is_a_thing_to_do(tmp_path: Path) -> None:
    words = words_of(report_of(tmp_path, ONE_LATE))
    assert "You are owed $100, and $100 is late, all of it with acme." in words
    assert "At stake in this one: $100 ." in words


def test_currencies_stand_apart_and_are_never_added(two_currencies: Path) -> None:
    words = words_of(two_currencies)
    assert "US Dollar (USD)" in words and "Euro (EUR)" in words
    assert "$950.50" in words and "€780.00" in words
    assert "1,730.50" not in words


def test_the_first_screen_comes_before_any_chart(two_currencies: Path) -> None:
    page = two_currencies.read_text("utf-8")
    order = [page.index(part) for part in ("<h1", "Owed to you", "Do this week", "At stake in", 'class="chart"')]
    assert order == sorted(order)


def test_every_block_names_the_models_it_comes_from(two_currencies: Path) -> None:
    page = two_currencies.read_text("utf-8")
    named = set(re.findall(r"<code>(\w+)</code>", page))
    wanted = {"dso", "aging_trend", "aging", "balances", "decisions", "rollforward", "tie_out", "lateness", "sources"}
    assert wanted <= named


def test_the_same_books_give_the_same_bytes_but_for_the_time_of_making(tmp_path: Path) -> None:
    ledger = ledger_of_documents(tmp_path, TWO_CURRENCIES)
    folders = [tmp_path / name for name in ("one", "two", "later")]
    for folder, made_at in zip(folders, (MADE_AT, MADE_AT, MADE_AT + timedelta(days=3)), strict=True):
        monthly_report(ledger, as_of=AS_OF, policy_path=None, output=folder, made_at=made_at)
    one, two, later = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two
    assert one["worklist.xlsx"] == later["worklist.xlsx"]
    assert one["monthly.html"].replace(b"2026-11-02 09:30", b"2026-11-05 09:30") == later["monthly.html"]


def test_the_manifest_names_what_the_report_was_made_from(tmp_path: Path) -> None:
    page = report_of(tmp_path, ONE_LATE)
    manifest = json.loads((page.parent / "manifest.json").read_text("utf-8"))
    ledger = (tmp_path / "ledger.duckdb").read_bytes()
    assert manifest["inputs"] == {"ledger.duckdb": hashlib.sha256(ledger).hexdigest()}
    assert manifest["files"]["monthly.html"] == hashlib.sha256(page.read_bytes()).hexdigest()
    assert manifest["parameters"] == {"as_of": "2026-10-31", "known_on": ""}
    assert str(tmp_path) not in json.dumps(manifest) + page.read_text("utf-8")
    assert manifest["made_at"] == MADE_AT.isoformat()


def test_the_time_of_making_is_the_callers(tmp_path: Path) -> None:
    ledger = ledger_of_documents(tmp_path, ONE_LATE)
    page = monthly_report(ledger, as_of=AS_OF, policy_path=None, output=tmp_path / "report")
    assert json.loads((page.parent / "manifest.json").read_text("utf-8"))["made_at"] is None
    assert "UTC" not in words_of(page).rsplit("Made by", 1)[1]


def test_a_report_that_fails_leaves_the_last_good_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = report_of(tmp_path, ONE_LATE)
    before = {path.name: path.read_bytes() for path in page.parent.iterdir()}
    parameters = "\n".join(f'{name} = ""' for name in ("ledger", "as_of", "policy", "known_on"))
    broken = write_notebook(tmp_path / "monthly.ipynb", "1 / 0", parameters=parameters)
    monkeypatch.setattr(shipped, "notebook", lambda name: broken)
    with pytest.raises(AgingReportError, match=r"monthly\.failed\.ipynb"):
        monthly_report(tmp_path / "ledger.duckdb", as_of=AS_OF, policy_path=None, output=page.parent)
    after = {path.name: path.read_bytes() for path in page.parent.iterdir()}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"monthly.failed.ipynb"}


def test_one_file_that_cannot_be_written_leaves_all_the_former_ones(tmp_path: Path) -> None:
    for name in ("a.html", "b.xlsx"):
        (tmp_path / name).write_bytes(b"before")
    (tmp_path / ".b.xlsx.partial").mkdir()
    with pytest.raises(AgingReportError, match="Cannot write the report into"):
        publish(tmp_path, {"a.html": b"after", "b.xlsx": b"after"}, inputs=(), parameters={}, made_at=None)
    assert [(tmp_path / name).read_bytes() for name in ("a.html", "b.xlsx")] == [b"before", b"before"]
    assert not (tmp_path / ".a.html.partial").exists()


def test_a_folder_that_takes_no_files_is_refused_before_the_work(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(AgingReportError, match="choose another with --output"):
        monthly_report(tmp_path / "none.duckdb", as_of=AS_OF, policy_path=None, output=blocked / "report")


def test_a_ledger_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(AgingReportError, match="There is no ledger at"):
        monthly_report(tmp_path / "none.duckdb", as_of=AS_OF, policy_path=None, output=tmp_path / "report")


def test_odd_folder_names_are_only_names(tmp_path: Path) -> None:
    folder = tmp_path / "Firm {x} $1 'q' é"
    folder.mkdir()
    assert report_of(folder, ONE_LATE).exists()


def test_a_report_of_an_earlier_day_does_not_know_later_loads(tmp_path: Path) -> None:
    page = monthly_report(
        ledger_of_documents(tmp_path, ONE_LATE),
        as_of=AS_OF,
        policy_path=None,
        output=tmp_path / "report",
        known_on=AS_OF.replace(year=2020),
    )
    assert "as it was known on Oct 31, 2020" in words_of(page)
    assert "Nothing is recorded up to this day" in words_of(page)


def test_the_notebook_is_thin() -> None:
    notebook = read_notebook(shipped.notebook("monthly.ipynb"))
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert declared_parameters(notebook, name="monthly.ipynb") == ("ledger", "as_of", "policy", "known_on")
    assert not re.search(r"\b(def|lambda|for|if|while|select)\b", code)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


def test_a_page_is_small_enough_to_mail(two_currencies: Path) -> None:
    assert two_currencies.stat().st_size < 150_000
