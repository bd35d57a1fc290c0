# SPDX-License-Identifier: MIT
"""Columns of accounts as rules look at them: few distinct values, and numbers for them.

A test is answered once per distinct value, never once per account.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from app.models.errors import AppError
from app.models.ids import GeoUnitId
from app.models.rule import DistanceTest
from app.services.letters import bare_letters

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
T = TypeVar("T")
_LAYER = "layer"
"""Begins the key of a view of the user's own regions."""


class FieldMissing(AppError):
    """A rule asks for something that the plan has not, or not any more."""


@dataclass(frozen=True, eq=False)
class Coded(Generic[T]):
    """A column by its distinct values.

    Attributes:
        codes: Per account the number of its value.
        values: The values by number.
    """

    codes: IntArray
    values: Sequence[T]


@dataclass(frozen=True, eq=False)
class AreaColumn:
    """In which area of one level, or group of areas, each account lies.

    Attributes:
        codes: Per account the number of its area, -1 where none is known.
        numbers: The areas that a test names, by number; others of it are not on the map.
        count: How many areas there are.
    """

    codes: IntArray
    numbers: npt.NDArray[np.int64]
    count: int


class RuleFacts(Protocol):
    """What rules may ask about the accounts of a plan; each answer is kept.

    Every method raises `FieldMissing` for a field that the plan has not.
    """

    def __len__(self) -> int:
        """Number of accounts."""
        ...

    @property
    def today(self) -> int:
        """Today's date, in days since 1970-01-01."""
        ...

    def texts(self, field: str) -> Coded[str]:
        """A text column; values as `plain` makes them, empty where an account has none."""
        ...

    def numbers(self, field: str) -> FloatArray:
        """One number per account, nan where it has none."""
        ...

    def days(self, field: str) -> FloatArray:
        """Days since 1970-01-01, nan where there is no date."""
        ...

    def lists(self, field: str) -> Coded[frozenset[str]]:
        """A column of lists; words as `plain` makes them."""
        ...

    def areas(self, kind: str, ids: Sequence[GeoUnitId]) -> AreaColumn:
        """The areas of one kind ("state", "zip3", ...) in which the accounts lie.

        Args:
            kind: What stands before the colon in the ids.
            ids: The areas of that kind that a test names.
        """
        ...

    def distances(self, test: DistanceTest) -> FloatArray:
        """Kilometres from the point of a test, nan where an account has no place."""
        ...


def plain(text: str) -> str:
    """The form in which rules compare texts: no case, no accents, single spaces."""
    return " ".join(bare_letters(text).split())


def kind_of_area(area: GeoUnitId) -> str:
    """What kind of area an id stands for: "state:48" -> "state", "layer:3:North" -> "layer:3"."""
    kind, _, rest = area.partition(":")
    return f"{kind}:{rest.partition(':')[0]}" if kind == _LAYER else kind


def coded(values: Iterable[str]) -> Coded[str]:
    """Texts by their plain form; texts with the same plain form share a number."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    spelled = np.fromiter(map(numbers.__getitem__, values), dtype=np.int32)
    forms: defaultdict[str, int] = defaultdict(count().__next__)
    form_of = np.fromiter((forms[plain(text)] for text in numbers), np.int32, len(numbers))
    codes = form_of[spelled] if len(form_of) else spelled
    return Coded(codes, list(forms))
