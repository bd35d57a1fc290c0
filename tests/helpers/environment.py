# SPDX-License-Identifier: MIT
"""The surroundings of a test run; `prepare` must be called before Qt is imported."""

import os
import socket
import sys
import tempfile
from pathlib import Path


def prepare() -> None:
    """Hides the screen, the user's own folders and the network from the tests."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to start its sandbox as root, as containers run us.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    home = Path(tempfile.mkdtemp(prefix="evenfield-test-"))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Raises where Python code connects to another computer; Evenfield never does."""
    if event != "socket.connect":
        return
    connection, address = arguments
    if isinstance(connection, socket.socket) and connection.family in {
        socket.AF_INET,
        socket.AF_INET6,
    }:
        message = f"a test connected to {address}"
        raise AssertionError(message)
