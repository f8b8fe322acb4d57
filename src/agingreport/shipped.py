"""Where the notebooks and the sample business lie: in the checkout, or in the installed package."""

from pathlib import Path

from agingreport.errors import AgingReportError

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent.parent


def notebook(name: str) -> Path:
    """The file of a shipped notebook."""
    return shipped(PACKAGE / "notebooks" / name, CHECKOUT / "notebooks" / name)


def sample() -> Path:
    """The folder with the exports of the sample business."""
    return shipped(PACKAGE / "sample", CHECKOUT / "data" / "sample")


def shipped(*places: Path) -> Path:
    """The first of the places that is there."""
    for place in places:
        if place.exists():
            return place
    raise AgingReportError(f"{places[0].name} is missing from the installation: install agingreport again.")
