"""The one place where text becomes HTML: whatever is not already Html is escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

VOID_TAGS = frozenset({"br", "col", "hr", "rect", "path", "line", "circle"})


@dataclass(frozen=True)
class Html:
    """Markup that is safe to put into a page as it stands; a notebook shows it."""

    text: str

    def _repr_html_(self) -> str:
        """Give the markup to the notebook."""
        return self.text

    def __str__(self) -> str:
        """Give the markup."""
        return self.text


Content = Html | str
NOTHING = Html("")


def tag(name: str, *children: Content | None, **attributes: str | None) -> Html:
    """Give one element: texts and attribute values are escaped, None is left out.

    A trailing underscore of an attribute name is dropped and the others become hyphens: class_, data_label.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID_TAGS and not children:
        return Html(f"<{name}{written}/>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def join(parts: Iterable[Content | None], separator: str = "") -> Html:
    """Give the parts one after the other, texts escaped, None left out."""
    return Html(separator.join(_text(part) for part in parts if part is not None))


def _text(part: Content) -> str:
    return part.text if isinstance(part, Html) else escape(part)
