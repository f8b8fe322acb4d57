"""The built wheel, installed by itself, in an empty folder: the demo needs nothing of the checkout."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command: the package from the wheel alone, what it depends on from this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    [wheel] = folder.glob("*.whl")
    environment = folder / "venv"
    venv.create(environment, with_pip=False)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel, cwd=folder)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts / "agingreport"


def run(*arguments: object, cwd: Path) -> str:
    """What the command prints; a failure shows all it said. Data files of the dependencies lie in this environment."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    clean["JUPYTER_PATH"] = str(Path(sysconfig.get_path("data")) / "share" / "jupyter")
    done = subprocess.run([*map(str, arguments)], cwd=cwd, capture_output=True, text=True, env=clean, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_demo_of_the_installed_wheel_makes_the_report_in_an_empty_folder(command: Path, tmp_path: Path) -> None:
    page = tmp_path / run(command, "demo", cwd=tmp_path).strip()
    assert page == tmp_path / "agingreport-demo" / "reports" / "2026-10" / "monthly.html"
    text = page.read_text(encoding="utf-8")
    assert "What you are owed, October 2026" in text
    assert "The totals agree with each other and with your own books, to the cent." in text
    assert (page.parent / "worklist.xlsx").stat().st_size > 5_000


def test_the_package_that_ran_is_the_wheel(command: Path, tmp_path: Path) -> None:
    where = run(command.with_name("python"), "-c", "import agingreport; print(agingreport.__file__)", cwd=tmp_path)
    assert ROOT not in Path(where.strip()).parents


def test_the_wheel_brings_the_notebooks_the_policy_and_the_formats(command: Path, tmp_path: Path) -> None:
    run(command, "init", "firm", cwd=tmp_path)
    assert (tmp_path / "firm" / "policy.toml").exists()
    assert "Xero" in run(command, "load", "--formats", cwd=tmp_path)
    listed = run(command.with_name("python"), "-c", LIST_NOTEBOOKS, cwd=tmp_path).split()
    assert {"monthly.ipynb", "explore.ipynb", "bad_debt.ipynb"} <= set(listed)


LIST_NOTEBOOKS = """
from agingreport.shipped import notebook
print(*(path.name for path in notebook("monthly.ipynb").parent.iterdir()))
"""
