"""Open JupyterLab on a workspace: this interpreter's kernel, this machine only, and dollar signs that stay dollars."""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from agingreport.errors import AgingReportError
from agingreport.ledger import open_ledger
from agingreport.reports.kernel import ARGV

NOTEBOOK = "explore.ipynb"
KERNEL = "agingreport"
SETTINGS = ".agingreport"
# MathJax would set "$1,200 owed, $300 late" as a formula, in every output and beyond any escaping; the other two
# plug-ins ask the network for news and for updates.
DISABLED = {
    "@jupyterlab/mathjax-extension": True,
    "@jupyterlab/apputils-extension:announcements": True,
    "@jupyterlab/extensionmanager-extension": True,
}


def launch(ledger: Path, *, as_of: date, policy_path: Path | None, opens_browser: bool, port: int) -> None:
    """Turn this process into JupyterLab on the ledger's folder; it ends with Ctrl-C.

    The notebook there is made once and then belongs to its reader; `as_of` and the policy stand in its first cell.
    Raises AgingReportError where there is no ledger or no JupyterLab.
    """
    open_ledger(ledger).close()
    expect_jupyterlab()
    folder = ledger.resolve().parent
    notebook = make_notebook(folder, ledger.name, as_of=as_of, policy_path=policy_path)
    command = lab_command(folder, notebook, opens_browser=opens_browser, port=port)
    os.execve(sys.executable, command, {**os.environ, **lab_environment(make_settings(folder))})


def expect_jupyterlab() -> None:
    """Say how to install JupyterLab where it is not."""
    from importlib.util import find_spec

    if find_spec("jupyterlab") is None:
        raise AgingReportError("JupyterLab is not installed: pip install 'agingreport[lab]' brings it.")


def make_notebook(folder: Path, ledger: str, *, as_of: date, policy_path: Path | None) -> Path:
    """The explore notebook of the workspace; one that is there already is left as its reader has made it."""
    from agingreport.reports.notebook_runner import read_notebook
    from agingreport.shipped import notebook

    path = folder / NOTEBOOK
    if path.exists():
        return path
    made = read_notebook(notebook(NOTEBOOK))
    policy = str(policy_path.resolve()) if policy_path else ""
    for cell in made.cells:
        if "parameters" in cell.metadata.get("tags", ()):
            cell.source = f'ledger = {json.dumps(ledger)}\nas_of = "{as_of}"\npolicy = {json.dumps(policy)}'
    made.metadata["kernelspec"] = {"name": KERNEL, "display_name": KERNEL, "language": "python"}
    try:
        path.write_text(as_text(made), encoding="utf-8")
    except OSError as error:
        raise AgingReportError(
            f"Cannot write {path}: {error.strerror}; the ledger's folder must be writable."
        ) from error
    return path


def as_text(notebook: Any) -> str:
    """The notebook as its file has it."""
    import nbformat

    return str(nbformat.writes(notebook))


def make_settings(folder: Path) -> Path:
    """Lay out what JupyterLab reads at its start, inside the workspace; the user's own Jupyter is left alone."""
    settings = folder / SETTINGS
    kernel = settings / "share" / "kernels" / KERNEL / "kernel.json"
    page = settings / "config" / "labconfig" / "page_config.json"
    for path in (kernel, page):
        path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"supported_encryption": ["curve"]}
    spec = {"argv": list(ARGV), "display_name": KERNEL, "language": "python", "metadata": metadata}
    kernel.write_text(json.dumps(spec, indent=1), encoding="utf-8")
    page.write_text(json.dumps({"disabledExtensions": DISABLED}, indent=1), encoding="utf-8")
    return settings


def lab_environment(settings: Path) -> dict[str, str]:
    """Where JupyterLab finds its settings, its kernel and an IPython profile of its own."""
    return {
        "JUPYTER_PATH": str(settings / "share"),
        "JUPYTER_CONFIG_PATH": str(settings / "config"),
        "JUPYTER_CONFIG_DIR": str(settings / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(settings / "workspaces"),
        "IPYTHONDIR": str(settings / "ipython"),
    }


def lab_command(folder: Path, notebook: Path, *, opens_browser: bool, port: int) -> list[str]:
    """The command line of JupyterLab: local, with its token, our kernel only, no question to any network."""
    return [
        sys.executable,
        "-m",
        "agingreport.jupyter.lab",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{notebook.name}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        f"--ServerApp.open_browser={opens_browser}",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        f"--KernelSpecManager.allowed_kernelspecs={KERNEL}",
        "--KernelSpecManager.ensure_native_kernel=False",
        f"--MultiKernelManager.default_kernel_name={KERNEL}",
        "--LanguageServerManager.autodetect=False",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]
