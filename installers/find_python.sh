#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the first Python that can run Evenfield: 3.11 or later, able to make a virtual environment.
set -eu

for name in python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
    then
        echo "$name"
        exit 0
    fi
done
exit 1
