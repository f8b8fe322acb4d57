"""The sections of a policy: what each may hold, and what is refused."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=4)]
Rate = Annotated[Decimal, Field(ge=0, le=1, max_digits=9, decimal_places=6)]
SignedRate = Annotated[Decimal, Field(ge=-1, le=10, max_digits=9, decimal_places=6)]
Days = Annotated[int, Field(ge=0, le=36500)]
Route = Literal[
    "remind",
    "call",
    "statement",
    "stop_work",
    "demand_letter",
    "payment_plan",
    "settle",
    "agency",
    "small_claims",
    "lawsuit",
    "write_off",
    "wait",
]


class Section(BaseModel):
    """A part of the policy: immutable, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Conventions(Section):
    """How the books are read: what every measure counts, and from when."""

    reporting_currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    aging_basis: Literal["due_date", "document_date"]
    allocation_effective: Literal["document", "allocation"]
    bucket_edges: tuple[int, ...] = Field(min_length=1)
    dso_period_days: int = Field(gt=0, le=3660)
    sales_months: tuple[Annotated[int, Field(gt=0, le=120)], ...] = Field(min_length=1)
    aging_months: int = Field(gt=0, le=120)
    projection_months: int = Field(gt=0, le=120)
    long_overdue_days: Days
    cutoff_days: Days
    fx_rate_max_age_days: Days
    stale_load_days: Days
    trend_months: int = Field(gt=0, le=600)
    minimum_chase_amount: Amount
    same_client_likeness: int = Field(ge=80, le=100)
    accounting_basis: Literal["cash", "accrual"] | None = None

    @field_validator("bucket_edges")
    @classmethod
    def _ascend(cls, edges: tuple[int, ...]) -> tuple[int, ...]:
        if any(later <= earlier for earlier, later in pairwise(edges)):
            raise ValueError("the days must ascend, as in [0, 30, 60, 90]")
        return edges


class Firm(Section):
    """Who is owed: where it sits and what kind of firm it is; absent = unknown."""

    country: str | None = None
    region: str | None = None
    is_company: bool | None = None
    charges_sales_tax: bool | None = None


class Chasing(Section):
    """When a debt counts as substantial, and how much history outweighs a published figure."""

    substantial_amount: Amount
    minimum_net_amount: Amount
    history_window_days: int = Field(gt=0, le=3660)
    history_minimum_count: int = Field(gt=0)
    limitation_warning_days: Days


class LadderStep(Section):
    """One step of asking: its route, its day, and the word for it in a sentence."""

    step: str = Field(min_length=1)
    route: Route
    days_past_due: int
    substantial_days_past_due: int | None = None


class RouteRule(Section):
    """What is true of one route whatever the debt: when it opens, what it costs, how long it takes."""

    label: str
    kind: Literal["own", "outside", "end", "wait"]
    list: Literal["chase", "agency or court", "write off", "none"]
    phrase: str
    contact_kind: str
    opens_on_day: int | None = None
    closes_after_day: int | None = None
    after_contact_kind: str | None = None
    answer_days: Days
    expected_days: Days | None = None
    cost_amount: Amount | None = None
    minimum_amount: Amount | None = None
    recovery: Literal["own", "agency", "court", "none"]
    recovery_rate: Rate | None = None
    is_open_to_consumers: bool = True


class Figure(Section):
    """A legal or market figure with where it was read, and when."""

    source: str = Field(min_length=1)
    source_date: str = Field(min_length=1)
    verified: bool
    confidence: Literal["high", "medium", "low"] = "medium"
    note: str = ""


class Fact(Figure):
    """A figure that may change, and until when it is believed."""

    stale_after: date

    def is_known(self, as_of: date) -> bool:
        """Whether the figure may be used on that day: verified, and not stale at its close."""
        return self.verified and as_of <= self.stale_after


class RecoveryCurve(Fact):
    """The share of what is this many days late that is paid in the end, from a survey."""

    rates: tuple[tuple[Days, Rate], ...]

    @field_validator("rates")
    @classmethod
    def _start(cls, rates: tuple[tuple[int, Decimal], ...]) -> tuple[tuple[int, Decimal], ...]:
        days = [day for day, _ in rates]
        if days[:1] != [0] or days != sorted(set(days)):
            raise ValueError("the curve must start at day 0 and its days must ascend")
        return rates


