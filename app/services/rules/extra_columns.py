# SPDX-License-Identifier: MIT
"""The columns that imports kept without a meaning of their own, taken out of their JSON once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np

from app.models.json_texts import texts_by_header
from app.services.importing.date_cells import NO_DAY
from app.services.importing.dates import date_order, days
from app.services.pausing import collector_paused
from app.services.rules.columns import Coded, FloatArray

_EMPTY = ("", "{}")


def days_of(values: Sequence[str]) -> FloatArray:
    """Days since 1970-01-01 that texts of a column hold, nan where one is no date.

    Which number of a date is the month follows from the dates of the column, as in imports.
    """
    texts = np.empty(len(values), dtype=np.object_)
    texts[:] = values
    order, _ = date_order((texts,))
    found = days(texts, order).values
    result = found.astype(np.float64)
    result[found == NO_DAY] = np.nan
    return result


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
                    for header, value in texts_by_header(text).items():
                        rows, values = cells.setdefault(header, ([], []))
                        rows.append(row)
                        values.append(value)
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
