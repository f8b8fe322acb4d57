"""What the ledger keeps: each kind of fact, what identifies one, and what it says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One table of the ledger and the staged table that brings news of it."""

    name: str
    keys: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table in the ledger."""
        return f"ledger.{self.name}"

    @property
    def staged(self) -> str:
        """The temporary table a reader fills."""
        return f"staged_{self.name}"

    @property
    def has_origin(self) -> bool:
        """Whether some of it is derived, where no export says it."""
        return self.name in ("documents", "allocations")


DOCUMENTS = Fact(
    "documents",
    ("document_id",),
    (
        "kind",
        "client",
        "number",
        "document_date",
        "due_date",
        "amount",
        "currency",
        "status",
        "tax_amount",
        "terms",
        "is_disputed",
    ),
)
ALLOCATIONS = Fact("allocations", ("debit_id", "credit_id", "allocated_on"), ("amount",))
OPEN_BALANCES = Fact("open_balances", ("document_id", "stated_on"), ("open_amount", "last_paid_on"))
FACTS = (
    DOCUMENTS,
    ALLOCATIONS,
    Fact("instalments", ("document_id", "due_date"), ("amount",)),
    Fact(
        "clients",
        ("client",),
        ("name", "parent_client", "email", "phone", "language", "country", "region", "is_consumer"),
    ),
    Fact("agreements", ("client", "document_id", "kind"), ("is_on_file", "agreed_on")),
    Fact(
        "contacts",
        ("client", "document_id", "contact_date", "kind", "channel", "note"),
        ("outcome", "promised_date", "promised_amount"),
    ),
    Fact("same_clients", ("client", "other"), ("is_same", "shown_as")),
    Fact("fx_rates", ("rate_date", "currency", "quote_currency"), ("rate",)),
    Fact("control_balances", ("control_date", "currency"), ("balance",)),
    OPEN_BALANCES,
)