class RecoveryRate(Fact):
    """The share of what is handed over that comes back, before fees."""

    rate: Rate


class AgencyFee(Fact):
    """The share of what it collects that an agency keeps; an absent bound is no bound."""

    days_from: int | None = None
    days_to: int | None = None
    amount_from: Amount | None = None
    amount_below: Amount | None = None
    currency: str | None = None
    fee_rate: Rate


class Court(Fact):
    """The court for small claims of one jurisdiction: what it takes and what it charges."""

    forum: str
    currency: str
    limit_amount: Amount | None = None
    company_limit_amount: Amount | None = None
    has_ceiling: bool = True
    takes_plain_debts: bool = True
    takes_companies: bool = True
    fees: tuple[tuple[Amount, Amount], ...] = ()
    rule: str = ""


class Limitation(Fact):
    """The shortest time seen for a jurisdiction after which a debt may no longer be sued for."""

    years: int = Field(gt=0, le=30)
    counts_from_year_end: bool = False
    extinguishes_debt: Literal["yes", "no", "unknown"] = "unknown"


class TaxFact(Fact):
    """One rule of a country's tax on bad debts."""

    value: str
    text: str = ""


class Adjustment(Section):
    """What the firm adds to historical loss rates for the conditions of today, and why; either bound may be absent."""

    reason: str = Field(min_length=1)
    relative_rate: SignedRate = Decimal(0)
    absolute_rate: SignedRate = Decimal(0)
    days_from: int | None = None
    days_to: int | None = None


class Provision(Section):
    """How the loss rates of the provision come about, and the allowance last booked, in the reporting currency."""

    method: Literal["own_history", "fixed_rates"]
    loss_after_days: int = Field(gt=0, le=3660)
    history_minimum_count: int = Field(gt=0)
    fixed_rates: tuple[Rate, ...] = ()
    fixed_rates_reason: str | None = Field(default=None, min_length=1)
    adjustments: dict[str, Adjustment] = {}
    risk_groups: dict[str, tuple[str, ...]] = {}
    percent_of_sales: Rate | None = None
    percent_of_sales_reason: str | None = Field(default=None, min_length=1)
    booked_amount: Amount | None = None
    booked_on: date | None = None


class InterestScheme(Fact):
    """The law on late payment of one country, or the firm's own copy of one; an absent figure is not known."""

    country: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    is_contract_only: bool = False
    is_directive: bool = False
    is_for_consumers: bool = False
    reference: str | None = None
    margin_rate: Rate | None = None
    yearly_rate: Rate | None = None
    reference_factor: Annotated[int, Field(ge=1, le=10)] = 1
    method: Literal["simple", "compound_yearly", "compound_monthly"] = "simple"
    rate_fixing: Literal["at_start", "each_half_year", "at_payment"] | None = None
    rounding: Literal["daily", "total"] = "total"
    day_count: Literal[360, 365] = 365
    grace_days: Days = 0
    days_without_due_date: Days | None = None
    starts_with_reminder: bool = False
    fixed_sums: tuple[tuple[Amount, Amount], ...] | None = None
    contract_cap_rate: Rate | None = None
    rule: str = ""

    @model_validator(mode="after")
    def _rate(self) -> "InterestScheme":
        has_reference = self.reference is not None and self.margin_rate is not None and self.rate_fixing is not None
        if not (self.is_contract_only or self.is_directive or self.yearly_rate is not None or has_reference):
            raise ValueError("give yearly_rate, or reference with margin_rate and rate_fixing")
        if self.method != "simple" and (self.rate_fixing == "at_payment" or self.rounding == "daily"):
            raise ValueError("compound interest goes with neither rate_fixing at_payment nor rounding daily")
        return self


class ReferenceRate(Figure):
    """The rate that a law refers to, of the half-year its date lies in and of no other; so it does not go stale."""

    rate: SignedRate


