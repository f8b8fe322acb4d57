"""Dumps of programming interfaces: cents, seconds, JSON."""

import json
from pathlib import Path

import pytest
from loaded import day, load, money, refusal, table, write

from agingreport.readers.shaping import RowRefused, in_major_units

HEADER = "id,object,number,customer,customer_name,status,currency,total,tax,amount_paid,created,due_date,"
HEADER += "status_transitions.paid_at,status_transitions.marked_uncollectible_at"
ROWS = (
    "in_1,invoice,A-1,cus_1,Müller,open,eur,29876,,10000,1736035200,1738627200,,",
    "in_2,invoice,A-2,cus_1,Müller,paid,jpy,29876,,29876,1736035200,,1736121600,",
    "in_3,invoice,A-3,cus_2,Acme,uncollectible,kwd,29876,,0,1736035200,1738627200,,1751328000",
    "in_4,invoice,,cus_2,Acme,draft,usd,500,,0,1736035200,,,",
    "in_5,invoice,A-5,cus_2,Acme,open,usd,12.50,,0,1736035200,,,",
)


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("29876", 2, "298.76"),
        ("5", 2, "0.05"),
        ("0", 2, "0.00"),
        ("-1250", 2, "-12.50"),
        ("500", 0, "500"),
        ("1", 3, "0.001"),
    ],
)
def test_cents_become_amounts(text: str, decimals: int, expected: str) -> None:
    assert in_major_units(text, decimals) == expected


@pytest.mark.parametrize("text", ["12.50", "1,250", "$5", "--5", "1e3"])
def test_what_is_no_whole_number_of_cents_is_refused(text: str) -> None:
    with pytest.raises(RowRefused, match="not a whole number of the smallest coin"):
        in_major_units(text, 2)


def test_the_coins_of_each_currency_are_counted_in_their_own_way(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(HEADER, *ROWS)))
    assert loaded.reading.reader == "stripe-api-invoices"
    assert loaded.rows("documents", "kind", "number", "document_date", "due_date", "amount", "currency") == [
        ("invoice", "A-1", day("2025-01-05"), day("2025-02-04"), money("298.76"), "EUR"),
        ("invoice", "A-2", day("2025-01-05"), None, money("29876"), "JPY"),
        ("invoice", "A-3", day("2025-01-05"), day("2025-02-04"), money("29.876"), "KWD"),
        ("write_off", None, day("2025-07-01"), None, money("29.876"), "KWD"),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("198.76"),), (money("0"),), (money("0"),)]
    assert [reject[0] for reject in loaded.rejects] == [6]
    assert "not a whole number of the smallest coin: 12.50" in loaded.rejects[0][2]


def objects() -> list[dict[str, object]]:
    return [
        {
            "id": "in_1",
            "object": "invoice",
            "number": "A-1",
            "customer": "cus_1",
            "customer_name": "王小明",
            "status": "open",
            "currency": "eur",
            "total": 29876,
            "amount_paid": 10000,
            "created": 1736035200,
            "due_date": 1738627200,
            "livemode": True,
            "lines": {"object": "list", "data": [{"amount": 29876}]},
            "status_transitions": {"finalized_at": 1736121600, "paid_at": None},
        },
        {
            "object": "invoice", "number": "A-2", "customer": "cus_2", "status": "void", "currency": "usd",
            "total": 100, "amount_paid": 0, "created": 1736035200, "due_date": None,
        },
    ]  # fmt: skip


@pytest.mark.parametrize("shape", ["list", "wrapped", "lines"])
def test_json_is_read_as_the_table_it_is(tmp_path: Path, shape: str) -> None:
    found = objects()
    text = {
        "list": json.dumps(found, indent=2),
        "wrapped": json.dumps({"object": "list", "data": found, "has_more": False}, ensure_ascii=False),
        "lines": "".join(json.dumps(row) + "\n" for row in found),
    }[shape]
    loaded = load(write(tmp_path, text, "invoices.json"))
    assert loaded.rows("documents", "number", "client", "document_date", "amount", "status") == [
        ("A-1", "cus_1", day("2025-01-06"), money("298.76"), "posted"),
        ("A-2", "cus_2", day("2025-01-05"), money("1"), "void"),
    ]
    assert loaded.rows("clients", "client", "name") == [("cus_1", "王小明")]
    assert loaded.counts == (2, 0, 0)


def test_charges_of_invoices_are_payments_and_what_was_given_back_reopens(tmp_path: Path) -> None:
    header = "id,amount,amount_refunded,created,currency,customer,invoice,status"
    rows = (
        "ch_1,10000,3000,1736035200,eur,cus_1,in_1,succeeded",
        "ch_2,500,0,1736035200,eur,cus_1,,succeeded",
        "ch_3,500,0,1736035200,eur,cus_1,in_1,failed",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.reading.reader == "stripe-api-charges"
    assert loaded.rows("documents", "kind", "amount", "status") == [
        ("payment", money("100"), "posted"),
        ("refund", money("30"), "posted"),
        ("payment", money("5"), "void"),
    ]
    assert loaded.counts == (3, 1, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"number": "A-1", ', "not whole JSON"),
        ("[1, 2]", "JSON without a list of objects"),
        ("[]", "JSON without a list of objects"),
        ('{"hello": "world"}', "not recognised"),
    ],
)
def test_json_that_is_no_table_of_invoices_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(write(tmp_path, text, "dump.json"))
