# Two commands on a fresh machine: `make demo` shows the report, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types tests bench sample clean

demo: .venv/ready
	$(BIN)/agingreport demo

test: lint types tests

lint: .venv/ready-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready-for-tests
	$(BIN)/mypy

tests: .venv/ready-for-tests
	sh scripts/need_chromium.sh
	$(BIN)/python -m pytest -n 2

bench: .venv/ready-for-bench
	$(BIN)/python benchmarks/run.py --write

sample: .venv/ready
	$(BIN)/python scripts/make_sample.py

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --constraint constraints.txt --editable '.[lab]'
	touch $@

.venv/ready-for-tests: .venv/ready
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --constraint constraints.txt --editable '.[lab,test]'
	touch $@

.venv/ready-for-bench: .venv/ready-for-tests
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --constraint constraints.txt --editable '.[lab,test,bench]'
	touch $@

clean:
	rm -rf .venv build dist agingreport-demo
