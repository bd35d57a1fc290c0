# SPDX-License-Identifier: MIT
"""The surroundings of a test run; `prepare` must be called before Qt is imported."""

import os
import socket
import sys
import tempfile
from pathlib import Path

from app.ui.map.engine_flags import configure_engine


def prepare() -> None:
    """Hides the screen, the user's own folders and the network from the tests."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if os.environ["QT_QPA_PLATFORM"] == "offscreen":
        # The web engine would look for the graphics of a screen that the tests do not use.
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
    configure_engine(safe_graphics=True)
    home = Path(tempfile.mkdtemp(prefix="evenfield-test-"))
    os.environ["EVENFIELD_HOME"] = str(home / "evenfield")
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
