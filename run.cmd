@echo off
rem Sets up what is missing, then starts an embedded server and the desktop on a demo workspace.
setlocal
cd /d "%~dp0"
where py >nul 2>nul && (set "PYTHON=py -3") || (set "PYTHON=python")
%PYTHON% tools\setup.py || (pause & exit /b 1)
.venv\Scripts\python -m tools.run %*
