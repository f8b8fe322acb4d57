"""The command line: parse, call, print. The only place that looks at the clock."""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agingreport import __version__
from agingreport.errors import AgingReportError
from agingreport.progress import bar
from agingreport.workspace import LEDGER, Workspace, last_month_end, make_workspace

if TYPE_CHECKING:
    from agingreport.books import Books

DONE_WITH_FINDINGS = 3

PATH = click.Path(path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])
ledger_option = click.option(
    "--ledger", "ledger_path", type=PATH, default=Path(LEDGER), show_default=True, help="The ledger file."
)
policy_option = click.option(
    "--policy", "policy_path", type=PATH, help="Your policy file.  [default: policy.toml beside the ledger, if any]"
)
as_of_option = click.option(
    "--as-of", "as_of", type=DAY, metavar="YYYY-MM-DD", help="Close of that day.  [default: end of last month]"
)
known_on_option = click.option(
    "--known-on", "known_on", type=DAY, metavar="YYYY-MM-DD", help="As it was known at the close of that day (UTC)."
)


def now() -> datetime:
    """The time of the run; SOURCE_DATE_EPOCH, where set, stands for it, so that a run can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise AgingReportError(f"SOURCE_DATE_EPOCH is {epoch!r}: give whole seconds since 1970, or unset it.") from None


def chosen_day(as_of: datetime | None) -> date:
    """The day asked for, else the end of last month, which is then said; so is that a day has not come yet."""
    if as_of is not None:
        if as_of.date() > now().date():
            say(f"Projected: {as_of.date()} is still to come, and what will be billed or paid until then is not in it.")
        return as_of.date()
    day = last_month_end(now().date())
    say(f"As of {day} (end of last month; choose another with --as-of).")
    return day


def say(text: str) -> None:
    """A word to the person; standard output is left to the answer."""
    click.echo(text, err=True)


def open_books(
    ledger_path: Path, as_of: datetime | None, policy_path: Path | None, known_on: datetime | None = None
) -> "Books":
    """The books that the common options ask for."""
    from agingreport.ledger import open_ledger
    from agingreport.policy.reading import load_policy

    policy = load_policy(policy_path or Workspace(ledger_path.parent).policy)
    day, known = chosen_day(as_of), known_on.date() if known_on else None
    ledger = open_ledger(ledger_path)
    if known and not ledger.last_load(known):
        say(f"Nothing was known at the close of {known}: all was loaded later ('agingreport log' says when).")
    return ledger.as_of(day, policy=policy, known_on=known)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="agingreport")
def app() -> None:
    """What your business is owed, who will pay, and what to do about each debt.

    Begin with 'agingreport demo' to see it, or with 'agingreport init' in a folder of your own.
    """


@app.command()
@click.argument("folder", type=PATH, default=Path())
def init(folder: Path) -> None:
    """Make FOLDER a workspace: a place for exports, reports and your policy."""
    for path in make_workspace(folder):
        click.echo(f"made {path}")
    click.echo(f"Next: put your exports into {folder / 'exports'}, then agingreport load {folder / 'exports'}")


@app.command()
@click.argument("files", type=PATH, nargs=-1)
@click.option("--formats", "wants_formats", is_flag=True, help="List the exports that are recognised.")
@click.option("--retry", "wants_retry", is_flag=True, help="Load the files again in which something is still refused.")
@ledger_option
@policy_option
@click.option("--profile", type=PATH, help="Column profile (TOML) for a table of no known program.")
@click.option("--currency", help="Currency of files that do not say.  [default: the policy's reporting currency]")
@click.option(
    "--dates",
    "date_order",
    type=click.Choice(["day-first", "month-first", "year-first"]),
    help="Order of the dates, where both fit.",
)
@click.option(
    "--decimal-mark", "--decimal", "decimal_mark", type=click.Choice([".", ","]), help="Decimal mark, where both fit."
)
@click.option("--encoding", help="Encoding of text files, where their letters do not tell: cp1252, cp1250, gb18030.")
@click.option("--format", help="Name of the format of the files, where several fit.")
@click.option(
    "--time-zone", help="Where your days begin, such as Europe/Berlin, for times of other zones.  [default: UTC]"
)
def load(
    files: tuple[Path, ...],
    wants_formats: bool,
    wants_retry: bool,
    ledger_path: Path,
    policy_path: Path | None,
    **choices: Any,
) -> None:
    """Take exports into the ledger: FILES, folders of them, zip archives.

    Files that you name are taken all together, or, if one is refused, not at all. Of a folder or an archive all that
    can be is taken, and the rest is listed. What you say of the dates, the decimal mark, the currency and the profile
    is remembered for files with the same header row; the time zone for all.
    """
    if wants_formats:
        from agingreport.manual import list_formats

        click.echo(list_formats(), nl=False)
        return
    if bool(files) == wants_retry:
        raise click.UsageError("Name either FILES to load or --retry.")
    from agingreport.loading.command import How, load_exports, load_options, retry_exports
    from agingreport.policy.reading import load_policy

    policy = load_policy(policy_path or Workspace(ledger_path.parent).policy)
    how = How(now().replace(tzinfo=None), load_options(policy, **choices), policy)
    if wants_retry:
        is_done = retry_exports(ledger_path, how=how, say=say)
    else:
        is_done = load_exports(files, ledger_path, how=how, say=say)
    if not is_done:
        sys.exit(DONE_WITH_FINDINGS)


@app.command()
@ledger_option
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def log(ledger_path: Path, form: str) -> None:
    """List what was loaded, the last first, and what became of the rows of each file."""
    from agingreport.ledger import open_ledger
    from agingreport.loading.command import history
    from agingreport.output import write

    table = history(open_ledger(ledger_path).as_of(now().date()))
    click.echo(write(table, form=form, path=None, title="log"), nl=False)


@app.command()
@click.argument("client")
@click.argument("other")
@click.option("--not", "is_denied", is_flag=True, help="They are two clients, whatever their names look like.")
@ledger_option
def same(client: str, other: str, is_denied: bool, ledger_path: Path) -> None:
    """Say that CLIENT and OTHER are one client, shown as CLIENT.

    'agingreport show same_clients' lists the names that are probably one, 'agingreport show aliases' those that are.
    What you say holds from now on; --known-on gives what held before.
    """
    from agingreport.ledger import open_ledger

    open_ledger(ledger_path).close()
    with open_ledger(ledger_path, writable=True) as ledger:
        ledger.say_same(client, other, is_same=not is_denied, said_at=now().replace(tzinfo=None))
    click.echo(f"{client} and {other} are {'two clients' if is_denied else 'one client'}.")


@app.command()
@ledger_option
@policy_option
@as_of_option
@known_on_option
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def check(
    ledger_path: Path, policy_path: Path | None, as_of: datetime | None, known_on: datetime | None, form: str
) -> None:
    """Audit the books: what is missing, odd or does not tie, and what to do about it."""
    from agingreport.audit import findings
    from agingreport.output import as_text

    table = findings(open_books(ledger_path, as_of, policy_path, known_on))
    click.echo(as_text(table, form=form) if len(table) or form != "table" else "No check found anything.\n", nl=False)
    if any(row["severity"] != "info" for row in table):
        sys.exit(DONE_WITH_FINDINGS)


@app.command()
@click.argument("metric", required=False)
@click.option("--list", "wants_list", is_flag=True, help="Name all metrics, with one line each.")
@click.option("--explain", is_flag=True, help="Print the metric's definition and columns.")
@click.option("--sql", "wants_sql", is_flag=True, help="Print the metric's SQL with all that it rests on.")
@ledger_option
@policy_option
@as_of_option
@known_on_option
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "parquet", "xlsx"]), default="table")
@click.option(
    "--matrix", "is_matrix", is_flag=True, help="One column a bucket, or where money went, or a month since billing."
)
@click.option("--output", type=PATH, help="Write into this file.")
def show(metric: str | None, wants_list: bool, explain: bool, wants_sql: bool, form: str, **options: Any) -> None:
    """Show a METRIC, such as aging, dso, lateness or decisions."""
    from agingreport import manual
    from agingreport.output import write_metric

    if wants_list or metric is None:
        click.echo(manual.list_metrics(), nl=False)
    elif explain:
        click.echo(manual.explain(metric), nl=False)
    elif wants_sql:
        click.echo(manual.sql(metric), nl=False)
    else:
        manual.expect(metric)
        books = open_books(options["ledger_path"], options["as_of"], options["policy_path"], options["known_on"])
        if form == "table" and (counted := manual.how_aged(metric, books.policy)):
            say(counted)
        text = write_metric(books, metric, form=form, path=options["output"], is_matrix=options["is_matrix"])
        click.echo(text if text is not None else f"{options['output']}\n", nl=False)


@app.command()
@ledger_option
@policy_option
@as_of_option
@known_on_option
@click.option("--output", type=PATH, help="Folder for the report.  [default: reports/<month> of the workspace]")
def report(
    ledger_path: Path,
    policy_path: Path | None,
    as_of: datetime | None,
    known_on: datetime | None,
    output: Path | None,
) -> None:
    """Make the owner's monthly report: HTML, worklist and manifest."""
    from agingreport.reports.make import monthly_report

    day = chosen_day(as_of)
    workspace = Workspace(ledger_path.parent)
    with bar("steps") as progress:
        page = monthly_report(
            ledger_path,
            as_of=day,
            policy_path=policy_path or workspace.policy,
            output=output or workspace.report_folder(f"{day:%Y-%m}"),
            known_on=known_on.date() if known_on else None,
            made_at=now(),
            progress=progress,
        )
    click.echo(page)


