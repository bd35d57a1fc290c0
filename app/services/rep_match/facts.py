# SPDX-License-Identifier: MIT
"""What is known of reps and territories when they are matched, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.rep import Rep
from app.models.territory import Territory

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]

NOBODY = -1
"""Row of the rep of a territory that is vacant."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What the accounts of every territory are, or buy.

    Attributes:
        names: Segments or product lines, in a form that is compared.
        value: T x len(names): what of a territory's worth belongs to each.
    """

    names: tuple[str, ...]
    value: FloatArray


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """R reps and T territories.

    Attributes:
        reps: Who could hold a territory.
        territories: What could be held.
        holder: Length T, row of the rep who holds it today, or `NOBODY`.
        lon, lat: Length T, centre of its accounts in degrees, nan where it has none.
        accounts: Length T, number of its accounts.
        known_accounts: R x T, how many of them the rep has served before.
        segments, product_lines: What the accounts are and what they buy.
        needed_hours: Length T, work of a year.
        available_hours: Length R, hours of a year that are left for these territories.
        is_workload: Whether the needed hours are the workload; else they are a share of all hours
            in proportion to the main measure.
        could_start_new: Length R, whether the rep is offered where all territories are staffed at
            once: not those who only manage others or work in another sales force.
        apart: Pairs of territories with accounts that no rep may serve together.
    """

    reps: tuple[Rep, ...]
    territories: tuple[Territory, ...]
    holder: IntArray
    lon: FloatArray
    lat: FloatArray
    accounts: LongArray
    known_accounts: LongArray
    segments: Mix
    product_lines: Mix
    needed_hours: FloatArray
    available_hours: FloatArray
    is_workload: bool
    could_start_new: npt.NDArray[np.bool_]
    apart: tuple[tuple[int, int], ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """Number of reps and of territories."""
        return len(self.reps), len(self.territories)

    def spare_hours(self) -> FloatArray:
        """R x T: hours that a rep would have for a territory beside the others held today."""
        taken = np.zeros(len(self.reps))
        held = self.holder != NOBODY
        np.add.at(taken, self.holder[held], self.needed_hours[held])
        spare = np.repeat((self.available_hours - taken)[:, None], len(self.territories), axis=1)
        spare[self.holder[held], np.flatnonzero(held)] += self.needed_hours[held]
        return spare


def plain_word(text: str) -> str:
    """A skill, language, segment or line as it is compared: without case and double spaces."""
    return " ".join(text.casefold().split())


def listed(words: Sequence[Sequence[str]], names: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which of the names each list of words has: len(words) x len(names)."""
    position = {plain_word(name): at for at, name in enumerate(names)}
    found = np.zeros((len(words), len(names)), dtype=np.bool_)
    for row, own in enumerate(words):
        for word in own:
            at = position.get(plain_word(word))
            if at is not None:
                found[row, at] = True
    return found
