#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what Qt, the map and the tests need from Debian or Ubuntu; does nothing where all is there.
# Elsewhere (Fedora, macOS, ...) it does nothing: the desktop brings these libraries along.
set -eu

# Libraries that the window and the map load, on a real screen or on none.
LIBRARIES="libgl1 libegl1 libglib2.0-0 libdbus-1-3 libxkbcommon0 libfontconfig1 libnss3 libasound2
libxcomposite1 libxdamage1 libxrandr2 libxtst6 libxkbfile1"
# What a desktop session adds, and a virtual screen for tests and pictures.
SCREEN="libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 xvfb xauth"

command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 || exit 0

installed=" $(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null |
    sed -n 's/ installed$//p' | tr '\n' ' ') "
missing=""
for name in $LIBRARIES $SCREEN; do
    case $installed in
        # Debian 13 renamed some libraries: libasound2 became libasound2t64.
        *" $name "* | *" ${name}t64 "*) ;;
        *) missing="$missing $name" ;;
    esac
done
sh installers/find_python.sh >/dev/null || missing="$missing python3 python3-venv"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Evenfield needs these packages; ask an administrator for them:$missing" >&2
        exit 1
    fi
    as_root="sudo"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing from the system's package archive:$missing"
# shellcheck disable=SC2086 # the words of these variables are the arguments
if ! { $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends $missing; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "These packages could not be installed:$missing" >&2
    exit 1
fi
