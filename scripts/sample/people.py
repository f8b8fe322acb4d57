"""What is known of each client as a person or a firm: where it is, how to reach it, whether it is a consumer."""

import unicodedata

from sample.cast import CONSUMERS, Client

PINYIN = {"云杉茶室": "yunshan-tea"}
AREA_CODES = {"OR": "503", "WA": "206", "CA": "415", "CO": "303", "TX": "512", "NY": "212", "IL": "312"}


def email(name: str) -> str:
    """Return an address that reaches nobody: all are below example.com."""
    plain = unicodedata.normalize("NFKD", PINYIN.get(name, name)).encode("ascii", "ignore").decode()
    words = "".join(letter if letter.isalnum() else " " for letter in plain.replace("'", "")).lower().split()
    return f"accounts@{'-'.join(words[:3])}.example.com"


def contact_row(client: Client, number: int) -> dict[str, str]:
    """Return the client's row of clients.csv; number makes the telephone number, of the ranges kept for fiction."""
    country, _, region = client.place.partition("-")
    parent, has_parent, _ = client.name.rpartition(":")
    fictional = f"+44 20 7946 0{number:03}" if country == "GB" else f"+1 {AREA_CODES[region]} 555 01{number:02}"
    return {
        "client": client.name,
        "name": client.name.rpartition(":")[2],
        "parent_client": parent if has_parent else "",
        "email": email(client.name),
        "phone": fictional,
        "language": client.language,
        "country": country,
        "region": region,
        "consumer": "yes" if client.name in CONSUMERS else "no",
    }
