"""The command line: what it prints, where, and with which status it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from agingreport.manual import metrics
from agingreport.models import TREATMENTS, Model, catalogue
from command import Run, run_installed
from drawn import write_drawn

DOCUMENTS = """
    document_id  kind     client  number  document_date  due_date    amount  currency
    I1           invoice  Acme    A-1     2025-01-01     2025-01-31  100.00  USD
    I2           invoice  Bolt    A-2     2025-01-01     2025-01-31  50.00   USD
"""
HEAVY = ("pandas", "plotly", "papermill", "nbconvert", "rich", "duckdb", "pydantic", "numpy", "jupyterlab")


@pytest.fixture
def ledger(run: Run, tmp_path: Path) -> Path:
    """A ledger file made by the command line itself."""
    path = tmp_path / "ledger.duckdb"
    assert run("load", *write_drawn(tmp_path / "drawn", documents=DOCUMENTS), "--ledger", path).status == 0
    return path


def test_load_prints_the_sum_of_the_rows_of_each_file(run: Run, tmp_path: Path) -> None:
    ran = run("load", *write_drawn(tmp_path, documents=DOCUMENTS), "--ledger", tmp_path / "ledger.duckdb")
    sum_of_rows = "2 rows = 2 new + 0 unchanged + 0 changed + 0 skipped by rule + 0 refused\n"
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("documents.csv: ")
    assert ran.out.endswith(sum_of_rows)


def test_load_takes_a_folder(run: Run, tmp_path: Path) -> None:
    write_drawn(tmp_path / "drawn", documents=DOCUMENTS, allocations="debit_id  credit_id  amount")
    (tmp_path / "drawn" / "notes.md").write_text("not an export", encoding="utf-8")
    ran = run("load", tmp_path / "drawn", "--ledger", tmp_path / "ledger.duckdb")
    assert ran.status == 0
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["allocations.csv", "documents.csv"]


def test_refused_rows_end_with_status_3_and_are_listed(run: Run, tmp_path: Path) -> None:
    paths = write_drawn(tmp_path, documents=DOCUMENTS.replace("50.00", "soon"))
    ledger = tmp_path / "ledger.duckdb"
    ran = run("load", *paths, "--ledger", ledger)
    assert (ran.status, ran.err.count("\n")) == (3, 1)
    assert "show rejects" in ran.err
    shown = json.loads(run("show", "rejects", "--ledger", ledger, "--as-of", "2025-02-28", "--format", "json").out)
    assert [(row["row_number"], row["column_name"]) for row in shown] == [(3, "amount")]
    assert "A-2" in shown[0]["row_text"]


@pytest.mark.parametrize(("due_date", "status", "severity"), [("2025-01-31", 0, None), ("-", 3, "warning")])
def test_check_ends_with_status_3_where_it_found_something(
    run: Run, tmp_path: Path, due_date: str, status: int, severity: str | None
) -> None:
    ledger = tmp_path / "ledger.duckdb"
    run("load", *write_drawn(tmp_path, documents=DOCUMENTS.replace("2025-01-31", due_date)), "--ledger", ledger)
    ran = run("check", "--ledger", ledger, "--as-of", "2025-02-28", "--format", "json")
    assert ran.status == status
    assert {row["severity"] for row in json.loads(ran.out)} == ({severity} if severity else set())


def test_what_is_only_worth_knowing_ends_with_status_0(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.duckdb"
    run("load", *write_drawn(tmp_path, documents=DOCUMENTS.replace("50.00", "0.50")), "--ledger", ledger)
    ran = run("check", "--ledger", ledger, "--as-of", "2025-02-28", "--format", "json")
    assert (ran.status, [row["severity"] for row in json.loads(ran.out)]) == (0, ["info"])


def test_show_list_names_every_metric_with_one_line(run: Run) -> None:
    for arguments in (("show", "--list"), ("show",)):
        ran = run(*arguments)
        assert ran.status == 0
        assert [line.split()[0] for line in ran.out.splitlines()] == [model.name for model in metrics()]
        assert all(line.endswith((".", "?")) for line in ran.out.splitlines())


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_show_explain_prints_the_definition_and_every_column(run: Run, name: str) -> None:
    ran = run("show", name, "--explain")
    assert ran.status == 0
    assert ran.out.startswith(f"{name}\n")
    for column, description in catalogue()[name].columns.items():
        assert f"{column} " in ran.out
        assert description in ran.out


@pytest.mark.parametrize("metric", [model for model in metrics() if not model.folder], ids=lambda model: model.name)
def test_every_metric_says_its_formula_its_source_and_what_it_does_with_credits_disputes_and_drafts(
    run: Run, metric: Model
) -> None:
    said = " ".join(run("show", metric.name, "--explain").out.split())
    assert tuple(metric.treatments) == TREATMENTS
    for kind, text in metric.treatments.items():
        assert text
        assert f" {kind} {text} " in said


def test_what_dso_says_of_itself(run: Run) -> None:
    assert (
        """
  formula   dso_days = open_amount / billed_amount * period_days; best possible: the same of
            current_amount
  credits   what is set against a debt is taken off it from the day it counts; unapplied money
            stands beside, in unapplied; sales are before credit notes
  disputes  disputed debts are in, like all others
  drafts    left out, and so are void documents
  source    simple, best possible, average days delinquent (creditguru.com); countback

