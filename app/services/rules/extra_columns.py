# SPDX-License-Identifier: MIT
"""The columns that imports kept without a meaning of their own, taken out of their JSON once."""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import count
from typing import cast

import numpy as np

from app.services.pausing import collector_paused
from app.services.rules.columns import Coded

_EMPTY = ("", "{}")


class ExtraColumns:
    """Columns by header, each as distinct texts with a number per account.

    Args:
        texts: Per account a JSON object of texts by header.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        listed = list(texts)
        self._count = len(listed)
        cells: dict[str, tuple[list[int], list[str]]] = {}
        with collector_paused():
            for row, text in enumerate(listed):
                if text not in _EMPTY:
                    for header, value in cast("dict[str, object]", json.loads(text)).items():
                        rows, values = cells.setdefault(header, ([], []))
                        rows.append(row)
                        values.append(str(value))
        self._columns = {header: self._coded(*found) for header, found in cells.items()}

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers, in the order in which accounts first have them."""
        return tuple(self._columns)

    def column(self, header: str) -> Coded[str] | None:
        """A column as it was imported, empty where an account lacks it; None where all do."""
        return self._columns.get(header)

    def _coded(self, rows: list[int], values: list[str]) -> Coded[str]:
        numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
        codes = np.zeros(self._count, dtype=np.int32)
        codes[rows] = np.fromiter(map(numbers.__getitem__, values), np.int32, len(values))
        return Coded(codes, ["", *numbers])
