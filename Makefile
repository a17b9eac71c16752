# make check = what a change must pass: lint, types, tests, gate.
PYTHON ?= python

.PHONY: check lint types test gate bench
check: lint types test gate

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

test:
	$(PYTHON) -m pytest

gate:
	$(PYTHON) scripts/gate.py
