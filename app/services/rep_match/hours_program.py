# SPDX-License-Identifier: MIT
"""The best way for reps to hold several territories within their hours.

A pair of rep and territory is a column of a 0/1 problem. Of 500 x 250 pairs only few can be part of
the best answer, so the program is solved on some, and a bound shows that the others cannot matter.
"""

from collections.abc import Callable, Mapping, Sequence

import highspy
import numpy as np
import numpy.typing as npt

from app.models.errors import TaskCancelled
from app.services.rep_match.facts import NOBODY, FloatArray, IntArray, LongArray
from app.services.rep_match.hours_problem import VACANCY_COST, HoursProblem
from app.services.rep_match.hours_search import first_answer

MOST_NODES = 100
"""Of branch and bound; a count and not a time, so that every computer answers the same."""

MOST_PAIRS = 2_000
"""Above it branch and bound takes minutes, and the answer is given with its bound instead."""

_FIRST_COLUMNS = 12
_MORE_COLUMNS = 5_000
_ROUNDING = 1e-7
_HALF = 0.5

Cancelled = Callable[[], bool]


def solve(problem: HoursProblem, cancelled: Cancelled) -> tuple[IntArray, float, bool]:
    """Row of a rep per territory, the bound on the value, and whether the answer is the optimum.

    The value of an answer is the sum over its pairs, less `VACANCY_COST` for a vacant territory.

    Args:
        problem: More territories than free reps, at least one rep.
        cancelled: Asked between two parts of the work.

    Raises:
        TaskCancelled: The user stopped it.
    """
    relaxed, reduced = _priced(problem, cancelled)
    found = first_answer(problem, reduced)
    reached = _value(problem, found)
    # A pair costs at least its reduced cost against the relaxed optimum: where that is more than
    # what the best answer so far lacks, no better answer has such a pair.
    tried = reduced >= reached - relaxed - _ROUNDING
    if cancelled():
        raise TaskCancelled
    if relaxed - reached <= _ROUNDING or int(tried.sum()) > MOST_PAIRS:
        return found, relaxed, relaxed - reached <= _ROUNDING
    better, bound, is_optimal = _whole(problem, tried, found, cancelled)
    if _value(problem, better) > reached:
        found, reached = better, _value(problem, better)
    return found, min(relaxed, max(bound, reached)), is_optimal


def _value(problem: HoursProblem, rep: IntArray) -> float:
    held = np.flatnonzero(rep != NOBODY)
    vacant = len(rep) - len(held)
    return float(problem.value[rep[held], held].sum()) - VACANCY_COST * vacant


def _priced(problem: HoursProblem, cancelled: Cancelled) -> tuple[float, FloatArray]:
    """The relaxed optimum over all pairs, found on few of them.

    Returns:
        The optimum, vacancies at their cost, and the reduced cost of every pair: what it would add
        to the optimum, at most 0; -inf for pairs that cannot be.
    """
    can_be = np.isfinite(problem.hours)
    best = np.where(can_be, problem.value, -np.inf)
    is_column = np.zeros(best.shape, dtype=np.bool_)
    for axis in (0, 1):
        count = min(_FIRST_COLUMNS, best.shape[axis])
        top = np.argpartition(-best, count - 1, axis=axis)
        np.put_along_axis(is_column, np.take(top, range(count), axis=axis), values=True, axis=axis)
    is_column &= can_be
    while True:
        if cancelled():
            raise TaskCancelled
        model, _pairs = _model(problem, is_column)
        model.run()
        duals = np.array(model.getSolution().row_dual)
        reduced = np.where(can_be, _reduced(problem, duals), -np.inf)
        missing = ~is_column & (reduced > _ROUNDING)
        if not missing.any():
            return float(model.getInfo().objective_function_value), reduced
        worth = np.sort(reduced[missing])[::-1]
        is_column |= missing & (reduced >= worth[min(_MORE_COLUMNS, len(worth)) - 1])


def _reduced(problem: HoursProblem, duals: FloatArray) -> FloatArray:
    """What each pair would add to the relaxed optimum, from the prices of territories and hours.

    Rows that keep territories apart are left out, as their prices only make a pair dearer: what is
    found is too large, never too small.
    """
    reps, territories = problem.value.shape
    price = duals[:territories]
    hour = duals[territories : territories + reps]
    least = duals[territories + reps : territories + 2 * reps]
    hours = np.where(np.isfinite(problem.hours), problem.hours, 0.0)
    return problem.value - price[None, :] - hour[:, None] * hours - least[:, None]


