"""What each metric is, in words, from the headers of the models."""

from textwrap import fill, indent
from typing import TYPE_CHECKING

from agingreport.computed import COMPUTED, find_metric, refuse_sql
from agingreport.models import Model, catalogue, find, guards, in_order

if TYPE_CHECKING:
    from agingreport.policy.sections import Policy
    from agingreport.readers import Format

FOLDERS = ("", "base", "parts")
EVIDENCE = {
    "FILE": "seen in a real file",
    "MEAS": "measured by others on real files",
    "TEST": "from public tests and parsers",
    "DOC": "from documents only",
    "MEM": "from memory only",
}
PROGRAMS = {"invoice-ninja": "Invoice Ninja", "odoo": "Odoo", "erpnext": "ERPNext", "paypal": "PayPal"}
PARTS = {
    "columns": "some columns", "statuses": "some status words", "kinds": "some kinds", "accounts": "account ranges",
}  # fmt: skip


def metrics() -> list[Model]:
    """All that can be shown: the metrics by name, then the tables of the ledger, then what metrics rest on."""
    shown = [model for model in (*catalogue().values(), *COMPUTED.values()) if model.folder in FOLDERS]
    return sorted(shown, key=lambda model: (FOLDERS.index(model.folder), model.name))


def list_metrics() -> str:
    """Every metric with its first sentence."""
    width = max(len(model.name) for model in metrics())
    return "".join(f"{model.name:<{width}}  {first_sentence(model)}\n" for model in metrics())


def first_sentence(model: Model) -> str:
    """What one row of it is."""
    return model.summary.partition(". ")[0].rstrip(".") + "."


def explain(name: str) -> str:
    """The definition of a metric: what it is, how it is worked out, its grain, each column, and what it rests on."""
    model = find_metric(name)
    width = max(map(len, model.columns), default=0)
    columns = "".join(f"  {column:<{width}}  {text}\n" for column, text in model.columns.items())
    needs = fill(", ".join(model.needs), 100) or "nothing else"
    guarding = guards(name) if name not in COMPUTED else ()
    guarded = "".join(f"\nNo answer where '{guard}' finds anything.\n" for guard in guarding)
    return (
        f"{model.name}\n\n{fill(model.summary, 100)}\n\n{treatments(model)}"
        f"One row for each: {', '.join(model.grain)}\n\n{columns}\nRests on:\n{indent(needs, '  ')}\n{guarded}"
    )


def how_aged(name: str, policy: "Policy") -> str:
    """What the buckets of a metric count from by this policy, in words; nothing for one without buckets."""
    if "bucket" not in find_metric(name).columns:
        return ""
    basis = {"due_date": "due date", "document_date": "document date"}[policy.conventions.aging_basis]
    is_matched = policy.conventions.allocation_effective == "allocation"
    return f"Aged by {basis}" + ("; a match counts from the day it was made." if is_matched else ".")


def treatments(model: Model) -> str:
    """The formula and source of a metric and what it does with credits, disputes, drafts; of other tables nothing."""
    width = max(map(len, model.treatments), default=0)
    lines = [
        fill(text, 100, initial_indent=f"  {kind:<{width}}  ", subsequent_indent=" " * (width + 4))
        for kind, text in model.treatments.items()
    ]
    return "".join(f"{line}\n" for line in [*lines, ""]) if lines else ""


def sql(name: str) -> str:
    """The SQL of a metric with all that it rests on, as it is run."""
    refuse_sql(name)
    find(name)
    return in_order(name) + ";\n"


def expect(name: str) -> None:
    """Raise AgingReportError where there is no metric of that name."""
    find_metric(name)


def list_formats() -> str:
    """Every export that is recognised, how sure we are of it, and what it cannot say; then the languages."""
    from agingreport.readers import formats

    width = max(len(known.title) for known in formats())
    sure = max(len(how_sure(known)) for known in formats())
    listed = "".join(f"{known.title:<{width}}  {how_sure(known):<{sure}}  {cannot_say(known)}\n" for known in formats())
    return f"{listed}\nThe words of each may also be in:\n{list_languages()}"


def list_languages() -> str:
    """Every language that exports are read in besides English, and where its words are known from."""
    from agingreport.readers.vocabularies import all_vocabularies

    lines = []
    for vocabulary in all_vocabularies():
        sure = [f"{', '.join(map(program, words.of))} {EVIDENCE[words.evidence]}" for words in vocabulary.sets]
        lines.append(f"{vocabulary.title}: {'; '.join(sure)}\n")
    return "".join(lines)


def program(family: str) -> str:
    """The name of a program, from the prefix of its documents."""
    return "all others" if family == "*" else PROGRAMS.get(family, family)


def how_sure(known: "Format") -> str:
    """Where the layout is known from, and which parts of it are less sure."""
    if known.name.startswith("plain-"):
        return "our own"
    less = "".join(f"; {PARTS[part]} {EVIDENCE[mark]}" for part, mark in known.marks.items())
    return EVIDENCE[known.evidence] + less


def cannot_say(known: "Format") -> str:
    """What the ledger has to derive, or say is unknown, where this is all it has; nothing for other tables."""
    if known.refuse:
        return f"refused: {known.refuse}"
    if known.table == "open_balances":
        return "cannot say: what was billed; tells what is open of documents that other exports have brought"
    if known.table != "documents":
        return ""
    said = {"payment_links": "which payment settles what", "payment_dates": "payment dates", "due_dates": "due dates"}
    missing = [words for word, words in said.items() if word not in known.can]
    return "cannot say: " + ", ".join(missing) if missing else ""
