#!/bin/sh
# SPDX-License-Identifier: MIT
# Sets up what is missing, then does one task of bootstrap.py: `sh installers/start.sh run`.
set -eu
cd "$(dirname "$0")/.."

sh installers/setup_debian.sh
if ! python=$(sh installers/find_python.sh); then
    echo "Evenfield needs Python 3.11 or later with venv; install it and call this again." >&2
    exit 1
fi
exec "$python" installers/bootstrap.py "$@"