@app.command("bad-debt")
@click.option("--year", type=click.IntRange(1990, 2200), required=True, help="The tax year.")
@ledger_option
@policy_option
@click.option("--output", type=PATH, help="Folder for the summary.  [default: reports/<year> of the workspace]")
def bad_debt(year: int, ledger_path: Path, policy_path: Path | None, output: Path | None) -> None:
    """Make the accountant's bad-debt summary of a tax year: HTML and XLSX, with the evidence."""
    from agingreport.reports.make import bad_debt_report

    workspace = Workspace(ledger_path.parent)
    with bar("steps") as progress:
        page = bad_debt_report(
            ledger_path,
            as_of=end_of_tax_year(year),
            policy_path=policy_path or workspace.policy,
            output=output or workspace.report_folder(f"{year}"),
            made_at=now(),
            progress=progress,
        )
    click.echo(page)


def end_of_tax_year(year: int) -> date:
    """The last day of the year, or of last month while the year still runs, which is then said."""
    end, known = date(year, 12, 31), last_month_end(now().date())
    if end <= known:
        return end
    if known.year < year:
        raise AgingReportError(f"{year} has no month that is over yet: ask for {known.year}.")
    say(f"{year} is not over: the summary is as of {known} (end of last month).")
    return known


@app.command()
@ledger_option
@policy_option
@as_of_option
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
@click.option("--port", type=click.IntRange(0, 65535), default=8888, show_default=True)
def explore(ledger_path: Path, policy_path: Path | None, as_of: datetime | None, no_browser: bool, port: int) -> None:
    """Open the books in JupyterLab, on this machine only."""
    from agingreport.jupyter.explore import launch

    launch(
        ledger_path,
        as_of=chosen_day(as_of),
        policy_path=policy_path or Workspace(ledger_path.parent).policy,
        opens_browser=not no_browser,
        port=port,
    )


@app.command()
@click.argument("folder", type=PATH, default=Path("agingreport-demo"))
def demo(folder: Path) -> None:
    """Make a workspace of the sample business in FOLDER, with its ledger and its report."""
    from agingreport.demo import make_demo

    with bar("steps") as progress:
        page = make_demo(folder, made_at=now(), say=say, progress=progress)
    click.echo(page)


def main() -> None:
    """Run the command line; a person never sees a traceback, unless AGINGREPORT_DEBUG is set."""
    try:
        app(standalone_mode=True)
    except AgingReportError as error:
        say(f"agingreport: {error}")
        sys.exit(1)
    except Exception as error:
        if os.environ.get("AGINGREPORT_DEBUG"):
            raise
        what = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
        say(f"agingreport: unexpected {what} Please report it; with AGINGREPORT_DEBUG=1 set it shows where.")
        sys.exit(1)


if __name__ == "__main__":
    main()
