"""A Jupyter kernel of this very interpreter: ours from start to kill, whatever kernels the machine has installed.

`python -m agingreport.reports.kernel -f FILE` is the kernel; `running_kernel` starts one and takes it down again.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ARGV = (sys.executable, "-m", "agingreport.reports.kernel", "-f", "{connection_file}")


def skip_iri_grammar() -> None:
    """Keep jsonschema from compiling its grammar of web addresses, which no schema here uses.

    Where JupyterLab is installed, `import jsonschema` builds it with Lark each time: 1.3 of the 1.8 s that
    `import papermill` takes, and as much again in the kernel. An absent module only leaves the `iri` formats unchecked.
    """
    if "jsonschema" not in sys.modules:
        sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@contextmanager
def running_kernel() -> Iterator[Any]:
    """Give a started AsyncKernelManager; its kernel is killed on leaving, also after an error.

    The kernel works in a folder of its own with a fresh IPython profile: neither a start-up file of the user's
    nor a `pandas.py` lying beside the exports can change a report.
    """
    skip_iri_grammar()
    from jupyter_core.utils import run_sync

    with TemporaryDirectory(prefix="agingreport-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        manager = _own_manager(folder)
        with (folder / "kernel.log").open("wb") as log:
            try:
                run_sync(manager.start_kernel)(cwd=name, env=_environment(folder), stdout=log, stderr=log)
                yield manager
            finally:
                if manager.has_kernel:
                    run_sync(manager.shutdown_kernel)(now=True)


def _own_manager(folder: Path) -> Any:
    """Give an asynchronous manager: a blocking one never lets nbclient notice that the kernel has died."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    class OwnSpecs(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> Any:
            return KernelSpec(
                argv=list(ARGV),
                display_name="agingreport",
                language="python",
                metadata={"supported_encryption": ["curve"]},
            )

    return AsyncKernelManager(
        kernel_spec_manager=OwnSpecs(),
        connection_file=str(folder / "connection.json"),
        transport_encryption="auto",
    )


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "IPYTHONDIR": str(folder / "ipython"), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def main() -> None:
    """Run as the kernel that the connection file on the command line describes."""
    skip_iri_grammar()
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


if __name__ == "__main__":
    main()
