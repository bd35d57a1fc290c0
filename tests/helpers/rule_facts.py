# SPDX-License-Identifier: MIT
"""Facts about accounts as plain lists, for rules without a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.models.ids import GeoUnitId
from app.models.rule import DistanceTest
from app.services.rules.columns import (
    AreaColumn,
    Coded,
    FieldMissing,
    FloatArray,
    coded,
    plain,
)

TODAY = 20_000


@dataclass(frozen=True)
class ListedFacts:
    """One entry per account in every column; `areas_of` lists the area ids of each account."""

    count: int
    text: Mapping[str, Sequence[str]] = field(default_factory=dict)
    number: Mapping[str, Sequence[float]] = field(default_factory=dict)
    day: Mapping[str, Sequence[float]] = field(default_factory=dict)
    listed: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    area: Mapping[str, Sequence[str]] = field(default_factory=dict)
    km: Sequence[float] = ()
    today: int = TODAY

    def __len__(self) -> int:
        return self.count

    def texts(self, field: str) -> Coded[str]:
        return coded(_known(self.text, field))

    def numbers(self, field: str) -> FloatArray:
        return np.array(_known(self.number, field), dtype=np.float64)

    def days(self, field: str) -> FloatArray:
        return np.array(_known(self.day, field), dtype=np.float64)

    def lists(self, field: str) -> Coded[frozenset[str]]:
        rows = [frozenset(map(plain, words)) for words in _known(self.listed, field)]
        values = list(dict.fromkeys(rows))
        return Coded(np.array([values.index(row) for row in rows], dtype=np.int32), values)

    def areas(self, kind: str, ids: Sequence[GeoUnitId]) -> AreaColumn:
        rows = _known(self.area, kind)
        names = sorted(set(rows) - {""})
        codes = [names.index(row) if row else -1 for row in rows]
        numbers = [names.index(name) for name in ids if name in names]
        return AreaColumn(
            np.array(codes, dtype=np.int32), np.array(numbers, dtype=np.int64), len(names)
        )

    def distances(self, test: DistanceTest) -> FloatArray:
        if test.rep_id is not None:
            raise FieldMissing("This rep is no longer in the plan.")
        return np.array(self.km, dtype=np.float64)


def _known(columns: Mapping[str, Sequence], field: str) -> Sequence:
    if field not in columns:
        raise FieldMissing(f"The plan has no {field}.")
    return columns[field]
