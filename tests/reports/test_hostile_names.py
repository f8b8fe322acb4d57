"""Whatever a client is called, a page shows it as text and a workbook holds it as text."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from drawn_reports import AS_OF, HEADER

from agingreport.reports.make import monthly_report
from drawn import ledger_file, load, write_csv

NAMES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script></style><svg onload=alert(1)>",
    "$1,200 and $300",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "http://evil.example/",
    "{{ resources.style }} {% raw %}",
    "[a](javascript:alert(1)) **b**",
    "Zoë & Söhne “GmbH” 株式会社",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        [f"I{place}", "invoice", name, name, "2026-06-01", "2026-07-01", f"{100 + place}.00", "USD"]
        for place, name in enumerate(NAMES)
    ]
    ledger = folder / "ledger.duckdb"
    with ledger_file(ledger) as opened:
        load(opened, [write_csv(folder / "documents.csv", [HEADER.split(), *rows])])
    return monthly_report(ledger, as_of=AS_OF, policy_path=None, output=folder / "report")


class Elements(HTMLParser):
    """The elements of a page as a browser would see them, each with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(report: Path) -> list[tuple[str, dict[str, str | None]]]:
    return Elements(report.read_text("utf-8")).found


def test_a_page_has_no_element_that_we_did_not_write(report: Path) -> None:
    names = [name for name, _ in elements(report)]
    assert names.count("script") == 1
    assert not {"img", "iframe", "a", "link", "object", "embed", "form", "base", "image", "use"} & set(names)


def test_a_page_has_no_handler_no_style_and_no_address_in_any_attribute(report: Path) -> None:
    attributes = {key for _, attributes in elements(report) for key in attributes}
    assert not [key for key in attributes if key.startswith("on")]
    assert not attributes & {"style", "src", "href", "srcset", "action", "poster", "data", "xlink:href"}


def test_a_page_shows_every_name_as_it_is(report: Path) -> None:
    shown = unescape(report.read_text("utf-8"))
    assert all(name in shown for name in NAMES)


def test_neither_style_nor_script_fetches_anything(report: Path) -> None:
    inside = re.findall(r"<(style|script)>(.*?)</\1>", report.read_text("utf-8"), flags=re.DOTALL)
    assert [kind for kind, _ in inside] == ["style", "script"]
    for _, text in inside:
        assert not re.search(r"@import|import\s*\(|url\s*\(|fetch\s*\(|XMLHttpRequest|https?:", text)


def test_a_page_has_a_policy_that_allows_its_own_style_and_script_only(report: Path) -> None:
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', report.read_text("utf-8"))
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in unescape(policy[1]).split(";"))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/=]{44}'", rules["script-src"])
    assert re.fullmatch(r"'sha256-[\w+/=]{44}'", rules["style-src"])


def test_a_workbook_holds_names_as_text_and_no_formula(report: Path) -> None:
    book = openpyxl.load_workbook(report.parent / "worklist.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    assert set(NAMES) <= {cell.value for cell in cells}


def test_a_name_that_could_become_a_formula_stays_text_when_edited(report: Path) -> None:
    book = openpyxl.load_workbook(report.parent / "worklist.xlsx")
    starts = ("=", "+", "-", "@")
    risky = [c for sheet in book for row in sheet.iter_rows(min_row=2) for c in row if str(c.value).startswith(starts)]
    texts = [cell for cell in risky if isinstance(cell.value, str)]
    assert texts and all(cell.quotePrefix for cell in texts)
