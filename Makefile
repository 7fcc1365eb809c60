# Zhuqi: everything a developer runs. `make run` and `make test` are enough to begin.
#
# setup          prepare .venv and system libraries (both commands above do it first)
# run            the desktop with its own server on a demo workspace; without a screen, the main job headless
# test           lint, types, layers and every test
# lint           ruff, mypy and import-linter alone
# screens        pictures of every page: make screens OUT=DIR
# bench          the benchmarks, with their limits checked
# dist           the frozen program in dist/zhuqi
# dist-test      the frozen program does the main job
# failover-test  the primary database dies while laptops push and its standby lags; nothing acknowledged may be lost
# translations   collect the window's words and compile them
# lock           resolve requirements/ anew: make lock, or make lock UPGRADE=1

SHELL := /bin/sh
VENV := .venv/bin
OUT ?= screens
BENCHMARKS ?= checklist roster letter sync
PYTEST_ARGS ?=

# Bytecode makes every start two to three times faster; some machines forbid writing it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test lint screens bench dist dist-test failover-test translations lock
.DEFAULT_GOAL := help

help:
	@sed -n '3,/^$$/s/^# \{0,1\}//p' Makefile

setup:
	@python=$$(tools/find_python.sh) && "$$python" tools/setup.py

run: setup
	@$(VENV)/python -m tools.run

lint: setup
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports --no-cache

test: lint
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest -n 2 $(PYTEST_ARGS)

screens: setup
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m tools.screens --out "$(OUT)"

bench: setup
	@for name in $(BENCHMARKS); do \
		QT_QPA_PLATFORM=offscreen $(VENV)/python -m benchmarks.$$name --check || exit 1; \
	done

dist: setup
	$(VENV)/pyinstaller --noconfirm --log-level ERROR build.spec

dist-test: dist
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m tools.try_frozen dist/zhuqi

failover-test: setup
	$(VENV)/python -m pytest -m slow tests/failover -s

translations: setup
	$(VENV)/python -m tools.translations

lock: setup
	$(VENV)/python -m tools.lock $(if $(UPGRADE),--upgrade)
