# make run    the app on http://localhost:8501
# make test   every check: lint, types, direction of imports, unit, property, page and browser tests
# make bench  speeds beside their limits
# make study  the learning tried on 20 simulated worlds; its table goes to README.md
# make lint   the quick checks alone
# make lock   new pins in requirements*.txt from pyproject.toml (needs uv)
# make clean  away with .venv and caches
#
# Everything is installed into .venv; `make PYTHON=python3.13 run` chooses the Python it is made with.

PYTHON ?= python3
PORT ?= 8501

VENV := .venv
BIN := $(VENV)/bin
# A stamp remembers that a set of packages is installed; a changed set makes it stale.
MADE := $(VENV)/.made
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := help
.PHONY: help run test lint bench study lock clean

help:
	@sed -n 's/^# \(make [a-z]* .*\)/\1/p' Makefile

run: $(RUN)
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.headless true

test: lint
	$(BIN)/python -m tests.side_by_side

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(DEV)
	$(BIN)/python -m tests.bench

study: $(DEV)
	$(BIN)/python -m tests.study

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Python 3.11 or newer is needed; "$(PYTHON)" is missing or older. Another one: make PYTHON=python3.13 ...' >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo '"$(PYTHON)" cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv' >&2; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN): requirements.txt | $(MADE)
	$(PIP) -r requirements.txt
	@touch $@

# The larger set holds the smaller one with the same pins: what is tested is what runs.
$(DEV): requirements.txt requirements-dev.txt | $(MADE)
	$(PIP) -r requirements-dev.txt
	@touch $@ $(RUN)

COMPILE := uv pip compile --quiet --universal --python-version 3.11 \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate

define COMPILED
# $(1)
# Compiled from pyproject.toml for all platforms by `make lock`:
# uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links
endef
export RUN_HEAD := $(call COMPILED,Pinned: what the app needs.)
export DEV_HEAD := $(call COMPILED,Pinned: what the app needs and what its tests and checks and data scripts need besides.)

lock:
	@echo "$$DEV_HEAD" > requirements-dev.txt
	$(COMPILE) --all-extras --upgrade pyproject.toml >> requirements-dev.txt
	@echo "$$RUN_HEAD" > requirements.txt
	$(COMPILE) --constraint requirements-dev.txt pyproject.toml >> requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
