# Two commands: `make fly` sets everything up and flies the reference mission; `make test` sets up and runs the tests.
# Needs only Python 3.11 or newer, make and git. Everything goes into .venv; nothing global is touched.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MISSION ?= sochi-torch
OUT ?= flights/$(notdir $(basename $(MISSION)))

.PHONY: fly test lint campaign benchmarks clean help

help:
	@echo "make fly         set up, fly $(MISSION) into $(OUT), write its report"
	@echo "make test        set up, check style, types and layers, run the tests"
	@echo "make lint        style, types and layers only"
	@echo "make campaign    the slow tests"
	@echo "make clean       take away .venv, flights and caches"

fly: $(VENV)/.run
	@$(BIN)/fakel fly $(MISSION) --out $(OUT) --replace; status=$$?; [ $$status -le 1 ] && exit 0 || exit $$status

test: $(VENV)/.test lint
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

campaign: $(VENV)/.test
	$(BIN)/python -m pytest -m campaign

# A stamp says that the set-up is done for this pyproject.toml; a second run sets nothing up again.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "fakel needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: pyproject.toml | $(VENV)/.python
	$(PIP) install --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/.run
	$(PIP) install --editable ".[test]"
	@touch $@

clean:
	rm -rf $(VENV) flights .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
