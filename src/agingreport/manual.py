"""What each metric is, in words, from the headers of the models."""

from textwrap import fill, indent
from typing import TYPE_CHECKING

from agingreport.computed import COMPUTED, find_metric, refuse_sql
from agingreport.models import Model, catalogue, find, guards, in_order

if TYPE_CHECKING:
    from agingreport.readers import Format

FOLDERS = ("", "base", "parts")
EVIDENCE = {
    "FILE": "seen in a real file",
    "MEAS": "measured by others on real files",
    "TEST": "from public tests and parsers",
    "DOC": "from documents only",
    "MEM": "from memory only",
}


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
    """The definition of a metric: what it is, its grain, each column, and what it rests on."""
    model = find_metric(name)
    width = max(map(len, model.columns), default=0)
    columns = "".join(f"  {column:<{width}}  {text}\n" for column, text in model.columns.items())
    needs = fill(", ".join(model.needs), 100) or "nothing else"
    guarding = guards(name) if name not in COMPUTED else ()
    guarded = "".join(f"\nNo answer where '{guard}' finds anything.\n" for guard in guarding)
    return (
        f"{model.name}\n\n{fill(model.summary, 100)}\n\n"
        f"One row for each: {', '.join(model.grain)}\n\n{columns}\nRests on:\n{indent(needs, '  ')}\n{guarded}"
    )


def sql(name: str) -> str:
    """The SQL of a metric with all that it rests on, as it is run."""
    refuse_sql(name)
    find(name)
    return in_order(name) + ";\n"


def expect(name: str) -> None:
    """Raise AgingReportError where there is no metric of that name."""
    find_metric(name)


def list_formats() -> str:
    """Every export that is recognised, how sure we are of it, and what it cannot say."""
    from agingreport.readers import formats

    width = max(len(known.title) for known in formats())
    sure = max(map(len, EVIDENCE.values()))
    return "".join(f"{known.title:<{width}}  {how_sure(known):<{sure}}  {cannot_say(known)}\n" for known in formats())


def how_sure(known: "Format") -> str:
    """Where the layout is known from."""
    return "our own" if known.name.startswith("plain-") else EVIDENCE[known.evidence]


def cannot_say(known: "Format") -> str:
    """What the ledger has to derive, or say is unknown, where this is all it has; nothing for other tables."""
    if known.refuse:
        return f"refused: {known.refuse}"
    if known.table != "documents":
        return ""
    said = {"payment_links": "which payment settles what", "payment_dates": "payment dates", "due_dates": "due dates"}
    missing = [words for word, words in said.items() if word not in known.can]
    return "cannot say: " + ", ".join(missing) if missing else ""
