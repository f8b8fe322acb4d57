"""Turns rows of text into typed facts and refusals, and keeps what people should know about how."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb

from agingreport.errors import AgingReportError, DocumentsNeeded
from agingreport.readers.staging import SETTLING, TABLES, count, run
from agingreport.readers.values import SUMMED, Format, Header, ReadOptions
from agingreport.readers.words import Spelling, read_words

Used = frozenset[str]

# Parts of titles of columns that may name the currency, in the languages that are read.
_CURRENCY_TITLES = ("currency", "währung", "waehrung", "devise", "monnaie", "moneda", "divisa", "币", "幣")


def understand(
    connection: duckdb.DuckDBPyConnection, header: Header, options: ReadOptions, *, stated_on: date | None = None
) -> tuple[tuple[str, ...], Spelling]:
    """Fill the typed rows from the text rows of a file, by the rules of its format.

    Gives what is worth a note, and the spelling of the file with the options that the rows rest on.
    """
    known, currency = header.format, currency_of(header, options)
    nameless = _nameless(connection, header)
    if nameless and known.lines in SUMMED:
        run(connection, "sql/name_lines.sql")
        nameless = _nameless(connection, header)
    if nameless and not currency:
        raise AgingReportError(f"{nameless} rows name no currency; say which it is with --currency")
    try:
        spelling = read_words(connection, known, options, stated_on=stated_on)
    except AgingReportError:
        _check_any_named(connection, known)
        raise
    if known.lines in SUMMED:
        run(
            connection,
            "sql/sum_lines.sql",
            decimal_mark=spelling.decimal_mark,
            kind=known.kind,
            unnumbered_kinds=list(known.unnumbered_kinds),
            apart=known.lines == "sum-sides",
        )
    run(
        connection,
        f"sql/{known.table}.sql",
        decimal_mark=spelling.decimal_mark,
        currency=currency,
        kind=known.kind,
        amounts=known.amounts,
        zero_amounts=known.zero_amounts,
        unnumbered_kinds=list(known.unnumbered_kinds),
        parent_separator=known.parent_separator,
        id_prefix=_id_prefix(header),
    )
    if known.lines in SUMMED:
        run(connection, "sql/refuse_parts.sql")
    if _is_settling(header):
        run(connection, "sql/settling.sql", decimal_mark=spelling.decimal_mark, unpaid_rest=known.unpaid_rest)
    notes = _unknown_note(connection, known) if known.table == "open_balances" else currency_note(nameless, currency)
    used = spelling.used | currency_used(nameless, header)
    return (*notes, *zone_note(spelling.used, options)), replace(spelling, used=used)


def hand_over(connection: duckdb.DuckDBPyConnection, header: Header) -> tuple[str, ...]:
    """Fill the staged tables from the typed rows; give what is worth a note."""
    table = header.format.table
    notes = _gather(connection, header) if table == "documents" else ()
    if table == "allocations" and not count(connection, "sql/repeated_allocations.sql"):
        run(connection, "sql/single_allocations.sql")
    else:
        run(connection, f"sql/stage_{table}.sql")
    if _is_settling(header):
        family = header.format.id_prefix or header.format.name
        run(connection, "sql/stage_settling.sql", family=family)
        notes = (*notes, *_assumed_note(connection))
        if "payment_amount" in header.positions:
            run(connection, "sql/stage_row_payments.sql", family=family)
        if "match_letter" in header.positions:
            run(connection, "sql/match_letters.sql")
    return notes


def _assumed_note(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Say that days were taken from elsewhere in the row."""
    assumed = count(connection, "sql/assumed_days.sql")
    told = (
        f"{assumed} write-offs or refunds have no day of their own: taken as that of the last payment, else the due "
        "date, else the document; marked assumed"
    )
    return (told,) if assumed else ()


def refuse(connection: duckdb.DuckDBPyConnection, header: Header) -> None:
    """Hand over the typed rows that are refused, with what was seen in their text rows."""
    run(connection, "sql/refuse.sql")
    if header.format.table == "documents":
        run(connection, "sql/refused_documents.sql")


def currency_of(header: Header, options: ReadOptions) -> str | None:
    """Give the currency of rows that name none: the profile's or the header's, of this very file, else the user's.

    What a list of open balances does not say is known from its documents.
    """
    said = header.format.currency or header.currency
    return said if header.format.table == "open_balances" else said or options.currency or options.fallback_currency


