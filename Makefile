# Needs Python 3.11 or newer, and nothing else: everything goes into .venv/ beside this file.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help install demo run test check lint bench confidence docs clean

help:            ## Show what there is to make.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

install: $(READY) ## Install the pinned versions into .venv.

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "missionwire needs Python 3.11 or newer; $$($(PYTHON) --version) is too old. Name another: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)   ## Run the whole pipeline on the sample newsroom, offline.
	$(BIN)/missionwire demo

run: $(READY)    ## One run over the feeds that are due.
	$(BIN)/missionwire run

lint: $(READY)   ## Style, types, and which folder may import which.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(READY)   ## All quick tests.
	$(BIN)/python -m pytest -n 2 --dist loadfile --max-worker-restart 0 -m "not long"

check: $(READY)  ## The long tests: kills, full disks, a simulated month, PostgreSQL and lakes on it, the schedule, whole runs, the browser.
	$(BIN)/python -m pytest -n 2 --dist loadfile --max-worker-restart 0 -m long

bench: $(READY)  ## Speed, as ratios against something run beside it.
	$(BIN)/python -m benchmarks

confidence: $(READY) ## Measure anew how often each rule is right, on documents that it was not mended with.
	$(BIN)/missionwire evaluate tests/corpus/blind2 --confidence extractors/facts/confidence.tsv

docs: $(READY)   ## Write anew what the docs take from the program: README's transcripts, the cookbook's results, the data dictionary.
	rm -rf .docs-demo && mkdir .docs-demo && cd .docs-demo && ../$(BIN)/missionwire demo > /dev/null
	$(BIN)/python -m tests.docs.transcripts .docs-demo
	$(BIN)/python -m warehouse.dictionary docs/tables.md
	rm -rf .docs-demo

clean:           ## Remove what make made; your data stays.
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