def _model(
    problem: HoursProblem, is_column: npt.NDArray[np.bool_]
) -> tuple[highspy.Highs, tuple[LongArray, LongArray]]:
    """The relaxed program over some pairs; further columns say that a territory stays vacant."""
    reps, territories = problem.value.shape
    rep, territory = np.nonzero(is_column)
    count = len(rep)
    model = highspy.Highs()
    quiet = {"log_to_console": False, "output_flag": False}
    _set(model, {**quiet, "threads": 1, "random_seed": 0})
    lp = highspy.HighsLp()
    apart = [(row, one, other) for row in range(reps) for one, other in problem.apart]
    lp.num_col_ = count + territories
    lp.num_row_ = territories + 2 * reps + len(apart)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate(
        (problem.value[rep, territory], np.full(territories, -VACANCY_COST))
    )
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.ones(lp.num_col_)
    infinity = highspy.kHighsInf
    low = np.where(problem.is_free, 1.0, 0.0)
    lp.row_lower_ = np.concatenate(
        (np.ones(territories), np.full(reps, -infinity), low, np.full(len(apart), -infinity))
    )
    lp.row_upper_ = np.concatenate(
        (
            np.ones(territories),
            np.where(problem.limit > 0, problem.limit, 0.0),
            np.full(reps, infinity),
            np.ones(len(apart)),
        )
    )
    _fill(lp, problem, (rep, territory), apart)
    model.passModel(lp)
    return model, (rep, territory)


def _fill(
    lp: highspy.HighsLp,
    problem: HoursProblem,
    pairs: tuple[LongArray, LongArray],
    apart: Sequence[tuple[int, int, int]],
) -> None:
    """The coefficients, column by column."""
    reps, territories = problem.value.shape
    rep, territory = pairs
    count, columns = len(rep), np.arange(len(rep), dtype=np.int64)
    rows: list[LongArray] = [
        *(territory, territories + rep, territories + reps + rep),
        np.arange(territories, dtype=np.int64),
    ]
    places: list[LongArray] = [columns, columns, columns, count + rows[3]]
    values: list[FloatArray] = [
        *(np.ones(count), problem.hours[rep, territory], np.ones(count)),
        np.ones(territories),
    ]
    found = {pair: at for at, pair in enumerate(zip(rep.tolist(), territory.tolist(), strict=True))}
    for number, (row_of_rep, one, other) in enumerate(apart):
        pair = [found[row_of_rep, t] for t in (one, other) if (row_of_rep, t) in found]
        rows.append(np.full(len(pair), territories + 2 * reps + number, dtype=np.int64))
        places.append(np.array(pair, dtype=np.int64))
        values.append(np.ones(len(pair)))
    row, column, value = np.concatenate(rows), np.concatenate(places), np.concatenate(values)
    order = np.lexsort((row, column))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.searchsorted(column[order], np.arange(lp.num_col_ + 1)).astype(
        np.int32
    )
    lp.a_matrix_.index_ = row[order].astype(np.int32)
    lp.a_matrix_.value_ = value[order]


def _whole(
    problem: HoursProblem,
    is_column: npt.NDArray[np.bool_],
    start: IntArray,
    cancelled: Cancelled,
) -> tuple[IntArray, float, bool]:
    """The best answer with these pairs, the bound on all such answers, and whether they meet."""

    def look_up(event: highspy.highs.HighsCallbackEvent) -> None:
        if cancelled():
            event.interrupt()

    for territory, row in enumerate(start.tolist()):
        if row != NOBODY:
            is_column[row, territory] = True
    model, (rep, territory) = _model(problem, is_column)
    count = len(rep) + problem.value.shape[1]
    kinds = np.full(count, highspy.HighsVarType.kInteger)
    model.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
    _set(model, {"mip_rel_gap": 0.0, "mip_abs_gap": _ROUNDING, "mip_max_nodes": MOST_NODES})
    known = highspy.HighsSolution()
    known.col_value = [
        *(start[territory] == rep).astype(np.float64).tolist(),
        *(start == NOBODY).astype(np.float64).tolist(),
    ]
    model.setSolution(known)
    model.cbMipInterrupt += look_up
    model.run()
    if cancelled():
        raise TaskCancelled
    taken = np.array(model.getSolution().col_value)[: len(rep)] > _HALF
    found = np.full(problem.value.shape[1], NOBODY, dtype=np.int32)
    found[territory[taken]] = rep[taken]
    info = model.getInfo()
    is_optimal = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return found, float(info.mip_dual_bound), is_optimal


def _set(model: highspy.Highs, options: Mapping[str, float]) -> None:
    for name, setting in options.items():
        model.setOptionValue(name, setting)
