@echo off
rem Sets up what is missing, then lint, types, layers and every test. A PostgreSQL is given by ZHUQI_TEST_POSTGRES.
setlocal
cd /d "%~dp0"
where py >nul 2>nul && (set "PYTHON=py -3") || (set "PYTHON=python")
%PYTHON% tools\setup.py || exit /b 1
set QT_QPA_PLATFORM=offscreen
.venv\Scripts\ruff check . || exit /b 1
.venv\Scripts\ruff format --check . || exit /b 1
.venv\Scripts\mypy || exit /b 1
.venv\Scripts\lint-imports --no-cache || exit /b 1
.venv\Scripts\python -m pytest -n 2 %*