def check_offered(connection: duckdb.DuckDBPyConnection, known: Format) -> None:
    """Raise DocumentsNeeded where a format speaks of documents of a ledger, and none is offered."""
    if known.table == "open_balances" and not count(connection, "sql/offered_documents.sql"):
        raise DocumentsNeeded(f"this is {known.title}: {known.if_none}")


def check_currency_column(header: Header, options: ReadOptions) -> None:
    """Refuse a file whose amounts would be taken in another currency than a column that is not read may name."""
    is_told = "currency" in header.positions or currency_of(header, replace(options, fallback_currency=None))
    if header.format.table != "documents" or is_told:
        return
    for title in header.unread:
        if any(part in title.casefold() for part in _CURRENCY_TITLES):
            raise AgingReportError(f"its column {title} may name the currency, and is not read; say --currency")


def _check_any_named(connection: duckdb.DuckDBPyConnection, known: Format) -> None:
    """Refuse a list of open items without a known document: how it writes dates and amounts is beside the point."""
    if known.table == "open_balances" and not count(connection, "sql/named_documents.sql"):
        raise AgingReportError(f"this is {known.title}: {known.if_none}")


def currency_note(nameless: int, currency: str | None) -> tuple[str, ...]:
    """Say that a currency was taken from outside of the file."""
    return (f"{nameless} rows name no currency: taken as {currency}",) if nameless else ()


def _unknown_note(connection: duckdb.DuckDBPyConnection, known: Format) -> tuple[str, ...]:
    """Say what to do about the rows of documents that are not known; refuse the file if no row is of any that is."""
    unknown, rows = run(connection, "sql/unknown_documents.sql")[0]
    if unknown and unknown == rows:
        raise AgingReportError(f"this is {known.title}: {known.if_none}")
    told = f"{unknown} rows are of documents that the ledger does not know, and say only what is open of them"
    return (f"{told}: load those, then this file again",) if unknown else ()


def currency_used(nameless: int, header: Header) -> Used:
    """Give the option of that name where rows rest on it."""
    return frozenset({"currency"} if nameless and not (header.format.currency or header.currency) else ())


def zone_note(used: Used, options: ReadOptions) -> tuple[str, ...]:
    """Say whose days were taken where the file has moments and nobody has said where the firm is."""
    unsaid = "time_zone" in used and not options.time_zone
    return ("its times are taken as days of UTC; say the firm's zone with --time-zone",) if unsaid else ()


def _nameless(connection: duckdb.DuckDBPyConnection, header: Header) -> int:
    if "currency" not in TABLES[header.format.table].columns or header.format.table in {"fx_rates", "open_balances"}:
        return 0
    return count(connection, "sql/missing_currency.sql")


def _id_prefix(header: Header) -> str | None:
    """Documents with an id of their own keep it; the others get one from what they are."""
    return None if "document_id" in header.positions else header.format.id_prefix or header.format.name


def _is_settling(header: Header) -> bool:
    """Say whether rows tell what they settle, or what closed a document beside the money."""
    says = set(SETTLING) - {"client_name"}
    return header.format.table == "documents" and not says.isdisjoint(header.positions)


def _gather(connection: duckdb.DuckDBPyConnection, header: Header) -> tuple[str, ...]:
    """Bring the rows of one document together, and keep apart what only looks like one."""
    has_own_ids = _id_prefix(header) is None
    notes = () if has_own_ids else _tell_apart(connection)
    if not count(connection, "sql/repeated_ids.sql"):
        run(connection, "sql/single_documents.sql")
        return notes
    run(connection, "sql/grouped_documents.sql")
    changed = count(connection, "sql/repeated_documents.sql") if has_own_ids else 0
    told = f"{changed} documents stand in it more than once, with changes: the last row holds"
    return (*notes, told) if changed else notes


def _tell_apart(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Number the documents that have no number, and refuse those that share one without being the same."""
    run(connection, "sql/number_documents.sql")
    run(connection, "sql/refuse_namesakes.sql")
    alike = count(connection, "sql/repeated_unnumbered.sql")
    told = f"{alike} rows without a number are like one before them in client, date and amount: each counts by itself"
    return (told,) if alike else ()
