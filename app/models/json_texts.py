# SPDX-License-Identifier: MIT
"""Texts that the plan file keeps as JSON: lists of words, and columns by header.

A plan from a stranger may hold anything that the database takes for JSON, for example a number of
5,000 digits. What cannot be read is left out, and the plan still opens.
"""

import json
from typing import cast


def words_of(text: str) -> tuple[str, ...]:
    """The words of a JSON array; none where it is no such thing."""
    found = _read(text)
    if not isinstance(found, list):
        return ()
    return tuple(word for word in cast("list[object]", found) if isinstance(word, str))


def texts_by_header(text: str) -> dict[str, str]:
    """The texts of a JSON object by their names; none where it is no such thing."""
    found = _read(text)
    if not isinstance(found, dict):
        return {}
    return {header: str(value) for header, value in cast("dict[str, object]", found).items()}


def _read(text: str) -> object:
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return None
