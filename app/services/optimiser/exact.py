# SPDX-License-Identifier: MIT
"""The best plan of a small map, with proof: Hess's model as a mixed-integer program.

Source: Hess et al. 1965; cuts that connect territories after Oehrlein, Haunert 2017 and Validi,
Buchanan, Lykhovyd 2022; variables fixed by the Lagrangian bound as in the latter.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from app.services.optimiser.bounds import CenterSearch, inertia_from_units
from app.services.optimiser.graphs import pairs_of, parts_of
from app.services.optimiser.kernel_library import Floats, Ints
from app.services.optimiser.listening import Listener, Silence
from app.services.optimiser.prepared import Prepared

_LARGEST = 200
_ROUNDS = 600


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """The best plan that is known, and how good any could be.

    Attributes:
        plan: n territories.
        value: Its inertia around the best unit of each territory.
        bound: No plan has less.
        is_proved: Whether the two meet, within a millionth.
    """

    plan: Ints
    value: float
    bound: float
    is_proved: bool


def can_prove(prepared: Prepared) -> bool:
    """Whether the question is small and plain enough: one measure, equal territories, no rules."""
    arrays, problem = prepared.arrays, prepared.problem
    return (
        problem.units.count <= _LARGEST
        and prepared.ideal.shape == (problem.wanted.count, 1)
        and float(np.ptp(prepared.ideal)) <= 1e-9 * float(prepared.ideal.max())
        and not arrays["home_share"].any()
        and not arrays["is_locked"].any()
        and not arrays["is_loose"].any()
        and not arrays["apart"].size
        and not arrays["region"].any()
        and not prepared.lumps
    )


def proved(
    prepared: Prepared,
    plan: Ints,
    *,
    is_feasible: bool = True,
    most_nodes: int = 1_000_000,
    listener: Listener | None = None,
) -> Proof:
    """The best plan, or the best found and the bound where the effort did not suffice.

    Args:
        prepared: A question for which `can_prove` holds.
        plan: A connected plan to do better than.
        is_feasible: Whether the plan is within its tolerance.
        most_nodes: Effort: nodes of the search tree, over all passes.
        listener: Can stop it.
    """
    ears = listener or Silence()
    known = inertia_from_units(prepared, plan) if is_feasible else np.inf
    search = CenterSearch(prepared, plan)
    for _ in range(_ROUNDS):
        if not search.improve(ears):
            break
    allowed, bound = search.allowed(known * (1.0 + 1e-7))
    model = _Model(prepared, allowed, known, ears)
    while True:
        solved = model.solve(most_nodes)
        bound = max(bound, solved.bound)
        if solved.plan is None:
            # Nothing better than the plan that was given, unless it was stopped.
            closed = is_feasible and solved.is_complete
            return Proof(plan, known, known if closed else min(bound, known), closed)
        if not model.cut_torn(solved.center):
            value = inertia_from_units(prepared, solved.plan)
            best, value = (solved.plan, value) if value <= known else (plan, known)
            close = solved.is_complete and value - bound <= 1e-6 * value
            return Proof(best, value, min(bound, value), close)
        if ears.is_stopped or not solved.is_complete:
            return Proof(plan, known, min(bound, known), is_proved=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    plan: Ints | None
    center: Ints
    bound: float
    is_complete: bool


class _Model:
    """The program; a column is a unit with its centre.

    Args:
        prepared: The question.
        allowed: n x n, unit by centre, False where no better plan can have it.
        known: Inertia of a plan; only better ones are looked for.
        listener: Can stop it.
    """

    def __init__(
        self, prepared: Prepared, allowed: npt.NDArray[np.bool_], known: float, listener: Listener
    ) -> None:
        self._prepared = prepared
        count = prepared.problem.units.count
        self._column = np.full((count, count), -1, dtype=np.int64)
        self._column[allowed] = np.arange(int(allowed.sum()))
        self._unit, self._center = np.nonzero(allowed)
        self._neighbors: list[list[int]] = [list[int]() for _ in range(count)]
        for a, b in pairs_of(prepared.graph)[0].tolist():
            self._neighbors[int(a)].append(int(b))
            self._neighbors[int(b)].append(int(a))
        self._listener = listener
        self._nodes = 0
        self._highs: Any = highspy.Highs()
        self._scale = known if np.isfinite(known) else float(self._costs().sum())
        self._fill(known)

    def _costs(self) -> Floats:
        arrays = self._prepared.arrays
        x, y = arrays["x_km"], arrays["y_km"]
        square = (x[self._unit] - x[self._center]) ** 2 + (y[self._unit] - y[self._center]) ** 2
        return square * self._prepared.problem.units.loads[self._unit, 0]

    def _fill(self, known: float) -> None:
        highs, columns = self._highs, len(self._unit)
        options = {"output_flag": False, "threads": 1, "mip_rel_gap": 1e-7, "mip_abs_gap": 0.0}
        for name, value in options.items():
            highs.setOptionValue(name, value)
        if np.isfinite(known):
            highs.setOptionValue("objective_bound", 1.0 + 1e-6)
        none = np.zeros(0, dtype=np.int32)
        costs = self._costs() / self._scale
        zeros, ones = np.zeros(columns), np.ones(columns)
        highs.addCols(columns, costs, zeros, ones, 0, none, none, np.zeros(0))
        kinds = np.array([highspy.HighsVarType.kInteger] * columns)
        highs.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)
        if np.isfinite(known):
            self._row(-np.inf, 1.0 + 1e-7, np.arange(columns), costs)
        self._fill_rows()

    def _fill_rows(self) -> None:
        arrays, count = self._prepared.arrays, self._prepared.problem.units.count
        load = self._prepared.problem.units.loads[:, 0]
        low, high = float(arrays["low"].min()), float(arrays["high"].max())
        centers = np.nonzero(np.diagonal(self._column) >= 0)[0].tolist()
        own = self._column[centers, centers]
        territories = float(self._prepared.problem.wanted.count)
        self._row(territories, territories, own, np.ones(len(own)))
        for unit in range(count):
            columns = self._column[unit][self._column[unit] >= 0]
            self._row(1.0, 1.0, columns, np.ones(len(columns)))
        for center in centers:
            units = np.nonzero(self._column[:, center] >= 0)[0]
            columns, chosen = self._column[units, center], self._column[center, center]
            for limit, sign in ((low, 1.0), (high, -1.0)):
                part = np.where(units == center, load[units] - limit, load[units]) / high
                self._row(0.0, np.inf, columns, sign * part)
            for unit, column in zip(units.tolist(), columns.tolist(), strict=True):
                if unit == center:
                    continue
                self._row(-np.inf, 0.0, np.array([column, chosen]), np.array([1.0, -1.0]))
                if center not in self._neighbors[unit]:
                    self._cut(unit, center, self._neighbors[unit])

    def _row(self, low: float, high: float, columns: npt.NDArray[Any], parts: Floats) -> None:
        place = np.asarray(columns, dtype=np.int32)
        self._highs.addRow(low, high, len(place), place, np.asarray(parts, dtype=np.float64))

    def _cut(self, unit: int, center: int, separator: list[int]) -> None:
        """A unit belongs to a centre only with one of the units that separate the two."""
        through = [self._column[each, center] for each in separator]
        columns = np.array([self._column[unit, center], *(c for c in through if c >= 0)])
        parts = np.concatenate([[1.0], -np.ones(len(columns) - 1)])
        self._row(-np.inf, 0.0, columns, parts)

    def solve(self, most_nodes: int) -> _Solved:
        """The best plan under the cuts so far."""
        highs = self._highs
        highs.setOptionValue("mip_max_nodes", max(0, most_nodes - self._nodes))
        highs.cbMipInterrupt.subscribe(self._interrupt)
        highs.run()
        highs.cbMipInterrupt.unsubscribe(self._interrupt)
        facts, status = highs.getInfo(), highs.getModelStatus()
        self._nodes += max(0, int(facts.mip_node_count))
        ended = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
        is_complete = status in ended
        none = np.zeros(0, dtype=np.int32)
        least = float(facts.mip_dual_bound)
        bound = least * self._scale if np.isfinite(least) else 0.0
        has_plan = facts.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if status == highspy.HighsModelStatus.kInfeasible or not has_plan:
            return _Solved(None, none, max(0.0, float(bound)), is_complete)
        values = np.array(highs.getSolution().col_value)
        taken = values > 0.5
        center = np.zeros(self._prepared.problem.units.count, dtype=np.int32)
        center[self._unit[taken]] = self._center[taken]
        plan = np.unique(center, return_inverse=True)[1].reshape(-1).astype(np.int32)
        return _Solved(plan, center, float(bound), is_complete)

    def _interrupt(self, event: Any) -> None:  # noqa: ANN401  has no type
        if self._listener.is_stopped:
            event.interrupt()

    def cut_torn(self, center: Ints) -> bool:
        """Adds a cut for each part that its centre is not in; whether there was one."""
        part = parts_of(self._prepared.graph, center)
        torn = [p for p in np.unique(part).tolist() if not self._holds_center(center, part, p)]
        for each in torn:
            members = np.nonzero(part == each)[0].tolist()
            middle = int(center[members[0]])
            border = {n for m in members for n in self._neighbors[m]} - set(members)
            separator = self._reached(middle, border)
            for member in members:
                self._cut(member, middle, separator)
            self._cut_others(members, border)
        return bool(torn)

    def _cut_others(self, members: list[int], border: set[int]) -> None:
        """The same cut for the other centres that the part could be torn from."""
        for middle in np.nonzero(np.diagonal(self._column) >= 0)[0].tolist():
            if middle in members or middle in border:
                continue
            separator = self._reached(middle, border)
            for member in members:
                if self._column[member, middle] >= 0:
                    self._cut(member, middle, separator)

    def _holds_center(self, center: Ints, part: Ints, number: int) -> bool:
        members = np.nonzero(part == number)[0]
        return bool((members == center[members[0]]).any())

    def _reached(self, start: int, border: set[int]) -> list[int]:
        """The units of a border that a walk from a unit meets first: a smallest separator."""
        seen, walk, met = {start}, [start], set[int]()
        while walk:
            unit = walk.pop()
            if unit in border:
                met.add(unit)
                continue
            fresh = [other for other in self._neighbors[unit] if other not in seen]
            seen.update(fresh)
            walk.extend(fresh)
        return sorted(met)
