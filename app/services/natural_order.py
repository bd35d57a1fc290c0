# SPDX-License-Identifier: MIT
"""The order of names that hold numbers."""

import re

_PIECES = re.compile(r"\d+|\D+")


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts "Territory 9" before "Territory 10"."""
    pieces = _PIECES.findall(text.casefold())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces)
