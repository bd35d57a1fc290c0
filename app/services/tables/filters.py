# SPDX-License-Identifier: MIT
"""What a column of a table may have to hold so that a row is listed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contains:
    """The text holds another one, whatever their case.

    Attributes:
        is_negated: It must not hold it.
    """

    text: str
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """The text is one of some values; the empty text stands for nothing."""

    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """The number is within limits, which count as within; None is no limit.

    Dates are numbers here: days since 1970-01-01.
    """

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """There is nothing in the column, or something where `is_negated`."""

    is_negated: bool = False


Filter = Contains | OneOf | Between | IsEmpty
