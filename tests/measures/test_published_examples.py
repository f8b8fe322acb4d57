"""Every worked example that was published for these measures: the test that meets it, or why none can.

The names are those of the reference's list of examples (definitions.md, oracles.json) and of table 6b of peers.md. An
example in neither table, a test that is not there, and a test that does not name its example each fail here.
"""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
REFERENCE = TESTS.parents[1] / "shared" / "reference"
EXAMPLES = 59
TRAPS = [f"K{number}" for number in range(1, 38) if number not in (7, 8, 14, 17, 19, 22, 26)]

MET = {
    "dso_simple": "test_dso.py::test_simple_best_possible_and_delinquent_days",
    "bpdso": "test_dso.py::test_simple_best_possible_and_delinquent_days",
    "add": "test_dso.py::test_simple_best_possible_and_delinquent_days",
    "dso_average": "measures/test_dso_family.py::test_dso_on_average_receivables_is_dso_average",
    "jde_dso_3m": "measures/test_dso_family.py::test_dso_over_three_months_is_jde_dso_3m",
    "countback_cal": "test_dso.py::test_countback_takes_the_newest_sales_first",
    "turnover": "measures/test_dso_family.py::test_turnover_of_a_year_is_turnover_and_turnover_days",
    "turnover_days": "measures/test_dso_family.py::test_turnover_of_a_year_is_turnover_and_turnover_days",
    "cei_1y": "test_dso.py::test_collection_effectiveness_of_a_month",
    "cei_creditguru": "test_dso.py::test_collection_effectiveness_of_a_month",
    "bad_debt_net": "measures/test_collection_measures.py::test_bad_debt_to_sales_is_bad_debt_net",
    "sales_weighted_dso_own": "measures/test_dso_family.py::test_sales_weighted_days_are_sales_weighted_dso_own",
    "aging_allen": "test_aging_trend.py::test_the_textbook_aging_of_allen_company_adds_up",
    "aging_allen_total": "measures_b/test_provision.py::test_rates_that_are_given",
    "aging_spiceland": "measures_b/test_provision.py::test_rates_that_are_given",
    "bad_debt_expense_aging": "measures_b/test_provision.py::test_what_is_to_be_booked",
    "pct_of_sales": "measures_b/test_sales_provision.py::test_the_expense_is_pct_of_sales",
    "rollforward_ar": "test_rollforward.py::test_the_textbook_rollforward_of_spiceland_closes",
    "rollforward_allow": "measures_b/test_provision.py::test_what_is_to_be_booked",
    "ifrs9_ie12_rows": "measures_b/test_provision.py::test_rates_that_are_given",
    "ifrs9_ie12": "measures_b/test_provision.py::test_rates_that_are_given",
    "ifrscomm_rates": "measures_b/test_provision.py::test_flow_to_loss_from_the_firms_own_history",
    "ifrscomm_ecl": "measures_b/test_provision.py::test_flow_to_loss_from_the_firms_own_history",
    "ifrscomm_total": "measures_b/test_provision.py::test_flow_to_loss_from_the_firms_own_history",
    "cecl_adj": "measures_b/test_provision.py::test_an_adjustment_stands_beside_the_rate_it_changes",
    "cecl_asu_unverified_amounts": "measures_b/test_provision.py::test_an_adjustment_stands_beside_the_rate_it_changes",
    "cecl_asu_total": "measures_b/test_provision.py::test_an_adjustment_stands_beside_the_rate_it_changes",
    "rsh_N": "measures_b/test_markov.py::test_months_in_each_state",
    "rsh_FA": "measures_b/test_markov.py::test_shares_that_end_paid_and_lost",
    "rsh_M": "measures_b/test_markov.py::test_balances_that_end_paid_and_lost",
    "asw_N": "measures_b/test_markov.py::test_months_in_each_state",
    "asw_NR": "measures_b/test_markov.py::test_shares_that_end_paid_and_lost",
    "asw_B": "measures_b/test_markov.py::test_balances_that_end_paid_and_lost",
    "roll_chain": "measures_b/test_migration.py::test_roll_rates_and_their_chain",
    "roll_chain_markov": ("measures_b/test_markov.py::test_roll_rates_without_staying_give_the_same_as_their_chain"),
    "aw_store": "measures_b/test_markov.py::test_a_chain_without_way_back",
    "aw_store_150k": "measures_b/test_markov.py::test_a_chain_without_way_back",
    "km_bewick": "measures/test_payment_curve.py::test_what_stays_open_is_km_bewick",
    "km_6mp": "measures/test_payment_curve.py::test_a_long_history_with_many_open_is_km_6mp",
    "km_6mp_statsmodels": "measures/test_payment_curve.py::test_a_long_history_with_many_open_is_km_6mp",
    "km_6mp_se_at6": "measures/test_payment_curve.py::test_a_long_history_with_many_open_is_km_6mp",
    "aj_satagopan_pct": "measures/test_payment_curve.py::test_two_ways_out_are_aj_satagopan_pct",
    "aj_own": ("measures/test_payment_curve.py::test_a_write_off_is_a_way_out_and_not_an_open_invoice_as_in_aj_own"),
    "hhi": "measures/test_concentration.py::test_the_index_is_the_sum_of_squared_shares_in_percent",
    "hhi_8": "measures/test_concentration.py::test_the_index_is_the_sum_of_squared_shares_in_percent",
    "wadl_own": "measures/test_days_late.py::test_weighted_days_late_are_wadl_own",
    "K1": "measures/test_days_late.py::test_a_part_paid_invoice_is_late_to_its_last_part_and_by_its_parts",
    "K2": "measures/test_days_late.py::test_open_invoices_are_in_the_mean_and_counted_beside_it",
    "K3": "measures/test_days_late.py::test_days_to_pay_run_to_the_payment_and_not_to_as_of",
    "K4": "measures/test_days_late.py::test_days_to_pay_are_those_of_the_client_and_of_its_parent",
    "K5": "test_dso.py::test_without_sales_it_is_undefined_and_not_zero",
    "K6": "test_dso.py::test_countback_takes_the_newest_sales_first",
    "K9": "measures/test_dso_family.py::test_net_of_tax_is_net_on_both_sides",
    "K10": "test_dso.py::test_days_over_a_year",
    "K11": "test_dso.py::test_collection_effectiveness_of_a_month",
    "K12": "test_dso.py::test_collection_effectiveness_of_a_month",
    "K13": "test_dso.py::test_simple_best_possible_and_delinquent_days",
    "K15": "measures/test_concentration.py::test_a_client_in_credit_takes_nothing_off_the_others",
    "K16": "measures/test_currencies.py::test_a_debt_paid_at_another_rate_leaves_a_loss_and_no_debt",
    "K20": "measures/test_aging_views.py::test_a_projected_aging_counts_the_days_to_the_future_day",
    "K21": "measures_b/test_late_interest.py::test_interest_and_fee",
    "K23": "measures_b/test_late_interest.py::test_it_stays_claimable_when_the_debt_is_paid",
    "K27": "test_checks.py::test_an_odd_document_is_found",
    "K28": "measures/test_aging_views.py::test_a_retention_is_not_overdue_before_its_release",
    "K34": "measures_b/test_provision.py::test_flow_to_loss_from_the_firms_own_history",
}

