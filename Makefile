PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.runtime
DEV_STAMP := .venv/.development

.PHONY: run setup test check lock

run: $(STAMP)
	$(BIN)/python bot.py run

setup: $(STAMP)

test: $(DEV_STAMP)
	$(BIN)/python -m pytest -q -n 2

check: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.migrations_current
	$(BIN)/python -m tests.lock_current

lock: $(DEV_STAMP)
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt

$(STAMP): requirements/runtime.txt
	@echo "Installing what Tocsin needs: once, some minutes."
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	touch $@

$(DEV_STAMP): requirements/dev.txt
	@echo "Installing what the tests need: once, some minutes."
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@
