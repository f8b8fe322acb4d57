"""Exchange rates: the reference rates of the European Central Bank, one column a currency.

The layouts are those of its files of 2024-04-23 (one day) and 2024-08-09 (all days); the figures are theirs.
"""

from pathlib import Path

import pytest
from loaded import day, load, money, refusal, write

HISTORY = """Date,USD,JPY,BGN,CYP,GBP,IDR,
2024-08-09,1.0917,160.33,1.9558,N/A,0.85708,17413.43,
2024-08-08,1.093,159.74,1.9558,N/A,0.86093,17378.97,
"""
ONE_DAY = "Date, USD, JPY, GBP, \n23 April 2024, 1.0698, 165.23, 0.86050, \n"


def test_each_rate_is_what_one_euro_is_worth(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, HISTORY))
    assert loaded.reading.reader == "ecb-reference-rates"
    assert loaded.counts == (2, 0, 0)
    rates = loaded.rows("fx_rates", "rate_date", "currency", "quote_currency", "rate")
    assert len(rates) == 10
    assert ("2024-08-09", "EUR", "IDR", "17413.4300000000") in [
        (str(at), *pair, str(rate)) for at, *pair, rate in rates
    ]
    assert not [row for row in rates if row[2] == "CYP"]


def test_the_file_of_one_day_writes_its_date_in_words_and_blanks_after_the_commas(tmp_path: Path) -> None:
    rates = load(write(tmp_path, ONE_DAY)).rows("fx_rates", "rate_date", "currency", "quote_currency", "rate")
    assert sorted(rates) == [
        (day("2024-04-23"), "EUR", "GBP", money("0.86050")),
        (day("2024-04-23"), "EUR", "JPY", money("165.23")),
        (day("2024-04-23"), "EUR", "USD", money("1.0698")),
    ]


def test_a_day_without_any_rate_is_left_out(tmp_path: Path) -> None:
    assert load(write(tmp_path, HISTORY + "2024-08-07,N/A,N/A,,N/A,,N/A,\n")).counts == (3, 1, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2024-08-07,1.1,x60.3,1.9558,N/A,0.85,17413,", 'JPY: not a rate above zero: "x60.3"'),
        ("2024-08-07,1.1,-160.3,1.9558,N/A,0.85,17413,", 'JPY: not a rate above zero: "-160.3"'),
        ("2024-08-07,0.00,160.3,1.9558,N/A,0.85,17413,", 'USD: not a rate above zero: "0.00"'),
        ("soon,1.1,160.3,1.9558,N/A,0.85,17413,", 'rate_date: not a date: "soon"'),
        ("2024-08-07,1.1,160.3", "has 3 fields where the header has 7"),
    ],
)
def test_a_row_with_one_bad_cell_is_refused_whole(tmp_path: Path, row: str, reason: str) -> None:
    loaded = load(write(tmp_path, f"{HISTORY}{row}\n"))
    assert loaded.counts == (3, 0, 1)
    assert [(number, why, text) for number, _, why, text in loaded.rejects] == [(4, reason, row)]
    assert len(loaded.rows("fx_rates")) == 10


def test_a_column_of_the_euro_itself_tells_nothing_and_must_be_one(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, "Date,EUR,USD\n2024-08-09,1,1.0917\n2024-08-08,2,1.093\n2024-08-07,1,N/A\n"))
    assert loaded.counts == (3, 1, 1)
    assert [why for _, _, why, _ in loaded.rejects] == ['EUR: the rates are in EUR, so its own must be 1: "2"']
    assert loaded.rows("fx_rates", "currency", "quote_currency", "rate") == [("EUR", "USD", money("1.0917"))]


def test_the_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    rates = load(write(tmp_path, "JPY,Date,GBP,USD,CYP\n160.33,2024-08-09,0.85708,1.0917,N/A\n")).rows(
        "fx_rates", "rate_date", "quote_currency", "rate"
    )
    assert sorted(rates) == [
        (day("2024-08-09"), "GBP", money("0.85708")),
        (day("2024-08-09"), "JPY", money("160.33")),
        (day("2024-08-09"), "USD", money("1.0917")),
    ]


@pytest.mark.parametrize("header", ["Date,USD,JPY,Note", "Date,USD", "Day,USD,JPY"])
def test_another_header_is_not_taken_for_it(tmp_path: Path, header: str) -> None:
    assert "not recognised" in refusal(write(tmp_path, f"{header}\n2024-08-09,1.0917,160.33,1\n"))


def test_a_plain_rate_may_name_the_currency_it_is_in(tmp_path: Path) -> None:
    rows = "2024-08-09,GBP,EUR,1.15\n2024-08-09,GBP,GBP,1\n2024-08-09,GBP,,1.25\n2024-08-09,GBP,e,1\n"
    loaded = load(write(tmp_path, "date,currency,quote_currency,rate\n" + rows))
    assert loaded.rows("fx_rates", "quote_currency", "rate") == [("EUR", money("1.15")), (None, money("1.25"))]
    assert [reject[1:3] for reject in loaded.rejects] == [
        ("quote_currency", 'the same as the currency: "GBP"'),
        ("quote_currency", 'not a currency code: "e"'),
    ]
