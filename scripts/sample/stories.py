"""The stories: the debts that make the report worth reading, told one bill a line."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sample.bills import Bill, Loose, Step
from sample.cast import Client
from sample.lines import one_line
from sample.tables import read_table

# due: by the terms where empty. then: what settles it, "KIND AMOUNT DATE"; rest = all that is left on that day.
QUICKBOOKS = """
client                  | billed     | due  | amount  | work                                | then
Ashgrove Theatre Trust  | 2023-12-11 |      | 1962.40 | Programme and posters, winter       | write_off rest 2024-12-20
Pinnacle Kettlebells    | 2024-09-16 |      | 38.40   | Proof prints                        |
Lantern Bay Seafood     | 2024-11-18 |      | 1184.60 | Menu boards, both rooms             | write_off rest 2025-06-30
Halcyon Pop-Up Retail   | 2025-01-13 |      | 1742.30 | Pop-up stand, January               | payment 500.00 2025-04-14, write_off rest 2025-11-28
Halcyon Pop-Up Retail   | 2025-02-10 |      | 1618.85 | Pop-up stand, February              | write_off rest 2025-11-28
Halcyon Pop-Up Retail   | 2025-03-03 |      | 2105.40 | Window displays                     | write_off rest 2025-11-28
Halcyon Pop-Up Retail   | 2025-03-24 |      | 953.20  | Take-down and storage               | write_off rest 2025-11-28
Old Mill Antiques       | 2025-07-21 |      | 430.90  | Price tags and labels               |
Wildrose Apothecary     | 2025-08-18 |      | 612.35  | Jar labels                          | payment 600.00 2025-08-29, write_off rest 2026-03-31
Umber Roasters          | 2025-11-10 |      | 1888.90 | Roastery signage                    | payment 1322.23 2026-03-16, write_off rest 2026-06-30
Zephyr Scooters Inc.    | 2026-01-26 |      | 1730.55 | Showroom graphics                   |
Zephyr Scooters Inc.    | 2026-02-23 |      | 1215.75 | Showroom graphics, second wall      |
Vantage Pilates         | 2026-02-16 |      | 2140.30 | Reception desk                      |
Cobalt Ridge Fitness    | 2026-03-09 |      | 1240.60 | Wall graphics, free weights         |
Cobalt Ridge Fitness    | 2026-03-30 |      | 1385.25 | Wayfinding                          |
Cobalt Ridge Fitness    | 2026-04-20 |      | 982.15  | Class timetable boards              |
Cobalt Ridge Fitness    | 2026-05-11 |      | 1650.40 | Locker numbering                    |
Northgate Events LLC    | 2026-05-18 |      | 7860.00 | Festival gates and banners          |
Kestrel & Vane Ltd      | 2026-05-26 |      | 1645.70 | Trade fair stand, Seattle           |
Ferris Wheel Toys       | 2026-06-15 |      | 1506.01 | Box artwork, autumn range           | payment 1506.00 2026-07-13
Brindle Street Bakery   | 2026-07-06 |      | 1420.15 | Shelving and counter                |
Redwood Lane Outfitters | 2026-07-15 |      | 2312.60 | Shop fascia                         |
Brindle Street Bakery   | 2026-07-20 |      | 1105.50 | Menu boards                         |
Otter Creek Veterinary  | 2026-07-27 |      | 3600.00 | Waiting room fit-out                | payment 900.00 2026-09-18, payment 900.00 2026-10-16
Brindle Street Bakery   | 2026-08-03 |      | 1368.80 | Window lettering                    |
Juniper Falls Dental    | 2026-08-10 |      | 2925.45 | Treatment room graphics             |
Mountain Laurel Press   | 2026-08-12 |      | 5480.75 | Print hall fit-out, phase 1         |
Sable & Thorn Interiors | 2026-08-31 |      | 2418.90 | Catalogue, 48 pages                 |
Tidewater Law Office PC | 2026-09-01 |      | 4742.30 | Reception and meeting room signage  |
Hollow Oak Cider        | 2026-09-08 |      | 1182.45 | Bottle labels, harvest              |
Silverleaf Realty       | 2026-09-09 |      | 1140.35 | Site boards                         | payment 1240.35 2026-10-02
Bluebird Day Nursery    | 2026-09-16 |      | 745.20  | Corridor murals                     |
Inés Calderón Studio    | 2026-09-18 | none | 612.80  | Exhibition captions                 |
Mountain Laurel Press   | 2026-09-28 |      | 3150.20 | Print hall fit-out, phase 2         |
"""

WORKSHOP = """
client                    | billed     | due        | amount  | work                              | then
Maplewood Co-op Preschool | 2025-05-05 |            | 642.00  | Coat rails                        | payment 642.00 2025-06-03
Maplewood Co-op Preschool | 2025-09-01 |            | 800.00  | Book boxes                        | payment 800.00 2025-08-04
Maplewood Co-op Preschool | 2026-03-16 |            | 2400.00 | Play corner, half up front        | payment 1200.00 2026-03-16, payment rest 2026-04-17
Dolores Pruitt            | 2026-06-22 |            | 1850.00 | Studio shelving                   | payment rest 2026-07-24
Hamid Rezaei              | 2026-07-13 |            | 1275.00 | Shop counter                      |
St. Brendan's Parish Hall | 2026-08-17 |            | 500.00  | Notice boards                     |
Amara Okafor              | 2026-08-24 | 2026-11-16 | 9000.00 | Kitchen and shop-front joinery    | payment 2700.00 2026-09-01
"""

# Bounced cheques, with the due date of what they had paid, and a recovery of what was written off.
REOPENED = """
client                    | kind          | billed     | due        | amount  | work                       | then
Maplewood Co-op Preschool | refund        | 2025-06-12 | 2025-06-04 | 642.00  | Cheque 1187 returned       | payment rest 2025-07-01
Dolores Pruitt            | refund        | 2026-07-31 | 2026-07-22 | 1850.00 | Cheque 305 returned unpaid |
Lantern Bay Seafood       | journal_debit | 2026-04-13 | 2026-04-13 | 600.00  | Recovered after write-off  | payment rest 2026-04-13
"""

XERO = """
client                   | billed     | due | amount  | work                      | then
Leith Walk Records       | 2026-05-11 |     | 540.00  | Record sleeves, proofs    |
Thistledown Gin Ltd      | 2026-05-31 |     | 480.00  | Label artwork retainer    | payment rest 2026-06-26
Leith Walk Records       | 2026-06-01 |     | 600.00  | Shop fascia               |
Skelton Brothers Joinery | 2026-06-15 |     | 2880.00 | Showroom fit-out          | payment 1000.00 2026-08-12
Thistledown Gin Ltd      | 2026-06-30 |     | 480.00  | Label artwork retainer    | payment rest 2026-07-24
Thistledown Gin Ltd      | 2026-07-31 |     | 480.00  | Label artwork retainer    | payment rest 2026-08-28
Thistledown Gin Ltd      | 2026-08-31 |     | 480.00  | Label artwork retainer    | payment rest 2026-09-25
Camber Sands Surf School | 2026-09-07 |     | 380.40  | Safety boards             |
Camber Sands Surf School | 2026-09-14 |     | 600.00  | Hire hut lettering        | payment 650.00 2026-10-05
Thistledown Gin Ltd      | 2026-09-30 |     | 480.00  | Label artwork retainer    | payment rest 2026-10-27
Thistledown Gin Ltd      | 2026-10-31 |     | 480.00  | Label artwork retainer    |
"""

NOT_POSTED = """
client                      | billed     | amount | work                    | status
Marchmont & Sons            | 2026-08-19 | 744.00 | Billed twice by mistake | void
Ffynnon Bakery Ltd          | 2026-10-28 | 912.00 | Bakery van lettering    | draft
Priory Road Dental Practice | 2026-10-29 | 660.00 | Practice leaflets       | draft
Kestrel & Vane Ltd          | 2026-10-29 | 2160.00| Stand, spring fair      | submitted
"""

LOOSE = """
client                    | book       | kind        | on         | amount  | memo
St. Brendan's Parish Hall | workshop   | credit_note | 2026-09-21 | 120.00  | One board returned
Hollow Oak Cider          | quickbooks | credit_note | 2026-10-05 | 350.00  | Labels reprinted, wrong shade
Marchmont & Sons          | xero       | credit_note | 2026-10-12 | 120.00  | Delivery damaged
Gupta Orthodontics        | quickbooks | payment     | 2026-10-19 | 1500.00 | Advance, reception fit-out
"""

# Thirty per cent on signing, thirty when the frame stands, forty on completion.
INSTALMENTS = (
    ("Amara Okafor", date(2026, 8, 31), Decimal("2700.00")),
    ("Amara Okafor", date(2026, 10, 5), Decimal("2700.00")),
    ("Amara Okafor", date(2026, 11, 16), Decimal("3600.00")),
)
DISPUTED_IN_BOOK = frozenset({("Hamid Rezaei", date(2026, 7, 13))})

Cast = dict[tuple[str, str], Client]


def story_bills(cast: Cast) -> list[Bill]:
    """Return every bill of the stories; cast holds the clients by program and name."""
    told = [("quickbooks", QUICKBOOKS), ("workshop", WORKSHOP), ("workshop", REOPENED), ("xero", XERO)]
    told.append(("xero", NOT_POSTED))
    return [_bill(row, _client(cast, book, row["client"])) for book, table in told for row in read_table(table)]


def loose_credits(cast: Cast) -> list[Loose]:
    """Return the credits that settle nothing by the end."""
    return [
        Loose(
            client=_client(cast, row["book"], row["client"]),
            kind=row["kind"],
            on=date.fromisoformat(row["on"]),
            amount=Decimal(row["amount"]),
            memo=row["memo"],
        )
        for row in read_table(LOOSE)
    ]


def _client(cast: Cast, book: str, name: str) -> Client:
    """Return the client as that program knows it; the workshop books recoveries for clients of the office too."""
    return cast.get((book, name)) or replace(cast["quickbooks", name], book=book)


def _bill(row: dict[str, str], client: Client) -> Bill:
    on = date.fromisoformat(row["billed"])
    amount = Decimal(row["amount"])
    return Bill(
        client=client,
        on=on,
        due=_due(row.get("due", ""), on, client),
        amount=amount,
        memo=row["work"],
        steps=tuple(_step(words) for words in row.get("then", "").split(",") if words),
        kind=row.get("kind", "invoice"),
        status=row.get("status", "posted"),
        is_disputed=(client.name, on) in DISPUTED_IN_BOOK,
        lines=one_line(row["work"], amount) if client.book == "xero" else (),
    )


def _due(words: str, on: date, client: Client) -> date | None:
    if words == "none":
        return None
    return date.fromisoformat(words) if words else on + timedelta(days=client.terms_days)


def _step(words: str) -> Step:
    kind, amount, on = words.split()
    return Step(kind, date.fromisoformat(on), None if amount == "rest" else Decimal(amount))