One row for each: month_end, currency
"""
        in run("show", "dso", "--explain").out
    )


def test_a_day_that_is_still_to_come_is_projected_and_said_to_be(
    run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K20 of peers.md: ERPNext took the smaller of the day asked for and the day of the run."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740787200")  # 2025-03-01
    ran = run("show", "open_items", "--ledger", ledger, "--as-of", "2025-03-02", "--format", "json")
    assert "Projected: 2025-03-02 is still to come" in ran.err
    assert json.loads(ran.out)[0]["days_past_due"] == 30
    assert "Projected" not in run("show", "open_items", "--ledger", ledger, "--as-of", "2025-03-01").err


@pytest.mark.parametrize(
    ("policy", "metric", "said"),
    [
        ("", "aging", "Aged by due date.\n"),
        ('aging_basis = "document_date"', "aging_trend", "Aged by document date.\n"),
        (
            'allocation_effective = "allocation"',
            "aging",
            "Aged by due date; a match counts from the day it was made.\n",
        ),
        ("", "rollforward", ""),
    ],
)
def test_a_table_with_buckets_says_what_they_count_from(
    run: Run, ledger: Path, tmp_path: Path, policy: str, metric: str, said: str
) -> None:
    """Definitions.md, section 1: "Print which one was used"."""
    own = tmp_path / "own.toml"
    own.write_text(f"[conventions]\n{policy}\n", encoding="utf-8")
    asked = ("show", metric, "--ledger", ledger, "--as-of", "2025-02-28", "--policy", own)
    assert run(*asked).err == said
    assert run(*asked, "--format", "csv").err == ""


def test_show_sql_prints_what_is_run(run: Run) -> None:
    ran = run("show", "aging", "--sql")
    assert ran.status == 0
    assert ran.out.rstrip().endswith(";")
    assert "ledger.documents" in ran.out


def test_the_policy_beside_the_ledger_is_the_firms_own(run: Run, ledger: Path) -> None:
    ledger.with_name("policy.toml").write_text("[conventions]\nbucket_edges = [0, 10]\n", encoding="utf-8")
    command = ("show", "aging", "--ledger", ledger, "--as-of", "2025-02-28", "--format", "json")
    assert {row["bucket"] for row in json.loads(run(*command).out)} == {"11+"}


def test_known_on_shows_what_was_known(run: Run, ledger: Path) -> None:
    command = ("show", "aging", "--ledger", ledger, "--as-of", "2025-02-28", "--format", "json")
    before = run(*command, "--known-on", "2020-01-01")
    assert json.loads(before.out) == []
    assert "Nothing was known at the close of 2020-01-01" in before.err
    assert len(json.loads(run(*command, "--known-on", "2200-01-01").out)) == 2


def test_init_makes_a_workspace_and_leaves_what_is_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "firm"
    assert run("init", folder).status == 0
    assert {path.name for path in folder.iterdir()} == {"exports", "reports", "policy.toml"}
    (folder / "policy.toml").write_text("# mine\n", encoding="utf-8")
    assert run("init", folder).status == 0
    assert (folder / "policy.toml").read_text(encoding="utf-8") == "# mine\n"


def test_the_policy_that_init_writes_is_the_shipped_one(run: Run, tmp_path: Path, ledger: Path) -> None:
    run("init", tmp_path / "firm")
    command = ("show", "aging", "--ledger", ledger, "--as-of", "2025-02-28", "--format", "json")
    assert run(*command, "--policy", tmp_path / "firm" / "policy.toml") == run(*command)


def test_the_installed_program_answers_and_is_quiet_in_a_pipe(tmp_path: Path, ledger: Path) -> None:
    shown = run_installed("show", "aging", "--ledger", ledger, "--as-of", "2025-02-28", "--format", "json")
    assert (shown.status, shown.err) == (0, "")
    assert [row["open_amount"] for row in json.loads(shown.out)] == ["100.0000", "50.0000"]
    refused = run_installed("show", "agin", "--ledger", ledger)
    assert (refused.status, refused.out, refused.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    "script",
    [
        "import agingreport",
        "import sys; sys.argv[1:] = ['--help']\nfrom agingreport.cli import app\ntry: app()\nexcept SystemExit: pass",
    ],
)
def test_what_is_heavy_is_loaded_only_when_it_is_used(script: str) -> None:
    seen = f"{script}\nimport sys\nprint([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
