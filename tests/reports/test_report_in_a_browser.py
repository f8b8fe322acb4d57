"""The report in a browser with no network: nothing asked for, nothing broken, readable on a phone and on paper."""

import io
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from drawn_reports import AS_OF, report_of
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MANY_LATE = "\n".join(
    f"I{n}  invoice  client {n % 30:02}  INV-{n:04}  {day}  {day + timedelta(days=30)}  {100 + 7 * n}.25  USD"
    for n in range(90)
    for day in (date(2026, 2, 5) + timedelta(days=2 * n),)
)

CLIENTS = "client  name  email\n" + "\n".join(
    f"client {n:02}  Client Number {n:02} Ltd  accounts-payable@client-{n:02}-of-a-rather-long-name.example"
    for n in range(30)
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_of(tmp_path_factory.mktemp("browser"), MANY_LATE, clients=CLIENTS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    assert executable, "these tests need Chromium: install it (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, headless=True, args=ARGUMENTS)
        yield launched
        launched.close()


def opened(browser: Browser, report: Path, **options: Any) -> tuple[Page, list[str], list[str]]:
    page = browser.new_context(offline=True, **options).new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(report.as_uri())
    return page, requests, complaints


def printed(page: Page) -> list[str]:
    """The text of each sheet of paper, ligatures taken apart, one blank between words."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [" ".join(normalize("NFKC", sheet.extract_text()).split()) for sheet in sheets]


def test_it_asks_no_network_for_anything_and_complains_of_nothing(browser: Browser, report: Path) -> None:
    page, requests, complaints = opened(browser, report)
    page.wait_for_timeout(200)
    assert requests == [report.as_uri()]
    assert complaints == []


def test_its_policy_lets_its_own_style_and_script_run_and_no_other(browser: Browser, report: Path) -> None:
    page, _, complaints = opened(browser, report)
    assert page.evaluate("getComputedStyle(document.querySelector('.figures')).display") == "grid"
    assert page.locator("th button").count() > 0
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in complaints)


def test_every_figure_of_the_notebook_is_drawn(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    assert page.locator("figure svg.chart").count() == page.locator("figure").count() == 3
    for chart in page.locator("svg.chart").all():
        box = chart.bounding_box()
        assert box is not None and box["width"] > 300 and box["height"] > 120
        assert chart.locator("rect, path").count() > 0


def test_it_is_one_page_with_one_title_and_captioned_tables(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    assert page.locator("h1").count() == 1
    assert page.locator("table").count() == page.locator("table > caption").count()
    assert page.locator("tbody tr").count() == page.locator("tbody tr > th[scope=row]").count()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_hangs_over_the_edge(browser: Browser, report: Path, width: int) -> None:
    page, _, _ = opened(browser, report, viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_rows_as_cards_that_name_their_figures(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report, viewport={"width": 390, "height": 844})
    cell = page.locator("table.sortable td.number").first
    assert page.evaluate("cell => getComputedStyle(cell).display", cell.element_handle()) == "block"
    label = page.evaluate("cell => getComputedStyle(cell, '::before').content", cell.element_handle())
    assert label.strip('"') == cell.get_attribute("data-l")


def test_a_column_sorts_by_value_and_says_so(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    table = page.locator("table.sortable").filter(has_text="To chase yourself").first
    head = table.locator("thead th").nth(1)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    shown = [int(text) for text in table.locator("tbody tr td:nth-child(2)").all_inner_texts()]
    assert shown == sorted(shown) and len(set(shown)) > 3
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"


def test_a_long_list_can_be_filtered(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    box = page.get_by_role("searchbox").first
    table = page.locator("table.sortable").filter(has=page.locator("caption", has_text="The latest payers first"))
    assert table.locator("tbody tr:visible").count() == 15
    box.fill(table.locator("tbody th").nth(7).inner_text())
    assert table.locator("tbody tr:visible").count() == 1


def test_it_reads_without_script(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report, java_script_enabled=False)
    assert page.locator("button, input").count() == 0
    assert "Do this week" in page.inner_text("main")


def test_dark_mode_changes_paper_and_ink(browser: Browser, report: Path) -> None:
    papers = set()
    for scheme in ("light", "dark"):
        page, _, _ = opened(browser, report, color_scheme=scheme)
        papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert page.evaluate("getComputedStyle(document.body).color") not in papers
    assert len(papers) == 2


def test_a_printed_list_repeats_its_header_on_every_page(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    sheets = printed(page)
    with_debts = [sheet for sheet in sheets[1:] if sheet.count("INV-") >= 4]
    assert len(with_debts) >= 3
    assert all("What to do, and why" in sheet for sheet in with_debts)
    assert f"1 / {len(sheets)}" in sheets[0]


def test_the_first_printed_page_holds_the_figures_and_what_to_do(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    first = printed(page)[0]
    assert "Owed to you" in first and "At stake in these five" in first
    assert f"{AS_OF:%B %Y}" in first
