"""JupyterLab's start, with the start-up cost that nothing here needs left out: `python -m agingreport.jupyter.lab`."""

from agingreport.reports.kernel import skip_iri_grammar


def main() -> None:
    """Run JupyterLab with the arguments of the command line."""
    skip_iri_grammar()
    from jupyterlab.labapp import main as run_lab

    run_lab()


if __name__ == "__main__":
    main()
