"""Agency, court and write-off: what they bring, and the rules that bar them."""

from decimal import Decimal
from typing import Any

import pytest
from drawn_books import decision, draw, route

TEXAS = "\n\nclients\ncountry | region\nUnited States | texas\n"


def debt(amount: str, due: str = "2026-03-01", currency: str = "USD") -> str:
    return f"documents\ndocument_id | due_date | amount | currency\nA | {due} | {amount} | {currency}\n"


def bars(row: dict[str, Any]) -> list[str]:
    return (row["barred_by"] or "").split("; ")


def figures(row: dict[str, Any]) -> list[Decimal | None]:
    names = ("expected_recovery_amount", "fee_amount", "cost_amount", "expected_net_amount")
    return [row[name] for name in names]


def test_an_agency_keeps_its_share_of_what_it_collects() -> None:
    found = route(draw(debt("1000.00"), as_of="2026-06-30"), "agency")
    assert figures(found) == [Decimal("250.00"), Decimal("87.50"), Decimal("0"), Decimal("162.50")]
    assert found["rate_source"].startswith("prior: typical agency recovery of 20-30%")


@pytest.mark.parametrize(
    ("amount", "due", "fee_rate"),
    [
        ("9999.99", "2026-03-01", 0.35),
        ("10000.00", "2026-03-01", 0.25),
        ("10000.00", "2025-07-01", 0.25),
        ("10000.00", "2025-06-30", 0.50),
    ],
)
def test_the_fee_of_an_agency_goes_by_sum_and_age(amount: str, due: str, fee_rate: float) -> None:
    assert route(draw(debt(amount, due), as_of="2026-06-30"), "agency")["fee_rate"] == fee_rate


def test_an_agencys_price_in_another_currency_is_the_usual_one() -> None:
    assert route(draw(debt("10000.00", currency="EUR"), as_of="2026-06-30"), "agency")["fee_rate"] == 0.35


@pytest.mark.parametrize(("as_of", "bar"), [("2026-05-29", ["too young"]), ("2026-05-30", [""]), ("2026-05-31", [""])])
def test_an_agency_is_too_early_before_ninety_days(as_of: str, bar: list[str]) -> None:
    assert bars(route(draw(debt("1000.00"), as_of=as_of), "agency")) == bar


@pytest.mark.parametrize(("amount", "is_barred"), [("249.99", True), ("250.00", False)])
def test_an_agency_takes_no_small_debt(amount: str, is_barred: bool) -> None:
    assert ("too small" in bars(route(draw(debt(amount), as_of="2026-06-30"), "agency"))) == is_barred


def test_an_agency_takes_a_clients_small_debts_together() -> None:
    both = debt("200.00") + "B | 2026-03-02 | 100.00 | USD\n"
    found = route(draw(both, as_of="2026-06-30"), "agency")
    assert (found["claim_amount"], found["debt_amount"], found["barred_by"]) == (Decimal("300"), Decimal("200"), None)


def test_a_clients_debts_are_counted_together_from_their_ninetieth_day_on() -> None:
    pair = debt("150.00", "2026-04-01") + "B | 2026-04-01 | 150.00 | USD\nC | 2026-04-02 | 150.00 | USD\n"
    books = draw(pair, as_of="2026-06-30")
    assert [route(books, "agency", name)["claim_net_amount"] for name in "AB"] == [Decimal("48.74"), Decimal("48.74")]
    assert [bars(route(books, "agency", name)) for name in "ABC"][:2] == [[""], [""]]
    assert bars(route(books, "agency", "C"))[0] == "too young"


def test_the_court_fee_is_shared_by_the_debts_that_go_together() -> None:
    both = debt("3000.00") + "B | 2026-03-02 | 1000.00 | USD\nC | 2026-06-20 | 700.00 | USD\n"
    books = draw(both + TEXAS, as_of="2026-06-30")
    assert [route(books, "small_claims", name)["fee_amount"] for name in "AB"] == [Decimal("96.75"), Decimal("32.25")]
    assert [route(books, "small_claims", name)["claim_amount"] for name in "ABC"] == [4000, 4000, 700]


def test_a_clients_debts_that_are_old_enough_go_the_same_way() -> None:
    books = draw(debt("1300.00", "2025-05-01") + "B | 2025-09-01 | 1000.00 | USD\n" + TEXAS, as_of="2026-06-30")
    assert {decision(books, name)["route"] for name in "AB"} == {"agency"}
    both = debt("4000.00", "2025-05-01") + "B | 2025-09-01 | 2000.00 | USD\n" + TEXAS
    books = draw(both, as_of="2026-06-30")
    assert {decision(books, name)["route"] for name in "AB"} == {"small_claims"}
    assert route(books, "agency", "B")["expected_net_amount"] > route(books, "small_claims", "B")["expected_net_amount"]
    assert decision(books, "B")["reason"].endswith("with the client's other debts 6000.00 in all")


def test_small_claims_cost_their_filing_fee_and_the_firms_time() -> None:
    found = route(draw(debt("4000.00") + TEXAS, as_of="2026-06-30"), "small_claims")
    assert figures(found) == [Decimal("760.00"), Decimal("129.00"), Decimal("150.00"), Decimal("481.00")]
    assert (found["barred_by"], found["forum"]) == (None, "Justice of the Peace Court")


