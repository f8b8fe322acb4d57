"""Lines of the UK book's invoices: net amounts, with UK value added tax beside them."""

from decimal import ROUND_HALF_UP, Decimal

from sample.books import Line, total
from sample.chance import CENT, Chance

VAT = Decimal("0.20")


def drawn_lines(work: str, size: int, chance: Chance) -> tuple[Line, ...]:
    """Draw one to three lines that come to about size without tax."""
    descriptions = [work, "Materials", "Delivery and fitting"][: chance.whole(1, 3)]
    return tuple(_line(text, chance.money(size) / len(descriptions), chance.whole(1, 6)) for text in descriptions)


def one_line(work: str, amount: Decimal) -> tuple[Line, ...]:
    """Return the one line of a bill of this amount, tax included."""
    return (_line(work, amount / (1 + VAT), 1),)


def gross(lines: tuple[Line, ...]) -> Decimal:
    """Return what the lines come to, tax included."""
    return total(line.net_amount + line.tax_amount for line in lines)


def _line(description: str, net_amount: Decimal, quantity: int) -> Line:
    unit_amount = (net_amount / quantity).quantize(CENT, ROUND_HALF_UP)
    tax_amount = (unit_amount * quantity * VAT).quantize(CENT, ROUND_HALF_UP)
    return Line(description, quantity, unit_amount, tax_amount)