class InterestContract(Section):
    """What the firm's own terms say on late payment; they take the place of the law's."""

    yearly_rate: Rate
    fixed_amount: Amount | None = None
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    rounding: Literal["daily", "total"] = "total"
    day_count: Literal[360, 365] = 365
    grace_days: Days = 0

    @model_validator(mode="after")
    def _sum(self) -> "InterestContract":
        if self.fixed_amount is not None and self.currency is None:
            raise ValueError("give the currency of fixed_amount")
        return self


class LateInterest(Section):
    """Which rule on late payment counts, and the words on record that end a claim."""

    law: Literal["firm", "client"] | None = None
    scheme: str | None = None
    rounding: Literal["daily", "total"] | None = None
    claim_ends_with: tuple[str, ...] = Field(min_length=1)
    contract: InterestContract | None = None
    clients: dict[str, InterestContract] = {}
    documents: dict[str, InterestContract] = {}


class Policy(Section):
    """Everything a firm decides for itself, and the facts it decides by."""

    conventions: Conventions
    currency_decimals: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Annotated[int, Field(ge=0, le=4)]]
    firm: Firm
    chasing: Chasing
    ladder: tuple[LadderStep, ...] = Field(min_length=1)
    routes: dict[Route, RouteRule]
    wait_phrases: dict[str, str]
    recovery_curve: RecoveryCurve
    agency_recovery: RecoveryRate
    court_recovery: RecoveryRate
    agency_fees: dict[str, AgencyFee]
    country_names: dict[str, tuple[str, ...]]
    region_names: dict[str, tuple[str, ...]]
    small_claims: dict[str, Court]
    limitation: dict[str, Limitation]
    bad_debt_tax: dict[str, dict[str, TaxFact]]
    provision: Provision
    late_interest: LateInterest
    interest_schemes: dict[str, InterestScheme]
    reference_rates: dict[str, dict[date, ReferenceRate]]

    @model_validator(mode="after")
    def _climb(self) -> "Policy":
        days = [step.days_past_due for step in self.ladder]
        if days != sorted(days):
            raise ValueError("the steps of the ladder must be in the order of their days")
        return self

    @model_validator(mode="after")
    def _provide(self) -> "Policy":
        given, wanted = len(self.provision.fixed_rates), len(self.conventions.bucket_edges) + 1
        if given not in (0, wanted):
            raise ValueError(f"provision.fixed_rates: one rate for each of the {wanted} buckets, in their order")
        if self.provision.method == "fixed_rates" and not (given and self.provision.fixed_rates_reason):
            raise ValueError("provision: the method fixed_rates needs fixed_rates and fixed_rates_reason")
        if self.provision.loss_after_days <= self.conventions.bucket_edges[-1]:
            raise ValueError("provision.loss_after_days must lie within the last bucket")
        clients = [client for group in self.provision.risk_groups.values() for client in group]
        if repeated := next((client for client in clients if clients.count(client) > 1), None):
            raise ValueError(f"provision.risk_groups: {repeated} is in more than one group")
        if self.provision.percent_of_sales is not None and not self.provision.percent_of_sales_reason:
            raise ValueError("provision: give percent_of_sales_reason with percent_of_sales")
        edges = self.conventions.bucket_edges
        for name, rule in self.provision.adjustments.items():
            if rule.days_from not in (None, *(edge + 1 for edge in edges)) or rule.days_to not in (None, *edges):
                begins = ", ".join(str(edge + 1) for edge in edges)
                raise ValueError(
                    f"provision.adjustments.{name}: an adjustment holds for whole buckets; "
                    f"they begin on the days {begins} and end on the day before the next"
                )
        if (self.provision.booked_amount is None) != (self.provision.booked_on is None):
            raise ValueError("provision: give booked_amount and booked_on together")
        return self

    @model_validator(mode="after")
    def _know_scheme(self) -> "Policy":
        if self.late_interest.scheme not in (None, *self.interest_schemes):
            raise ValueError(f"late_interest.scheme: known schemes: {', '.join(self.interest_schemes)}")
        return self
