"""The clients: sixty invented ones, each with its place, its terms, how much it buys and how it pays."""

from dataclasses import dataclass
from datetime import date

from sample.calendar_days import FIRST_DAY, LAST_DAY
from sample.tables import read_table

# payer: how many days after the due date it pays, see trade.py. pace: invoices a month in the middle of the 36 months.
# size: a typical amount, in dollars or pounds. until: the day its ordinary trade stops (its story may go on).
QUICKBOOKS = """
name                                | place | terms | pace | size | payer     | since      | until      | language
Abebe Import House                  | US-WA | 30    | 0.7  | 1700 | usual     |            |            | am
Ashgrove Theatre Trust              | US-OR | 30    | 0.3  | 1300 | slow      |            | 2023-12-31 | en
Bluebird Day Nursery                | US-OR | 30    | 0.6  | 780  | prompt    |            | 2026-09-10 | en
Brindle Street Bakery               | US-OR | 30    | 0.8  | 1100 | slow      |            | 2026-06-30 | en
Café Lumière                        | US-OR | 15    | 0.9  | 900  | parts     |            |            | fr
Cobalt Ridge Fitness                | US-TX | 30    | 0.7  | 1250 | slow      |            | 2026-02-28 | en
Copperline Credit Union             | US-OR | 30    | 2.0  | 3900 | early     |            |            | en
Delacroix Skin Clinic               | US-CA | 15    | 0.8  | 1350 | usual     |            |            | fr
Evergreen Transit Alliance          | US-WA | 45    | 1.5  | 4700 | slow      |            |            | en
Fernhollow Pharmacy                 | US-OR | 30    | 0.9  | 1250 | prompt    |            |            | en
Ferris Wheel Toys                   | US-IL | 30    | 0.6  | 1500 | usual     |            |            | en
Gupta Orthodontics                  | US-WA | 30    | 0.5  | 2100 | prompt    |            | 2026-08-10 | en
Halcyon Pop-Up Retail               | US-CA | 30    | 0.9  | 1600 | late      | 2024-03-01 | 2024-12-31 | en
Harlan Street Market                | US-OR | 15    | 1.1  | 950  | batch     |            |            | en
Hollow Oak Cider                    | US-OR | 30    | 0.8  | 1400 | usual     |            | 2026-09-01 | en
Inés Calderón Studio                | US-CA | 15    | 0.5  | 720  | usual     | 2024-06-01 | 2026-08-20 | es
Juniper Falls Dental                | US-OR | 30    | 0.7  | 1900 | prompt    |            | 2026-07-20 | en
Kestrel & Vane Ltd                  | GB    | 30    | 0.5  | 2600 | slow      | 2024-02-01 | 2026-05-15 | en
Lakshmi Textiles                    | US-CA | 30    | 1.2  | 2300 | usual     |            |            | en
Lantern Bay Seafood                 | US-WA | 30    | 0.5  | 1150 | late      |            | 2024-10-31 | en
Marlowe Hospitality Group:Foundry Hotel | US-OR | 45 | 1.2 | 3900 | batch     |            |            | en
Marlowe Hospitality Group:Quayside Inn  | US-WA | 45 | 1.2 | 4300 | batch     |            |            | en
Mountain Laurel Press               | US-CO | 30    | 1.0  | 2600 | usual     |            | 2026-08-05 | en
Nakamura Ceramics                   | US-OR | 30    | 0.6  | 1100 | early     |            |            | ja
Northgate Events LLC                | US-CA | 30    | 0.7  | 3300 | late      | 2024-09-01 | 2026-04-20 | en
Oakhurst School District            | US-OR | 45    | 1.3  | 3600 | slow      |            |            | en
Old Mill Antiques                   | US-NY | 30    | 0.4  | 700  | slow      |            | 2025-07-10 | en
O'Shaughnessy Brewing Co.           | US-OR | 30    | 1.0  | 1450 | retainer  |            |            | en
Otter Creek Veterinary              | US-OR | 30    | 0.7  | 1500 | usual     |            | 2026-07-10 | en
Pelican Point Marina                | US-WA | 30    | 0.9  | 2400 | usual     |            |            | en
Peppercorn & Rye                    | US-WA | 30    | 1.4  | 2100 | worsening |            |            | en
Pinnacle Kettlebells                | US-CO | 30    | 0.4  | 600  | usual     |            | 2024-08-31 | en
Quince Software Inc.                | US-WA | 30    | 1.4  | 3300 | usual     | 2024-01-01 |            | en
Redwood Lane Outfitters             | US-CA | 30    | 0.8  | 1700 | slow      |            | 2026-07-01 | en
Ruiz Landscape Design               | US-OR | 15    | 0.7  | 800  | usual     |            |            | es
Sable & Thorn Interiors             | US-OR | 30    | 0.9  | 2200 | usual     |            | 2026-08-20 | en
Silverleaf Realty                   | US-OR | 15    | 0.7  | 1000 | prompt    |            | 2026-08-25 | en
Sunstone Solar                      | US-CO | 30    | 1.3  | 2800 | usual     |            |            | en
Three Rivers Museum                 | US-WA | 45    | 0.9  | 3500 | slow      |            |            | en
Tidewater Law Office PC             | US-OR | 30    | 0.8  | 3600 | early     |            | 2026-08-15 | en
Total Joinery Supply                | US-OR | 30    | 1.4  | 2000 | usual     |            |            | en
Umber Roasters                      | US-OR | 30    | 0.8  | 1300 | late      |            |            | en
Vantage Pilates                     | US-WA | 30    | 0.5  | 950  | late      | 2024-05-01 | 2026-01-31 | en
Verity Insurance Brokers            | US-CO | 30    | 1.2  | 2500 | usual     |            |            | en
Wildrose Apothecary                 | US-OR | 15    | 0.8  | 880  | usual     |            |            | en
Yellow Door Books                   | US-OR | 30    | 0.7  | 980  | usual     |            |            | en
Zephyr Scooters Inc.                | US-IL | 30    | 0.6  | 1500 | late      | 2024-07-01 | 2026-01-15 | en
云杉茶室                            | US-CA | 30    | 0.8  | 1600 | discount  |            |            | zh
"""

