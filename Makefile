# `make run` serves the demo city, `make test` runs every test; nothing but Python 3.11 or newer is needed.

PYTHON ?= python3
BIN = .venv/bin

.PHONY: setup run test nightly check schema release-schema bench lock clean

setup: .venv/.dev .venv/.page

# What serving needs, and no more: the first `make run` should not wait for linters.
.venv/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	touch $@

# GraphiQL's files come from npm packages; where there is no npm, the server shows a page of its own and says why.
.venv/.page: .venv/.run
	$(BIN)/python -m api.ide.install
	touch $@

run: .venv/.run .venv/.page
	$(BIN)/tocsin serve --demo

test: setup
	$(BIN)/python -m tests -n 2

# What takes too long for every change.
nightly: setup
	TOCSIN_ACCESS_DECISIONS=100000 $(BIN)/python -m tests tests/access
	TOCSIN_EXAMPLES=100000 $(BIN)/python -m tests -n 2 tests/api/test_plans.py
	TOCSIN_API_CASES=2000 $(BIN)/python -m tests tests/api/test_schemathesis.py
	TOCSIN_WHOLE_CITY=1 $(BIN)/python -m tests tests/demo/test_chongqing.py

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports

# What the code makes and the repository keeps.
schema: .venv/.dev
	$(BIN)/tocsin schema > schema.graphql
	$(BIN)/tocsin errors > docs/errors.md
	$(BIN)/python -m features.promises > docs/requirements.md

# At a release: from now on clients may rely on what stands in schema.graphql.
release-schema: schema
	cp schema.graphql docs/released.graphql

bench: setup
	$(BIN)/python -m benchmarks

# Versions and hashes alone: a lock file names no registry.
lock: .venv/.dev
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --allow-unsafe --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --allow-unsafe --extra dev --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv build dist *.egg-info
