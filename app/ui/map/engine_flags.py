# SPDX-License-Identifier: MIT
"""Switches of the web engine, set before it starts; this module imports no Qt."""

import os
import shlex

FLAGS_VARIABLE = "QTWEBENGINE_CHROMIUM_FLAGS"
# Names are never looked up: the page needs none, and some look-ups pass by the request guard.
_NO_NAME_LOOKUP = '--host-resolver-rules="MAP * ~NOTFOUND"'
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-features=MediaRouter,OptimizationHints,Translate,WebBluetooth,WebUSB",
)


def configure_engine(*, safe_graphics: bool = False) -> None:
    """Sets the engine's switches for this process; call it before the first map is made.

    Args:
        safe_graphics: Draw without the graphics card, for computers whose driver fails.
    """
    flags = os.environ.get(FLAGS_VARIABLE, "")
    wanted = [_NO_NAME_LOOKUP, *_QUIET]
    if safe_graphics:
        wanted.append("--disable-gpu")
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    # The sandbox refuses to run for root, and only for root is it switched off.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    present = set(shlex.split(flags))
    added = [flag for flag in wanted if shlex.split(flag)[0] not in present]
    os.environ[FLAGS_VARIABLE] = " ".join([*([flags] if flags else []), *added])