WORKSHOP = """
name                                | place | terms | pace | size | payer     | since      | until      | language
Amara Okafor                        | US-OR | 15    | 0.2  | 900  | prompt    | 2025-03-01 | 2026-07-31 | en
Dolores Pruitt                      | US-WA | 30    | 0.2  | 650  | usual     | 2025-01-01 | 2026-05-31 | en
Hamid Rezaei                        | US-OR | 30    | 0.2  | 800  | usual     | 2025-02-01 | 2026-06-30 | fa
Maplewood Co-op Preschool           | US-OR | 30    | 0.6  | 720  | prompt    |            |            | en
St. Brendan's Parish Hall           | US-OR | 30    | 0.5  | 560  | slow      |            | 2026-08-10 | en
"""

XERO = """
name                                | place  | terms | pace | size | payer     | since      | until      | language
Camber Sands Surf School            | GB-EAW | 14    | 1.4  | 620  | usual     | 2026-05-01 | 2026-08-31 | en
Ffynnon Bakery Ltd                  | GB-EAW | 14    | 1.8  | 740  | prompt    | 2026-05-01 |            | cy
Kestrel & Vane Ltd                  | GB     | 30    | 1.5  | 1400 | slow      | 2026-05-01 | 2026-09-15 | en
Leith Walk Records                  | GB-SCT | 14    | 1.0  | 680  | slow      | 2026-06-15 | 2026-08-10 | en
Marchmont & Sons                    | GB-SCT | 30    | 1.8  | 1250 | usual     | 2026-05-01 |            | en
Priory Road Dental Practice         | GB-EAW | 30    | 1.6  | 1100 | early     | 2026-05-01 |            | en
Skelton Brothers Joinery            | GB-EAW | 30    | 1.2  | 1300 | slow      | 2026-05-01 | 2026-06-10 | en
Thistledown Gin Ltd                 | GB-SCT | 30    | 1.6  | 1350 | usual     | 2026-05-01 |            | en
"""

CONSUMERS = frozenset({"Amara Okafor", "Dolores Pruitt", "Hamid Rezaei"})
PLACE_UNKNOWN = frozenset({"Kestrel & Vane Ltd"})


@dataclass(frozen=True)
class Client:
    """A client in one program: who it is and how it trades."""

    name: str
    book: str
    place: str
    terms_days: int
    pace: float
    size: int
    payer: str
    since: date
    until: date
    language: str

    @property
    def currency(self) -> str:
        """Pounds in the UK book, dollars elsewhere."""
        return "GBP" if self.book == "xero" else "USD"


def _clients(book: str, table: str) -> list[Client]:
    return [
        Client(
            name=row["name"],
            book=book,
            place=row["place"],
            terms_days=int(row["terms"]),
            pace=float(row["pace"]),
            size=int(row["size"]),
            payer=row["payer"],
            since=date.fromisoformat(row["since"]) if row["since"] else FIRST_DAY,
            until=date.fromisoformat(row["until"]) if row["until"] else LAST_DAY,
            language=row["language"],
        )
        for row in read_table(table)
    ]


def all_clients() -> list[Client]:
    """Return every client, once for each program that bills it."""
    return _clients("quickbooks", QUICKBOOKS) + _clients("workshop", WORKSHOP) + _clients("xero", XERO)
