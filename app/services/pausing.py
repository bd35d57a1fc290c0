# SPDX-License-Identifier: MIT
"""Sparing Python's garbage collector work that cannot find anything."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Generator[None]:
    """Pause the cyclic collector while a table becomes a million small objects.

    None of them forms a cycle, yet the collector would walk all of them again and again: a sixth
    of the time of a large import.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
