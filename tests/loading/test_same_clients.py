"""One client under several names: certain where nothing that matters differs, else asked of the owner, and kept."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from agingreport.errors import AgingReportError
from agingreport.ledger import Ledger, open_ledger
from agingreport.loading.names import taken_apart
from agingreport.loading.same_clients import aliases, alike_pairs
from agingreport.policy.reading import load_policy
from command import Run
from drawn import IN_MEMORY, LOADED_AT, load, on, policy_file, shown, write_csv

DAY = "2025-03-31"
COLUMNS = ("document_id", "kind", "client", "number", "document_date", "due_date", "amount", "currency")
XERO = ("ContactName", "InvoiceNumber", "InvoiceDate", "DueDate", "Total", "InvoiceAmountDue", "Type", "Status")


def plain(path: Path, *clients: str) -> Path:
    """One invoice of 10 for each name."""
    rows = [
        (f"{path.stem}-{place}", "invoice", client, f"{path.stem}-{place}", "2025-01-01", "2025-01-31", 10, "USD")
        for place, client in enumerate(clients)
    ]
    return write_csv(path, [COLUMNS, *rows])


def xero(path: Path, *clients: str) -> Path:
    """The same in Xero."""
    rows = [
        (client, f"{path.stem}-{place}", "2025-01-01", "2025-01-31", 10, 10, "Sales invoice", "Awaiting Payment")
        for place, client in enumerate(clients)
    ]
    return write_csv(path, [XERO, *rows])


def balances(ledger: Ledger, known_on: str | None = None) -> dict[str, int]:
    return {row["client"]: int(row["balance"]) for row in on(ledger, DAY, known_on=known_on).show("balances")}


def ask(ledger: Ledger) -> list[tuple[str, str]]:
    return [(row["client"], row["other"]) for row in on(ledger, DAY).show("same_clients")]


def say(ledger: Ledger, client: str, other: str, *, is_same: bool = True, days: int = 1) -> None:
    ledger.say_same(client, other, is_same=is_same, said_at=LOADED_AT + timedelta(days=days))


@pytest.fixture
def ledger() -> Ledger:
    return open_ledger(IN_MEMORY, writable=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "ACME LTD"),
        ("Acme Ltd", " Acme Ltd  "),
        ("Acme Ltd", "Acme   Ltd"),
        ("Acme Ltd", "Acme\u00a0Ltd"),
        ("Acme", "\uff21\uff43\uff4d\uff45"),  # full width
        ("Café Noir", "Cafe\u0301 Noir"),  # composed and not
        ("Straße 9", "STRASSE 9"),
        ("Acme\u200b Ltd", "Acme Ltd"),
        ("Acme:Site", "Acme : site"),
    ],
)
def test_case_blanks_width_and_composition_make_no_client(ledger: Ledger, tmp_path: Path, one: str, other: str) -> None:
    load(ledger, [plain(tmp_path / "a.csv", one, other)])
    assert list(balances(ledger).values()) == [20]
    assert ask(ledger) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "Acme Limited"),
        ("Acme, Inc.", "Acme Incorporated"),
        ("Müller GmbH", "Müller Gesellschaft mit beschränkter Haftung"),
        ("Durand S.A.S.", "Durand SAS"),
        ("Kelpie Pty Ltd", "Kelpie Pty. Limited"),
        ("Kelpie Pty Ltd", "KELPIE PROPRIETARY LIMITED"),
        ("Smith & Sons", "Smith and Sons"),
        ("O'Brien Corp", "O’Brien Corporation"),
        ("Chai Pvt. Ltd.", "Chai Private Limited"),
    ],
)
def test_one_legal_form_in_two_spellings_is_one_client_across_programs_and_asked_within_one(
    tmp_path: Path, one: str, other: str
) -> None:
    across, within = open_ledger(IN_MEMORY, writable=True), open_ledger(IN_MEMORY, writable=True)
    load(across, [plain(tmp_path / "a.csv", one), xero(tmp_path / "x.csv", other)])
    assert list(balances(across).values()) == [20]
    load(within, [plain(tmp_path / "a.csv", one, other)])
    assert list(balances(within).values()) == [10, 10]
    assert ask(within) == [(min(one, other), max(one, other))]


def test_a_program_that_keeps_two_such_names_apart_keeps_them_apart_for_all(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [plain(tmp_path / "a.csv", "Acme Ltd"), xero(tmp_path / "x.csv", "Acme Limited")])
    assert balances(ledger) == {"Acme Ltd": 20}
    load(ledger, [xero(tmp_path / "y.csv", "Acme Ltd.")], loaded_at=LOADED_AT + timedelta(days=1))
    assert balances(ledger) == {"Acme Ltd": 10, "Acme Limited": 10, "Acme Ltd.": 10}
    assert balances(ledger, known_on="2026-01-01") == {"Acme Ltd": 20}


@pytest.mark.parametrize(
    ("one", "other", "is_asked"),
    [
        ("Acme", "Acme Ltd", True),
        ("Acme Ltd", "Acme Inc", True),
        ("Brightwater Design", "Brightwater Desing", True),
        ("Design Brightwater", "Brightwater Design", True),
        ("Cafe Noir", "Café Noir", True),
        ("Site 12 Works", "Site 13 Works", False),  # a number is never a slip
        ("North", "South", False),
        ("Acme Holdings", "Acme", False),
        ("Acme:Roof", "Bolt:Roof", False),  # jobs of two parents
        ("Acme Ltd:Kitchen", "Acme Limited:Kitchen", True),
    ],
)
def test_what_is_probably_one_client_is_asked(
    ledger: Ledger, tmp_path: Path, one: str, other: str, is_asked: bool
) -> None:
    load(ledger, [plain(tmp_path / "a.csv", one, other)])
    assert (ask(ledger) == [(min(one, other), max(one, other))]) == is_asked
    assert len(balances(ledger)) == 2


def test_the_policy_says_how_alike_names_must_be(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [plain(tmp_path / "a.csv", "Brightwater Design", "Brightwater Desing")])  # 17 of 18 letters in order
    strict = load_policy(policy_file(tmp_path, "[conventions]\nsame_client_likeness = 95\n"))
    assert shown(on(ledger, DAY, policy=strict), "same_clients", ["client"]) == []
    assert shown(on(ledger, DAY), "same_clients", ["client", "other", "likeness"]) == [
        ["Brightwater Design", "Brightwater Desing", "94.44"]
    ]


def test_what_the_owner_says_holds_from_then_on_and_known_on_gives_what_held_before(
    ledger: Ledger, tmp_path: Path
) -> None:
    load(ledger, [plain(tmp_path / "a.csv", "Acme", "Acme Ltd")])
    say(ledger, "Acme Ltd", "Acme", days=1)
    assert balances(ledger) == {"Acme Ltd": 20}
    assert ask(ledger) == []
    say(ledger, "Acme", "Acme Ltd", is_same=False, days=2)
    assert balances(ledger) == {"Acme": 10, "Acme Ltd": 10}
    assert ask(ledger) == []
    known = [balances(ledger, known_on=f"2026-01-0{day}") for day in (1, 2, 3)]
    assert [sorted(one) for one in known] == [["Acme", "Acme Ltd"], ["Acme Ltd"], ["Acme", "Acme Ltd"]]


def test_what_is_said_holds_for_names_of_later_exports_too(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [plain(tmp_path / "a.csv", "Acme", "Bolt Group")])
    say(ledger, "Acme", "Bolt Group")
    load(ledger, [plain(tmp_path / "b.csv", "BOLT GROUP", "acme ")])
    assert balances(ledger) == {"Acme": 40}


def test_names_said_to_be_two_stay_two_however_alike(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [plain(tmp_path / "a.csv", "Acme", "ACME")])
    assert balances(ledger) == {"Acme": 20}
    say(ledger, "ACME", "Acme", is_same=False)
    assert balances(ledger) == {"Acme": 10, "ACME": 10}


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (("Acme", "Nobody"), None, "no client 'Nobody'"),
        (("Acme", "Bolt Gruop"), None, "did you mean 'Bolt Group'"),
        (("Acme", "Acme"), None, "is one name"),
        (("Acme", "Bolt Group"), ("Acme", "Cole"), "'Acme' and 'Cole' were said to be one client"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    ledger: Ledger, tmp_path: Path, first: tuple[str, str], second: tuple[str, str] | None, words: str
) -> None:
    load(ledger, [plain(tmp_path / "a.csv", "Acme", "Bolt Group", "Cole")])
    if second:
        say(ledger, *first)
        say(ledger, *second)
        first = ("Bolt Group", "Cole")
    before = balances(ledger)
    with pytest.raises(AgingReportError, match=words):
        say(ledger, *first, is_same=False)
    assert balances(ledger) == before
    assert ledger.last_load() == (3 if second else 1)


def test_a_file_says_it_as_the_command_does(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [plain(tmp_path / "a.csv", "Acme", "Bolt", "BOLT")])
    said = write_csv(
        tmp_path / "same_clients.csv", [("client", "other", "same"), ("Acme", "Bolt", "yes"), ("Bolt", "BOLT", "no")]
    )
    [loaded] = load(ledger, [said])
    assert (loaded.reader, loaded.rows_new, loaded.rows_refused) == ("plain-same-clients", 2, 0)
    assert balances(ledger) == {"Acme": 20, "BOLT": 10}
    wrong = write_csv(
        tmp_path / "wrong.csv", [("client", "other", "same"), ("Acme", "Acme", "yes"), ("Acme", "Bolt", "perhaps")]
    )
    assert load(ledger, [wrong])[0].rows_refused == 2


def test_the_order_of_files_makes_no_difference(tmp_path: Path) -> None:
    files = [
        plain(tmp_path / "a.csv", "ACME LTD", "Bolt  Inc"),
        plain(tmp_path / "b.csv", "Acme Ltd", "bolt inc"),
        xero(tmp_path / "x.csv", "Acme Limited", "Bolt, Inc."),
    ]
    seen = set()
    for order in permutations(files):
        ledger = open_ledger(IN_MEMORY, writable=True)
        for file in order:
            load(ledger, [file])
        seen.add(tuple(sorted(balances(ledger).items())))
    assert seen == {(("Acme Ltd", 30), ("Bolt, Inc.", 30))}


def test_contacts_agreements_and_client_lists_follow_the_client(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [plain(tmp_path / "a.csv", "Acme", "ACME", "Child")])
    others = [
        write_csv(tmp_path / "c.csv", [("client", "document_id", "date", "kind"), ("acme ", "", "2025-02-01", "call")]),
        write_csv(
            tmp_path / "g.csv",
            [
                ("client", "document_id", "kind", "on_file", "date"),
                ("ACME", "", "contract", "no", "2025-01-01"),
                ("Acme", "", "contract", "yes", "2024-01-01"),
            ],
        ),
        write_csv(
            tmp_path / "l.csv",
            [
                ("client", "name", "parent_client", "email", "country"),
                ("ACME", "Acme Holdings", "", "old@acme.example", "DE"),
                ("Acme", "", "", "new@acme.example", ""),
                ("Child", "", "acme", "", ""),
            ],
        ),
    ]
    load(ledger, others)
    books = on(ledger, DAY)
    assert shown(books, "contacts", ["client", "kind"]) == [["Acme", "call"]]
    assert shown(books, "agreements", ["client", "is_on_file"]) == [["Acme", "yes"]]
    assert shown(books, "clients", ["client", "name", "parent_client", "email", "country"]) == [
        ["Acme", "Acme Holdings", "-", "new@acme.example", "DE"],
        ["Child", "Child", "Acme", "-", "-"],
    ]


def test_a_payment_under_one_name_settles_the_invoice_under_another(ledger: Ledger, tmp_path: Path) -> None:
    """Xero cannot say what paid what: it is matched within the account of the client, whatever its spelling."""
    path = xero(tmp_path / "x.csv", "Acme Ltd", "ACME  LTD")
    text = path.read_text(encoding="utf-8")
    paid = "ACME  LTD,x-1,2025-01-01,2025-01-31,10,10,Sales invoice"
    assert paid in text
    settled = text.replace(paid, "ACME  LTD,x-1,2025-02-01,,10,0,Sales overpayment").replace(",10,10,", ",10,0,")
    path.write_text(settled, encoding="utf-8")
    load(ledger, [path])
    settlements = shown(on(ledger, DAY), "settlements", ["debit_id", "credit_id", "settled_amount", "origin"])
    [[debit_id, credit_id, amount, origin]] = settlements
    assert debit_id == "xero:invoice:x-0:acme ltd"
    assert credit_id.startswith("xero:payment::acme ltd")
    assert (amount, origin) == ("10.00", "derived")


def test_a_name_is_taken_apart() -> None:
    name = taken_apart("  Müller & Söhne,  GmbH & Co. KG ")
    assert (name.plain, name.core, name.form) == ("müller & söhne, gmbh & co. kg", "müller and söhne", "gmbh and co kg")
    assert taken_apart("Limited").core == "limited"
    assert taken_apart("***").core == "***"


def test_pairs_are_found_once_whichever_of_the_two_came_first() -> None:
    both = {"Brightwater Design": "brightwater design", "Brightwater Desing": "brightwater desing"}
    pair = [("Brightwater Design", "Brightwater Desing")]
    (one, one_core), (other, other_core) = both.items()
    for new, known in ((both, {}), ({one: one_core}, {other: other_core}), ({other: other_core}, {one: one_core})):
        assert [found[:2] for found in alike_pairs(new, known)] == pair


def test_the_name_to_show_is_the_one_said_else_the_tidiest() -> None:
    group = [("spelling", ["ACME", "Acme", "acme  "])]
    assert {known_as for _, known_as, _ in aliases([], group)} == {"Acme"}
    assert {known_as for _, known_as, _ in aliases([("ACME", "Acme", True, "ACME")], group)} == {"ACME"}


def test_load_names_what_it_found_and_same_says_what_it_took(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.duckdb"
    path = plain(tmp_path / "a.csv", "Acme", "ACME", "Acme Ltd")
    ran = run("load", path, "--ledger", ledger)
    assert ran.status == 0
    assert "Names shown under another: 1 (agingreport show aliases).\n" in ran.out
    assert "probably one client, for you to say with agingreport same: 1 (agingreport show same_clients).\n" in ran.out
    said = run("same", "Acme Ltd", "acme", "--ledger", ledger)
    assert (said.status, said.out, said.err) == (0, "Acme Ltd and acme are one client.\n", "")
    assert run("same", "Acme Ltd", "--ledger", ledger).status == 2
    missing = run("same", "A", "B", "--ledger", tmp_path / "none.duckdb")
    assert (missing.status, (tmp_path / "none.duckdb").exists()) == (1, False)