THIRTY_DAYS = "months of thirty days each: ours are those of the calendar, by which the same books are K6"
CHART = (
    "a control chart of one client's payments: the trend in lateness says who gets later, and there is no such chart"
)
SHRUNK = "an estimate drawn towards all clients: each measure here is the client's own, with its count beside it"
READ = "how a file is read, which the tests of the readers show"
CHASED = "a step of asking, which the tests of the decisions show"
TAX = "a rule of tax on bad debts, which the tests of the decisions show"
NOT_OURS = {
    "countback_30": THIRTY_DAYS,
    "countback_benji": THIRTY_DAYS,
    **dict.fromkeys(["nist_ewma", "nist_ewma_ucl", "nist_cusum_upper"], CHART),
    **dict.fromkeys(["arl_h4_0", "arl_h4_1", "arl_h5_0", "arl_h5_1"], CHART),
    **dict.fromkeys(["efron_morris_c", "efron_morris_clemente", "beta_binomial"], SHRUNK),
    "brier_murphy": "a score of forecasts: these measures forecast nothing",
    **dict.fromkeys(["K18", "K29", "K30", "K31", "K32", "K33"], READ),
    **dict.fromkeys(["K24", "K25"], CHASED),
    **dict.fromkeys(["K35", "K36", "K37"], TAX),
}


@cache
def functions_of(file: str) -> dict[str, str]:
    """Each test function of a file, and its source with its parameters, in lower case."""
    text = (TESTS / file).read_text(encoding="utf-8")
    lines = text.splitlines()
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    starts = {node.name: min([node.lineno, *(mark.lineno for mark in node.decorator_list)]) for node in found}
    return {node.name: "\n".join(lines[starts[node.name] - 1 : node.end_lineno]).lower() for node in found}


@pytest.mark.parametrize("example", sorted(MET))
def test_it_has_its_test_which_names_it(example: str) -> None:
    file, _, name = MET[example].partition("::")
    assert re.search(rf"(?<![a-z0-9]){example.lower()}(?![a-z0-9])", functions_of(file)[name])


def test_every_example_is_met_or_has_its_reason() -> None:
    assert not MET.keys() & NOT_OURS.keys()
    listed = {name for name in MET.keys() | NOT_OURS.keys() if not name.startswith("K")}
    assert len(listed) == EXAMPLES
    assert listed == published(listed)
    assert {name for name in MET.keys() | NOT_OURS.keys() if name.startswith("K")} == set(TRAPS)


def published(otherwise: set[str]) -> set[str]:
    """The names in the list itself, where it is beside the project."""
    file = REFERENCE / "oracles.json"
    return set(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else otherwise
