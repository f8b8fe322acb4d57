"""Write the README's tables of formats and metrics anew: `python scripts/write_readme.py`."""

from pathlib import Path

from agingreport.manual import cannot_say, first_sentence, how_sure, metrics
from agingreport.models import Model
from agingreport.readers import formats

README = Path(__file__).parents[1] / "README.md"


def format_table() -> str:
    """Every export that is recognised, as Markdown."""
    rows = [f"| {known.title} | {how_sure(known)} | {cannot_say(known)} |" for known in formats()]
    return "\n".join(["| export | its layout is | |", "|---|---|---|", *rows])


def metric_table() -> str:
    """Every metric with its first sentence, as Markdown."""
    shown = [model for model in metrics() if model.folder == ""]
    rows = [f"| [`{model.name}`]({place(model)}) | {first_sentence(model)} |" for model in shown]
    return "\n".join(["| metric | one row |", "|---|---|", *rows])


def place(model: Model) -> str:
    """The file that a metric is worked out in."""
    return f"src/agingreport/sql/{model.name}.sql" if model.select else "src/agingreport/computed.py"


def with_tables(text: str) -> str:
    """The README with both tables as the package has them now."""
    for name, table in (("formats", format_table()), ("metrics", metric_table())):
        start, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
        before, _, rest = text.partition(start)
        _, _, after = rest.partition(end.strip())
        text = f"{before}{start}{table}{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
