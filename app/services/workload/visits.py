# SPDX-License-Identifier: MIT
"""Visits and their hours per account: the part of workload that simply adds up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.visit_class import VisitClass

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]

NO_CLASS = -1
UNKNOWN_CLASS = -2


@dataclass(frozen=True, slots=True)
class ClassColumn:
    """The visit class of every account.

    Attributes:
        rows: Per account the position of its class, `NO_CLASS`, or `UNKNOWN_CLASS` where the plan
            has none of that name.
        unknown: Names that are no class of the plan, with the number of accounts that have them.
    """

    rows: IntArray
    unknown: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """What every account asks for per year.

    Attributes:
        visits: f, planned visits per year.
        hours: f * (c + p), hours per year of visits with their preparation.
        without_class: Accounts that have no class and count as the usual one.
        with_unknown_class: Accounts whose class the plan does not have; they count so, too.
        negative: Accounts whose measure of visits is below zero and counts as zero.
    """

    visits: FloatArray
    hours: FloatArray
    without_class: int = 0
    with_unknown_class: int = 0
    negative: int = 0


def plain_name(name: str) -> str:
    """The form in which names of classes are compared."""
    return " ".join(name.casefold().split())


def class_column(
    classes: Sequence[VisitClass], spelling: IntArray, spellings: Sequence[str]
) -> ClassColumn:
    """Find the class of every account by its name, whatever the case.

    Args:
        classes: Of the plan.
        spelling: Per account the position of its text in `spellings`, -1 where it has none.
        spellings: The different texts.
    """
    position_by_name = {plain_name(each.name): at for at, each in enumerate(classes)}
    found = [position_by_name.get(plain_name(text), UNKNOWN_CLASS) for text in spellings]
    # The last entry is where -1 leads: accounts without a class.
    rows = np.array([*found, NO_CLASS], dtype=np.int32)[spelling]
    amounts = np.bincount(spelling[spelling >= 0], minlength=len(spellings))
    unknown = [
        (text, int(amount))
        for text, at, amount in zip(spellings, found, amounts.tolist(), strict=True)
        if at == UNKNOWN_CLASS and amount
    ]
    return ClassColumn(rows, tuple(unknown))


def default_position(classes: Sequence[VisitClass]) -> int:
    """The position of the class that accounts without one count as, -1 where there is none."""
    return next((at for at, each in enumerate(classes) if each.is_default), -1)


def visit_plan(
    classes: Sequence[VisitClass], column: ClassColumn, measured: FloatArray | None = None
) -> VisitPlan:
    """Visits and hours per account.

    Source: facts of the field, workload = sum over accounts of f * (c + p), with f, c and p of
    the account's class; a missing class counts as the usual one and is told.

    Args:
        classes: Of the plan; without a usual one, accounts without a class ask for nothing.
        column: The class of every account.
        measured: Visits per year per account where a measure says them, in place of f of the
            class; below zero counts as zero.
    """
    # One more entry than classes, for accounts that have none while no class is the usual one.
    visits = np.array([*(each.visits_per_year for each in classes), 0.0])
    hours = np.array([*(each.visit_hours + each.preparation_hours for each in classes), 0.0])
    usual = default_position(classes)
    at = np.where(column.rows < 0, np.int32(usual), column.rows)
    planned = visits[at] if measured is None else np.maximum(measured, 0.0)
    return VisitPlan(
        visits=planned,
        hours=planned * hours[at],
        without_class=int((column.rows == NO_CLASS).sum()),
        with_unknown_class=int((column.rows == UNKNOWN_CLASS).sum()),
        negative=0 if measured is None else int((measured < 0).sum()),
    )
