# `make site` and `make test` do all the set-up. They need Python 3.11 to 3.13 with venv, and the network once.

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet
LOCKED := $(INSTALL) --require-hashes --no-build-isolation
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

# Without compiled modules every command would start half a second later.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH

.DEFAULT_GOAL := site
.PHONY: site test lint lock clean

site: $(VENV)/for-site
	@$(BIN)/sitegen build
	@$(BIN)/python -c 'from pathlib import Path; print("Look at it:", Path("build/index.html").resolve().as_uri())'

test: $(VENV)/for-tests site
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The newest versions that fit together, with their hashes; pyproject.toml says what is wanted.
lock:
	$(COMPILE) --upgrade --group build --output-file requirements-build.lock
	$(COMPILE) --upgrade pyproject.toml --output-file requirements.lock
	$(COMPILE) --upgrade pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf build $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/for-site: requirements-build.lock requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info; sys.exit(0 if ok else "sitegen needs Python 3.11 or newer; name one: make site PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python has no venv; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "Making $(VENV) ..."; $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing what sitegen needs into $(VENV) ..."
	@$(LOCKED) --requirement requirements-build.lock
	@$(LOCKED) --use-pep517 --requirement requirements.lock
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/for-tests: $(VENV)/for-site requirements-dev.lock
	@echo "Installing what the tests need into $(VENV) ..."
	@$(LOCKED) --use-pep517 --requirement requirements-dev.lock
	@touch $@
