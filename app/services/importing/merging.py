# SPDX-License-Identifier: MIT
"""Merging cells of a file with what the plan has."""

import json
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from app.models.json_texts import texts_by_header
from app.services.importing.table import TextColumn

MAX_EXTRA_LENGTH = 100_000
"""Characters of all kept columns of one account together, as the plan file takes them."""


def kept_where_empty(new: TextColumn, old: TextColumn, *, is_zip: bool) -> TextColumn:
    """The new cells, and the old ones where the new are empty."""
    is_empty = np.equal(new, "").astype(bool)
    if is_zip:
        # "2139" in the file is the "02139" that the plan has: its zeros were put back before.
        is_empty |= np.fromiter(
            (a != b and a == b.lstrip("0") for a, b in zip(new, old, strict=True)), bool, len(new)
        )
    return np.where(is_empty, old, new)


def extra_texts(
    extra: Mapping[str, TextColumn], rows: npt.NDArray[np.int64], old: TextColumn | None
) -> list[str]:
    """The kept columns of each row as JSON, over what the plan kept before."""
    headers = list(extra)
    picked = [column[rows].tolist() for column in extra.values()]
    texts: list[str] = []
    for index, cells in enumerate(zip(*picked, strict=True)):
        before = texts_by_header(old[index]) if old is not None else {}
        after = before | {h: cell for h, cell in zip(headers, cells, strict=True) if cell}
        text = json.dumps(after, ensure_ascii=False) if after != before else None
        if text is None or len(text) > MAX_EXTRA_LENGTH:
            text = old[index] if old is not None else "{}"
        texts.append(text)
    return texts


def filled(column: TextColumn | None, otherwise: TextColumn) -> TextColumn:
    """The column with its empty cells filled."""
    if column is None:
        return otherwise
    return np.where(np.equal(column, "").astype(bool), otherwise, column)


def with_repaired(column: TextColumn, codes: Mapping[int, str]) -> TextColumn:
    """The column with these postal codes put in, by position."""
    repaired = column.copy()
    for position, code in codes.items():
        repaired[position] = code
    return repaired
