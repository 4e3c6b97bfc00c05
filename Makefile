# The commands of the project; README.md says what each is for.
SHELL := /bin/bash
PYTHON := .venv/bin/python
PORT ?= 8000

.PHONY: demo demo-reset setup test test-thorough check fix bench lock screenshots

setup:
	@scripts/setup.sh

demo: setup
	@scripts/demo.sh $(PORT)

demo-reset: setup
	@$(PYTHON) scripts/reset_demo.py
	@scripts/demo.sh $(PORT)

test: setup
	@scripts/test.sh

test-thorough: setup
	@HYPOTHESIS_PROFILE=thorough scripts/test.sh

check: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	.venv/bin/mypy
	$(PYTHON) scripts/catalogue.py --check
	$(PYTHON) manage.py check --fail-level WARNING
	$(PYTHON) manage.py makemigrations --check --dry-run

fix: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djade --target-version 5.2 $$(git ls-files 'templates/*.html') || true
	$(PYTHON) scripts/catalogue.py

bench:
	@ITA_WITH_BENCH_TOOLS=yes scripts/setup.sh
	@$(PYTHON) -m bench

# Two lists with the hash of every file and no address of a registry.
LOCK := .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml

lock: setup
	$(LOCK) --output-file requirements/production.txt
	$(LOCK) --group dev --output-file requirements/development.txt

screenshots: setup
	@$(PYTHON) scripts/screenshots.py