@pytest.mark.parametrize(("amount", "bar"), [("19999.99", ""), ("20000.00", ""), ("20000.01", "over the court limit")])
def test_a_court_takes_claims_up_to_its_limit(amount: str, bar: str) -> None:
    assert bars(route(draw(debt(amount) + TEXAS, as_of="2026-06-30"), "small_claims")) == [bar]


@pytest.mark.parametrize(
    ("is_company", "limit"), [("", 6250), ("is_company = true", 6250), ("is_company = false", 12500)]
)
def test_a_company_may_ask_for_less_in_california(is_company: str, limit: int) -> None:
    client = "\n\nclients\ncountry | region\nUS | CA\n"
    policy = f"[firm]\n{is_company}\n"
    at = route(draw(debt(f"{limit}.00") + client, as_of="2026-06-30", policy=policy), "small_claims")
    over = route(draw(debt(f"{limit}.01") + client, as_of="2026-06-30", policy=policy), "small_claims")
    assert ("over the court limit" in bars(at), "over the court limit" in bars(over)) == (False, True)


@pytest.mark.parametrize(
    "client", ["", "\n\nclients\ncountry | region\nUS |\n", "\n\nclients\ncountry | region\nAtlantis | X\n"]
)
def test_where_the_client_sits_is_never_guessed(client: str) -> None:
    found = decision(draw(debt("1000.00") + client, as_of="2026-06-30"))
    assert (found["route"], "small claims: unknown jurisdiction" in found["reason"]) == ("agency", True)


def test_the_policy_may_say_where_clients_sit_that_have_no_address() -> None:
    policy = '[firm]\ncountry = "US"\nregion = "Texas"\n'
    assert bars(route(draw(debt("4000.00"), as_of="2026-06-30", policy=policy), "small_claims")) == [""]
    away = "\n\nclients\ncountry | region\nCanada |\n"
    assert "unknown jurisdiction" in bars(
        route(draw(debt("4000.00") + away, as_of="2026-06-30", policy=policy), "small_claims")
    )


@pytest.mark.parametrize(
    ("place", "currency", "bar"),
    [
        ("US | TX", "EUR", "unknown limit in this currency"),
        ("Ireland |", "EUR", "court takes no plain debts"),
        ("US | New York", "USD", "court takes no companies"),
        ("Germany |", "EUR", "unknown court fee"),
        ("Netherlands |", "EUR", "unknown court limit"),
        ("AU | NSW", "AUD", "unknown court limit"),
        ("US | AZ", "USD", "unknown court limit"),
        ("China |", "CNY", "unknown court limit"),
    ],
)
def test_a_court_whose_figures_are_unknown_stale_or_not_for_this_debt_is_barred(
    place: str, currency: str, bar: str
) -> None:
    client = f"\n\nclients\ncountry | region\n{place}\n"
    assert bar in bars(route(draw(debt("2000.00", currency=currency) + client, as_of="2026-06-30"), "small_claims"))


@pytest.mark.parametrize(
    ("amount", "fee"), [("300.00", "35"), ("300.01", "50"), ("9000.00", "455"), ("10000.00", "455")]
)
def test_the_fee_of_the_county_court_goes_by_the_claim(amount: str, fee: str) -> None:
    client = "\n\nclients\ncountry | region\nUK | England\n"
    found = route(draw(debt(amount, currency="GBP") + client, as_of="2026-06-30"), "small_claims")
    assert found["fee_amount"] == Decimal(fee)


def test_a_figure_of_the_users_own_opens_a_court() -> None:
    policy = """
    [small_claims.US-AZ]
    limit_amount = 5000.00
    fees = [[5000.00, 60.00]]
    source = "clerk of the court"
    source_date = "2026-06-01"
    stale_after = 2027-06-01
    """
    client = "\n\nclients\ncountry | region\nUS | AZ\n"
    found = route(draw(debt("4000.00") + client, as_of="2026-06-30", policy=policy), "small_claims")
    assert (found["barred_by"], found["fee_amount"]) == (None, Decimal("60"))
    later = route(draw(debt("4000.00") + client, as_of="2027-06-02", policy=policy), "small_claims")
    assert "unknown court limit" in bars(later)


@pytest.mark.parametrize(("due", "is_barred"), [("2022-07-01", False), ("2022-06-30", True), ("2022-06-29", True)])
def test_what_fell_due_the_whole_period_ago_may_no_longer_be_sued_for(due: str, is_barred: bool) -> None:
    books = draw(debt("4000.00", due) + TEXAS, as_of="2026-06-30")
    for name in ("small_claims", "lawsuit"):
        assert ("time-barred" in bars(route(books, name))) == is_barred
    assert ("may be time-barred: the shortest period seen there is 4 years" in decision(books)["reason"]) == is_barred
    assert ("soon time-barred" in decision(books)["reason"]) == (not is_barred)


