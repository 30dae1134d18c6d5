# Everything sets itself up: `make run` and `make test` work on a fresh clone with Python 3.11 or newer.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# The first of these that is there and new enough; `make PYTHON=/path/to/python3 …` overrides.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)

SUDO := $(shell test "$$(id -u)" = 0 || echo sudo)

.PHONY: help install run test test-browser picture browser fuzz check format bench eval lock clean
help:        ## this list
	@grep -hE '^[a-z-]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/'

install: $(STAMP)  ## the environment under .venv, from the lock file
$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found; install it, or: make PYTHON=/path/to/python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "python3-venv is missing; on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

run: install       ## the bot; without Slack tokens in the playground: one link, the whole bot in a browser
	@$(BIN)/mlops-bot run

test: install      ## all tests, on all cores, with branch coverage; those in a browser where chromium is there
	@$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist=worksteal --cov --cov-report=term

test-browser: install browser  ## the browser tests alone
	@$(BIN)/python -m pytest tests/browser tests/page

picture: test-browser  ## the README's picture anew, as the browser test sees the page
	@cp build/screenshots/answer.png docs/images/playground.png

browser:           ## chromium and a Korean font, from Debian's packages where they are missing
	@{ command -v chromium && fc-list :lang=ko | grep -q .; } >/dev/null 2>&1 || { echo "Installing chromium (once) ..."; \
		$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends chromium fontconfig fonts-noto-cjk fonts-noto-color-emoji >/dev/null; } \
		|| { echo "chromium is missing; install it with the system's package manager and run this again"; exit 1; }

fuzz: install      ## 200,000 generated statements against guard and engines, half for each; FUZZ=… sets how many, SEED=… repeats a run
	@$(BIN)/python -m tests.fuzz

check: install     ## style, types, import direction, house limits
	@$(BIN)/ruff format --check -q . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > $(VENV)/lint-imports.log || { cat $(VENV)/lint-imports.log; exit 1; }
	@$(BIN)/python -m pytest -q -p no:cacheprovider tests/test_house.py

format: install    ## ruff's formatting and safe fixes
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .

bench: install     ## figures beside a hand-written loop, in one run
	@$(BIN)/python -m benchmarks

eval: install      ## the project's question sets, answered by rules; fails below tests/evals/floor.yml
	@$(BIN)/mlops-bot eval --engine offline --floor tests/evals/floor.yml

lock:              ## requirements.lock anew (needs uv)
	uv pip compile --universal --python-version 3.11 pyproject.toml --group dev --generate-hashes -q -o requirements.lock

clean:             ## back to a fresh clone, without touching data/ and .env
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
