"""The business as a whole: its cast, its trade and its stories, played into one set of books."""

from functools import cache

from sample.books import Books
from sample.cast import all_clients
from sample.settle import settle
from sample.stories import loose_credits, story_bills
from sample.trade import ordinary_bills

SEED = 36


@cache
def play() -> Books:
    """Return the books of the business; the same ones on every call."""
    clients = all_clients()
    cast = {(client.book, client.name): client for client in clients}
    bills = [bill for client in clients for bill in ordinary_bills(client, seed=SEED)]
    return settle(bills + story_bills(cast), loose_credits(cast))