def test_a_lawsuit_needs_a_price_and_is_the_way_for_what_is_over_the_limit() -> None:
    large = debt("60000.00") + TEXAS
    assert bars(route(draw(large, as_of="2026-06-30"), "lawsuit")) == ["unknown cost"]
    policy = "[routes.lawsuit]\ncost_amount = 2000.00\nrecovery_rate = 0.60\n"
    found = decision(draw(large, as_of="2026-06-30", policy=policy))
    assert (found["route"], found["runner_up"]) == ("lawsuit", "agency")
    assert found["reason"].endswith("a lawsuit is expected to bring 34000.00 net of 2000.00 cost")
    assert found["rate_source"] == "policy"


def test_the_reason_of_an_agency_gives_its_figures_and_why_not_the_court() -> None:
    policy = """
    [agency_fees.usual]
    fee_rate = 0.25
    source = "our agency"
    source_date = "2026-01-01"
    stale_after = 2027-01-01
    """
    asked = "\n\ncontacts\ncontact_date | kind\n2026-04-01 | reminder\n2026-04-09 | reminder\n"
    asked += "2026-04-02 | call\n2026-05-01 | demand_letter\n"
    found = decision(draw(debt("2200.00", "2026-03-30") + asked, as_of="2026-06-30", policy=policy))
    assert found["reason"] == (
        "92 days late; 2 reminders, 1 call, 1 formal letter unanswered; small claims: unknown jurisdiction;"
        " a lawsuit: unknown jurisdiction; unknown cost; an agency at 25% is expected to bring 412.50 net of 137.50 fee"
    )
    assert (found["list"], found["runner_up"], found["runner_up_net_amount"]) == ("agency or court", "write_off", 0)


def test_a_formal_letter_comes_before_the_agency_where_steps_are_on_record() -> None:
    asked = "\n\ncontacts\ncontact_date | kind\n2026-03-05 | call\n"
    books = draw(debt("1000.00") + asked, as_of="2026-06-30")
    assert "demand letter first" in bars(route(books, "agency"))
    assert decision(books)["route"] == "remind"


def test_an_agency_is_left_its_time_and_is_not_tried_twice() -> None:
    handed = "\n\ncontacts\ncontact_date | kind\n2026-06-01 | agency\n"
    assert decision(draw(debt("1000.00") + handed, as_of="2026-09-28"))["route"] == "wait"
    books = draw(debt("1000.00") + handed, as_of="2026-09-29")
    assert "already tried" in bars(route(books, "agency"))
    assert "already handed over" in bars(route(books, "statement"))
    assert decision(books)["route"] == "write_off"
    assert "with an agency since 2026-06-01" in decision(books)["reason"]


def test_a_consumers_debt_is_not_handed_to_an_agency_and_is_warned_about() -> None:
    consumer = "\n\nclients\nis_consumer\ntrue\n"
    books = draw(debt("1000.00") + consumer, as_of="2026-06-30")
    assert "consumer debt" in bars(route(books, "agency"))
    assert "a consumer debt: rules of its own apply" in decision(books)["reason"]


def test_what_costs_more_than_it_brings_is_written_off_in_the_end() -> None:
    books = draw(debt("260.00", "2025-03-01"), as_of="2026-06-30")
    assert "costs more than it brings" not in bars(route(books, "agency"))
    books = draw(debt("200.00", "2025-03-01"), as_of="2026-06-30")
    assert bars(route(books, "agency")) == ["too small", "costs more than it brings"]
    found = decision(books)
    assert (found["route"], found["list"], found["expected_net_amount"]) == ("write_off", "write off", 0)
    assert "agency: too small; costs more than it brings" in found["reason"]


def test_a_settlement_is_open_once_the_policy_says_what_it_brings() -> None:
    assert "unknown recovery rate" in bars(route(draw(debt("1000.00"), as_of="2026-06-30"), "settle"))
    policy = "[routes.settle]\nrecovery_rate = 0.50\n"
    found = decision(draw(debt("1000.00"), as_of="2026-06-30", policy=policy))
    assert (found["route"], found["list"], found["runner_up"]) == ("settle", "chase", "agency")


def test_costs_are_turned_into_the_currency_of_the_debt_or_are_unknown() -> None:
    euros = debt("1000.00", "2026-06-20", "EUR")
    dollars = "B | 2026-06-20 | 1000.00 | USD\n"
    found = route(draw(euros + dollars, as_of="2026-06-30"), "call")
    assert (found["cost_amount"], found["expected_net_amount"], found["barred_by"]) == (None, None, None)
    rates = "\n\nfx_rates\nrate_date | currency | rate\n2026-06-01 | EUR | 1.25\n2026-07-01 | EUR | 2\n"
    found = route(draw(euros + dollars + rates, as_of="2026-06-30"), "call")
    assert found["cost_amount"] == Decimal("6.40")
    assert route(draw(euros, as_of="2026-06-30"), "call")["cost_amount"] == Decimal("8.00")


def test_an_agency_needs_no_exchange_rate() -> None:
    mixed = debt("1000.00", currency="EUR") + "B | 2026-06-20 | 1000.00 | USD\n"
    assert decision(draw(mixed, as_of="2026-06-30"))["route"] == "agency"
