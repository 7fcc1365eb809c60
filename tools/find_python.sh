#!/bin/sh
# Prints the Python that makes .venv: 3.11 or newer, one that can make virtual environments where there is a choice.
newest_first="python3 python3.14 python3.13 python3.12 python3.11"
for needed in "import ensurepip, venv" "pass"; do
    for name in $newest_first; do
        if "$name" -c "import sys; sys.exit(sys.version_info < (3, 11)); " 2>/dev/null &&
            "$name" -c "$needed" 2>/dev/null; then
            command -v "$name"
            exit 0
        fi
    done
done
echo "setup: Python 3.11 or newer is needed and none was found (Debian 12, Ubuntu 24.04: apt-get install python3 python3-venv)." >&2
exit 1
