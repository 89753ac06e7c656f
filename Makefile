# Two commands: `make demo` shows it at work, `make test` proves it. Both do all set-up themselves.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
DEMO := var/demo
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo demo-reset test storm check bench bench-passive-replies setup setup-dev system lock format clean

help:
	@echo "make demo        set up and serve a demonstration on http://127.0.0.1:$(PORT)"
	@echo "make demo-reset  throw the demonstration's data away and start afresh"
	@echo "make test        set up and run every test (installs a browser, fonts, PostgreSQL and Node where missing)"
	@echo "make storm       200 people in a storm of deliveries while processes are killed, on both databases"
	@echo "make check       ruff, mypy --strict, import-linter, alembic check"
	@echo "make bench       side-by-side measurements"
	@echo "make bench-matching, bench-learning, bench-near-duplicates  the same for matching texts; BENCH_ARGS=--quick for a look"
	@echo "make bench-pictures  photographed leaflets, beside tesseract and the OCR library alone"
	@echo "make bench-passive-replies  WeChat's answers while pictures are being read"
	@echo "make lock        pin requirements anew"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 is needed: set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/runtime.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.develop: requirements/develop.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/develop.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.develop

demo: setup
	@$(BIN)/qianshao demo --port $(PORT) --folder $(DEMO)

demo-reset: setup
	rm -rf $(DEMO)
	@$(BIN)/qianshao demo --port $(PORT) --folder $(DEMO)

# What the tests need beside Python: a browser, a Chinese font, a PostgreSQL server, Node for the WeChat peer.
system:
	@sh tests/install_system_packages.sh

tests/peers/node/node_modules: tests/peers/node/package-lock.json | system
	cd tests/peers/node && npm ci --silent --no-audit --no-fund
	@touch $@

test: setup-dev system tests/peers/node/node_modules
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# Two hundred people, every message up to four times, twenty processes killed, on both databases; some minutes each.
storm: setup-dev system tests/peers/node/node_modules
	for database in sqlite postgresql; do $(BIN)/python -m tests.journeys.storm --database $$database $(STORM_ARGS) || exit 1; done

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m entrypoints.schema_check

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev system
	$(BIN)/python -m bench.webhook

bench-matching: setup-dev
	$(BIN)/python -m bench.matching $(BENCH_ARGS)

bench-learning: setup-dev
	$(BIN)/python -m bench.learning $(BENCH_ARGS)

# Tesseract is what the pictures' figures stand beside.
bench-pictures: setup-dev system
	@command -v tesseract >/dev/null || apt-get install -qq -y --no-install-recommends tesseract-ocr tesseract-ocr-chi-sim >/dev/null || echo "tesseract could not be installed: its column is left out"
	$(BIN)/python -m bench.pictures $(BENCH_ARGS)

bench-passive-replies: setup-dev system
	$(BIN)/python -m bench.passive_replies $(BENCH_ARGS)

bench-near-duplicates: setup-dev system
	$(BIN)/python -m bench.near_duplicates $(BENCH_ARGS)

lock: setup-dev
	$(BIN)/pip install --quiet uv
	for part in runtime develop; do $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url \
		--python-version 3.11 requirements/$$part.in -o requirements/$$part.txt; done

clean:
	rm -rf $(VENV) var artefacts .mypy_cache .ruff_cache .pytest_cache .hypothesis
