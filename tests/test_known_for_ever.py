"""What a report of some day said, it says for ever: every metric and check, however much is loaded later."""

from datetime import datetime
from pathlib import Path

from agingreport.computed import COMPUTED, show_metric
from agingreport.errors import AgingReportError
from agingreport.ledger import Ledger, open_ledger
from agingreport.models import catalogue
from agingreport.policy.reading import load_policy
from drawn import IN_MEMORY, load, on, policy_file, write_drawn

POLICY = '[conventions]\nreporting_currency = "EUR"\n[firm]\ncountry = "FR"\n'
AS_OF = "2026-02-28"
DOCUMENTS = "document_id  kind  client  number  document_date  due_date  amount  currency  status  terms  disputed"
MATCHES = "debit_id  credit_id  amount"
RATES = "date  currency  quote_currency  rate"
SAID = "client  document_id  date  kind  outcome  promised_date  promised_amount"
CONTROL = "date  currency  balance"

JANUARY = {
    "documents": f"""{DOCUMENTS}
        I1  invoice  Acme Ltd      1  2025-10-01  2025-10-31  1000  EUR  posted  -   no
        I2  invoice  Beta GmbH     2  2025-11-01  -           500   USD  posted  30  no
        I3  invoice  Acme Limited  3  2025-12-01  2025-12-31  700   EUR  posted  -   no
        I4  invoice  Cee           4  2025-12-01  2026-01-15  300   USD  posted  -   no
        P1  payment  Acme Ltd      -  2025-12-15  -           400   EUR  posted  -   no
    """,
    "allocations": f"{MATCHES}\n I1  P1  400",
    "clients": "client  name  country  consumer\n Acme Ltd  Acme  FR  no\n Beta GmbH  Beta  DE  no\n Cee  Cee  FR  yes",
    "fx_rates": f"{RATES}\n 2025-10-31  USD  EUR  0.80\n 2025-11-30  USD  EUR  0.81\n 2025-12-31  USD  EUR  0.82",
    "control_balances": f"{CONTROL}\n 2025-12-31  EUR  1300\n 2025-12-31  USD  800",
    "contacts": f"""{SAID}
        Acme Ltd  I1  2025-11-10  reminder  -  -           -
        Acme Ltd  I1  2025-12-20  promise   -  2026-03-20  600
    """,
}
FEBRUARY = {  # other amounts, due dates, terms and days, a void, a dispute, a new name, parent and country
    "documents": f"""{DOCUMENTS}
        I1  invoice    Acme Ltd      1  2025-10-01  2025-11-30  1100  EUR  posted  -   yes
        I2  invoice    Beta GmbH     2  2025-11-01  -           500   USD  posted  60  no
        I3  invoice    Acme Limited  3  2025-12-01  2025-12-31  700   EUR  void    -   no
        P1  payment    Acme Ltd      -  2025-12-16  -           450   EUR  posted  -   no
        W1  write_off  Cee           -  2026-01-31  -           100   USD  posted  -   no
    """,
    "allocations": f"{MATCHES}\n I1  P1  450\n I4  W1  100",
    "instalments": "document_id  due_date  amount\n I2  2025-12-01  200\n I2  2026-01-01  300",
    "clients": "client  name  country  consumer  parent_client\n Acme Ltd  Renamed  DE  no  Cee\n Cee  Cee  FR  no  -",
    "agreements": "client  kind  on_file  date\n Acme Ltd  signed_terms  yes  2025-01-01",
    "fx_rates": f"{RATES}\n 2025-12-31  USD  EUR  0.92\n 2026-01-31  USD  EUR  0.95",
    "control_balances": f"{CONTROL}\n 2025-12-31  EUR  650",
    "contacts": f"""{SAID}
        Acme Ltd  I1  2026-01-05  note      interest waived  -  -
        Cee       I4  2026-01-05  overrule  agency           -  -
    """,
}
MARCH = {  # the void taken back, a bounce, a credit note, one client of two, older rates corrected
    "documents": f"""{DOCUMENTS}
        I1  invoice      Acme Ltd      1  2025-10-01  2025-11-30  1100  EUR  posted  -   no
        I2  invoice      Beta Holding  2  2025-11-01  2025-12-05  500   USD  posted  60  no
        I3  invoice      Acme Limited  3  2025-12-01  2025-12-31  700   EUR  posted  -   no
        R1  refund       Acme Ltd      -  2026-01-20  -           450   EUR  posted  -   no
        C1  credit_note  Beta Holding  -  2025-12-31  -           50    USD  posted  -   no
    """,
    "allocations": f"{MATCHES}\n R1  P1  450\n I2  C1  50",
    "instalments": "document_id  due_date  amount\n I2  2025-12-01  250\n I2  2026-02-01  250",
    "same_clients": "client  other  same\n Beta Holding  Beta GmbH  yes",
    "agreements": "client  kind  on_file  date\n Acme Ltd  signed_terms  no  2025-01-01",
    "fx_rates": f"{RATES}\n 2025-10-31  USD  EUR  0.70\n 2026-02-28  USD  EUR  0.99",
}


def answers(ledger: Ledger, folder: Path, known_on: str | None = None) -> dict[str, list[str]]:
    """What every metric and check says, or why it says nothing."""
    books = on(ledger, AS_OF, policy=load_policy(policy_file(folder, POLICY)), known_on=known_on)
    said = {}
    for name in (*(name for name, model in catalogue().items() if model.folder != "parts"), *COMPUTED):
        try:
            said[name] = [str(row) for row in show_metric(books, name).rows]
        except AgingReportError as error:
            said[name] = [str(error)]
    return said


def test_what_was_said_on_a_day_is_said_for_ever(tmp_path: Path) -> None:
    """Before the first load, after it, and between later ones with corrected exports: the answers of then."""
    ledger = open_ledger(IN_MEMORY, writable=True)
    then = {"2026-01-09": answers(ledger, tmp_path)}
    for loaded_on, drawings in (("2026-01-10", JANUARY), ("2026-02-10", FEBRUARY), ("2026-03-10", MARCH)):
        files = write_drawn(tmp_path / loaded_on, **drawings)
        load(ledger, files, loaded_at=datetime.fromisoformat(f"{loaded_on}T18:00:00"))
        then[loaded_on] = answers(ledger, tmp_path)
        if loaded_on == "2026-02-10":
            said_at = datetime.fromisoformat("2026-02-11T09:00:00")
            ledger.say_same("Acme Ltd", "Acme Limited", is_same=False, said_at=said_at)
            then["2026-02-11"] = answers(ledger, tmp_path)
    for known_on, said in then.items():
        now = answers(ledger, tmp_path, known_on)
        assert {name: rows for name, rows in said.items() if now[name] != rows} == {}, known_on
    for name in ("decisions", "late_interest", "aging_reporting", "balances", "lateness", "provision"):
        assert then["2026-01-10"][name] != then["2026-03-10"][name], name
