"""Turn an executed notebook into one HTML file that asks nothing of any network."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from typing import Any

from agingreport import __version__
from agingreport.reports.kernel import skip_iri_grammar

TEMPLATE = "agingreport"


@dataclass(frozen=True)
class Imprint:
    """What the page says of itself beside what its notebook shows."""

    title: str
    made_at: datetime | None = None


def export_html(notebook: Any, imprint: Imprint) -> str:
    """Give the page: its Markdown and displayed outputs, with our style and script inside.

    The code, what cells print, and the value of their last line stay in the notebook. The page's own policy
    (Content-Security-Policy) lets a browser run only this style and this script, and fetch nothing.
    """
    skip_iri_grammar()
    from nbconvert.exporters import TemplateExporter

    with as_file(files("agingreport.reports").joinpath("templates")) as templates:
        style = (templates / TEMPLATE / "report.css").read_text("utf-8")
        script = (templates / TEMPLATE / "report.js").read_text("utf-8")
        exporter = TemplateExporter(  # type: ignore[no-untyped-call]
            template_name=TEMPLATE,
            extra_template_basedirs=[str(templates)],
            file_extension=".html",
            filters={"prose": prose},
        )
        resources = {
            "title": imprint.title,
            "made_at": f"{imprint.made_at:%Y-%m-%d %H:%M} UTC" if imprint.made_at else None,
            "version": __version__,
            "style": style,
            "script": script,
            "content_policy": content_policy(style=style, script=script),
        }
        page, _ = exporter.from_notebook_node(notebook, resources=resources)
    return str(page)


def prose(markdown: str) -> str:
    """Give a Markdown cell as HTML; tags written in it are shown, not obeyed."""
    import mistune

    return str(mistune.create_markdown(escape=True)(markdown))


def content_policy(*, style: str, script: str) -> str:
    """Give the page's policy: no request at all, this style, this script, no form, no frame."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
