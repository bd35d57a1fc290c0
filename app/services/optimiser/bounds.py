# SPDX-License-Identifier: MIT
"""What no plan can be below: lower bounds on inertia."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.services.optimiser.kernel_library import Floats, Ints, kernel, pointer
from app.services.optimiser.listening import Listener, Silence
from app.services.optimiser.prepared import Prepared
from app.services.optimiser.sums import summed

_SAFE = 1.0 - 1e-9
"""Rounding must not lift a bound above the truth."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that no plan can be below.

    Attributes:
        value: Inertia, load times km².
        reached: The plan's own, in the same terms.
        how: What it holds for, as half a sentence.
    """

    value: float
    reached: float
    how: str

    @property
    def gap(self) -> float:
        """How much better a plan could be at most, as a fraction of this one; not below 0."""
        return max(0.0, 1.0 - self.value / self.reached) if self.reached > 0.0 else 0.0


def bound_at_centers(prepared: Prepared, plan: Ints) -> Bound:
    """What any sharing out among the plan's own centres costs at least.

    Units may be divided and territories need not be connected, so it is low. It holds for plans
    with these centres only; where they are homes (share 1), for all plans.

    Source: the transportation problem's dual, any prices of which are a bound.
    """
    arrays, count = prepared.arrays, prepared.problem.wanted.count
    x, y, weight = arrays["x_km"], arrays["y_km"], prepared.problem.units.loads[:, 0].copy()
    center_x, center_y = _load_centers(prepared, plan)
    measures = prepared.ideal.shape[1]
    price = np.zeros((count, measures))
    price[:, 0] = _prices(prepared, plan, (center_x, center_y))
    load, low, high = (np.ascontiguousarray(arrays[name]) for name in ("load", "low", "high"))
    given = (x, y, weight, load, center_x, center_y, price, low, high)
    library = kernel()
    library.ev_transport_bound.restype = ctypes.c_double
    value = library.ev_transport_bound(len(x), count, measures, *(pointer(g) for g in given))
    square = (x - center_x[plan]) ** 2 + (y - center_y[plan]) ** 2
    reached = float((weight * square).sum())
    return Bound(max(0.0, value * _SAFE), reached, "with the same centres")


def _load_centers(prepared: Prepared, plan: Ints) -> tuple[Floats, Floats]:
    arrays, count = prepared.arrays, prepared.problem.wanted.count
    weight = prepared.problem.units.loads[:, 0]
    mass = summed(plan, weight, count)
    safe = np.where(mass > 0.0, mass, 1.0)
    share = arrays["home_share"]
    x = summed(plan, weight * arrays["x_km"], count) / safe
    y = summed(plan, weight * arrays["y_km"], count) / safe
    return x + share * (arrays["home_x"] - x), y + share * (arrays["home_y"] - y)


def _prices(prepared: Prepared, plan: Ints, centers: tuple[Floats, Floats]) -> Floats:
    """Prices that nearly maximise the dual, for the first measure."""
    arrays, count = prepared.arrays, prepared.problem.wanted.count
    weight = prepared.problem.units.loads[:, 0].copy()
    low, high = (np.ascontiguousarray(arrays[name][:, 0]) for name in ("low", "high"))
    x, y = centers[0].copy(), centers[1].copy()
    price, damping = np.zeros(count), np.array([1e-3])
    square = (arrays["x_km"] - x[plan]) ** 2 + (arrays["y_km"] - y[plan]) ** 2
    mass = summed(plan, weight, count)
    radius = summed(plan, weight * square, count) / np.where(mass > 0, mass, 1.0) + 1e-3
    unused, fixed = np.zeros(len(plan), dtype=np.int32), np.ones(count)
    library = kernel()
    library.ev_diagram.restype = ctypes.c_double
    given = (arrays["x_km"], arrays["y_km"], weight, weight, low, high, *centers, fixed)
    for smoothing in (0.3, 0.1, 0.03, 0.01, 0.003):
        done = library.ev_diagram(
            len(plan),
            count,
            *(pointer(each) for each in (*given, x, y, price, radius, damping)),
            25,
            ctypes.c_double(smoothing),
            pointer(unused),
        )
        if done < 0.0:
            raise MemoryError
    return price


def inertia_from_units(prepared: Prepared, plan: Ints) -> float:
    """Inertia with the best unit of each territory as its centre, as in Hess's model."""
    arrays = prepared.arrays
    weight = prepared.problem.units.loads[:, 0]
    center_x, center_y = _load_centers(prepared, plan)
    square = (arrays["x_km"] - center_x[plan]) ** 2 + (arrays["y_km"] - center_y[plan]) ** 2
    inertia = float((weight * square).sum())
    # Moving the centre off the centroid costs load times the squared way.
    nearest = np.full(len(center_x), np.inf)
    np.minimum.at(nearest, plan, square)
    return inertia + float((summed(plan, weight, len(center_x)) * nearest).sum())


