# SPDX-License-Identifier: MIT
"""Numbers that a user writes one after the other into one field."""

import math
import re

from PySide6.QtCore import QLocale


def read_numbers(text: str) -> tuple[float, ...]:
    """The numbers of a text, ascending, each once; what is no number is left out.

    Numbers are parted by semicolons. They are read as the system writes them, with its marks for
    decimals and thousands, or else with a plain decimal point; commas part them too where the
    system has no other use for a comma between them.
    """
    found: set[float] = set()
    for part in re.split(r"[;\n]", text):
        for piece in _pieces(part):
            value = _number(piece)
            if value is not None and math.isfinite(value):
                found.add(value)
    return tuple(sorted(found))


def _pieces(part: str) -> list[str]:
    if _number(part) is not None:
        return [part]
    return [each for each in re.split(r"[,\s]+", part) if each]


def _number(text: str) -> float | None:
    cleaned = text.strip().replace("\u2212", "-")
    if not cleaned:
        return None
    locale = QLocale()
    value, is_read = locale.toDouble(cleaned)
    if is_read:
        return value
    try:
        return float(cleaned)
    except ValueError:
        return None


def written(value: float) -> str:
    """A number as it can be read back, with the system's mark for decimals."""
    return f"{value:.12g}".replace(".", QLocale().decimalPoint())
