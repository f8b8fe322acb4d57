"""The README says what the package does now."""

import re
import sys
from pathlib import Path

import click

from agingreport.cli import app

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_tables_of_formats_and_metrics_are_current() -> None:
    from write_readme import with_tables

    assert with_tables(README) == README, "run: python scripts/write_readme.py"


def test_it_names_every_command() -> None:
    assert [name for name in app.list_commands(click.Context(app)) if f"`{name}" not in README] == []


def test_its_map_names_each_module_and_folder_of_the_package() -> None:
    _, _, places = README.partition("## Where things are")
    named = re.findall(r"`([a-z]\w*(?:/|\.py|\.sql))`", places)
    package = ROOT / "src" / "agingreport"
    there = [f"{path.name}/" if path.is_dir() else path.name for path in package.iterdir() if path.name[0] not in "_."]
    assert sorted(named) == sorted({*there} - {"py.typed"})