def bounds_over_all_centers(
    prepared: Prepared, plan: Ints, *, rounds: int = 400, listener: Listener | None = None
) -> Iterator[Bound]:
    """Ever better bounds on inertia with any units as centres; each is valid.

    Units may be divided, territories need not be connected, and homes are not looked at. Every
    value is computed over all units and all centres: shortened lists would not give a bound.

    Source: Hess 1965's model; Lagrangian relaxation as in Validi, Buchanan, Lykhovyd 2022, with
    Polyak's step.

    Args:
        prepared: The question; the first measure alone is looked at.
        plan: The plan that the bound is for, which also sets the length of steps.
        rounds: How many improvements are tried.
        listener: Can stop it.
    """
    search = CenterSearch(prepared, plan)
    ears = listener or Silence()
    for _ in range(rounds):
        if not search.improve(ears):
            return
        yield Bound(max(0.0, search.best * _SAFE), search.reached, "with any areas as centres")


def _first_worths(prepared: Prepared, plan: Ints) -> Floats:
    """Worths near the best ones, km².

    Where land is alike, a unit is worth its territory's mean squared distance, more at the edge;
    between territories the means are blended.
    """
    x, y = prepared.arrays["x_km"], prepared.arrays["y_km"]
    weight, count = prepared.problem.units.loads[:, 0], prepared.problem.wanted.count
    center_x, center_y = _load_centers(prepared, plan)
    square = (x[:, None] - center_x) ** 2 + (y[:, None] - center_y) ** 2
    own = square[np.arange(len(x)), plan]
    mass = summed(plan, weight, count)
    radius = summed(plan, weight * own, count) / np.where(mass > 0.0, mass, 1.0) + 1e-3
    near = 1.0 / (square / radius + 0.3) ** 2
    blended = (near * radius).sum(axis=1) / near.sum(axis=1)
    return np.ascontiguousarray(blended + 0.4 * (own - radius[plan]))


class CenterSearch:
    """Worths of the units, in km², that maximise the Lagrangian bound.

    Args:
        prepared: The question.
        plan: Sets the first worths and the length of steps.
    """

    def __init__(self, prepared: Prepared, plan: Ints) -> None:
        arrays = prepared.arrays
        self._x, self._y = arrays["x_km"], arrays["y_km"]
        self._load = prepared.problem.units.loads[:, 0].copy()
        self._low = float(arrays["low"][:, 0].min())
        self._high = float(arrays["high"][:, 0].max())
        self._count = prepared.problem.wanted.count
        self.reached = inertia_from_units(prepared, plan)
        self.best = -np.inf
        self._worth: Floats = _first_worths(prepared, plan)
        self._best_worth = self._worth.copy()
        self._direction = np.zeros(len(self._x))
        self._least = np.zeros(len(self._x))
        self._even = 10
        self._length, self._memory, self._patience, self._waited = 0.1, 0.85, 15, 0

    def improve(self, listener: Listener) -> bool:
        """One step; False where it was stopped within it."""
        value = np.zeros(len(self._x))
        self._least = np.full(len(value), np.inf)
        for start in range(0, len(value), 1000):
            end = min(start + 1000, len(value))
            self._call("ev_center_values", (start, end), value, self._least)
            if listener.is_stopped:
                return False
        chosen = np.argsort(value, kind="stable")[: self._count].astype(np.int32)
        bound = float((self._load * self._worth).sum()) + float(value[chosen].sum())
        if bound > self.best:
            gained = bound - self.best > 1e-5 * abs(bound)
            self.best, self._best_worth = bound, self._worth.copy()
            self._waited = 0 if gained else self._waited + 1
        else:
            self._waited += 1
        if self._waited >= self._patience:
            self._length, self._waited = self._length * 0.6, 0
            self._worth, self._direction = self._best_worth.copy(), self._direction * 0.0
        if self._even > 0:
            self._even_out()
            return True
        cover = np.zeros(len(value))
        self._call("ev_center_cover", (len(chosen),), chosen, cover)
        self._direction = self._memory * self._direction + (1.0 - cover)
        size = float((self._load * (1.0 - cover) * self._direction).sum())
        if size > 0.0:
            step = self._length * max(self.reached - bound, 1e-6 * self.reached) / size
            self._worth = self._worth + step * self._direction
        return True

    def _even_out(self) -> None:
        """A first step for all units at once: what attractive centres take becomes worth less.

        The best worths leave all good centres about equally good; with steps along the few
        chosen centres alone that takes hundreds of rounds.
        """
        self._even -= 1
        taken = np.isfinite(self._least)
        middle = float(np.median(self._least[taken])) if taken.any() else 0.0
        ideal = 0.5 * (self._low + self._high)
        change = np.where(taken, (self._least - middle) / ideal, 0.2 * self._worth)
        half = 0.5 * np.abs(self._worth)
        self._worth = self._worth + np.minimum(np.maximum(change, -half), half)
        if not self._even:
            self._worth = self._best_worth.copy()

    def allowed(self, known: float) -> tuple[npt.NDArray[np.bool_], float]:
        """Which unit may have which centre in a plan with less inertia than the known one.

        Reduced costs of the relaxation: what a unit adds to the bound where it is made to have
        that centre. Dense, so for small maps only.

        Returns:
            n x n, unit by centre, and the bound.
        """
        count = len(self._x)
        worth, self._worth = self._worth, self._best_worth
        value = np.zeros(count)
        self._call("ev_center_values", (0, count), value, np.zeros(count))
        chosen = np.argsort(value, kind="stable")[: self._count]
        bound = float((self._load * self._worth).sum()) + float(value[chosen].sum())
        # A centre that is not among the best takes the place of the last of them.
        last = float(value[chosen].max())
        with_center = bound + np.maximum(value - last, 0.0)
        square = (self._x[:, None] - self._x) ** 2 + (self._y[:, None] - self._y) ** 2
        ratio = square - self._worth[:, None]
        added = np.zeros((count, count))
        for center in range(count):
            column = ratio[:, center]
            added[:, center] = self._load * np.maximum(column - self._limit(column), 0.0)
        self._worth = worth
        possible = (with_center + added) * _SAFE <= known
        centers = np.diagonal(possible)
        return possible & centers, bound * _SAFE

    def _limit(self, ratio: Floats) -> float:
        """The price of load in the knapsack of one centre: its dual solution."""
        order = np.argsort(ratio, kind="stable")
        load = np.cumsum(self._load[order])
        negative = int((ratio < 0.0).sum())
        taken = float(load[negative - 1]) if negative else 0.0
        if self._low <= taken <= self._high:
            return 0.0
        limit = self._high if taken > self._high else self._low
        return float(ratio[order[min(int(np.searchsorted(load, limit)), len(load) - 1)]])

    def _call(self, name: str, numbers: tuple[int, ...], *arrays: Any) -> None:  # noqa: ANN401  of any type
        given = (self._x, self._y, self._load, self._worth)
        corridor = (ctypes.c_double(self._low), ctypes.c_double(self._high))
        function = getattr(kernel(), name)
        rest = (*numbers, *(pointer(each) for each in arrays))
        if function(len(self._x), *(pointer(each) for each in given), *corridor, *rest):
            raise MemoryError
