# SPDX-License-Identifier: MIT
"""What the optimiser answers: a plan with its figures and the stamp of how it was found."""

from dataclasses import dataclass

import numpy as np

from app.services.optimiser.annealing import Found, loads_of
from app.services.optimiser.kernel_library import Floats, Ints
from app.services.optimiser.prepared import Lump, Prepared
from app.services.optimiser.sums import summed


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A plan, its figures, and whether more was possible.

    Attributes:
        territory: n territories, each connected unless it may be in pieces.
        loads: k x m.
        deviations: k x m, (load - ideal) / ideal.
        inertia: Sum of the first measure times squared km to the territory's centre.
        border_km: Length of the borders between territories.
        moved_share: Share of the moved weight that leaves today's territory, 0 to 1.
        is_within: Whether every load is within its tolerance and no forbidden pair is together.
        is_stopped: Whether the search ended before its effort was spent.
        lumps: Units that alone are above every tolerance.
        least_deviation: No plan has a smaller largest deviation, by the lumps alone.
    """

    territory: Ints
    loads: Floats
    deviations: Floats
    inertia: float
    border_km: float
    moved_share: float
    is_within: bool
    is_stopped: bool
    lumps: tuple[Lump, ...]
    least_deviation: float


def answer_of(prepared: Prepared, found: Found) -> Answer:
    """The figures of what a search found, computed from the plan alone."""
    plan = found.plan
    loads = loads_of(prepared, plan)
    deviations = loads / prepared.ideal - 1.0
    tolerance = np.array(prepared.problem.wanted.tolerances)
    pairs = prepared.problem.kept.apart
    together = pairs is not None and bool((plan[pairs[:, 0]] == plan[pairs[:, 1]]).any())
    return Answer(
        territory=plan,
        loads=loads,
        deviations=deviations,
        inertia=inertia_of(prepared, plan),
        border_km=border_km_of(prepared, plan),
        moved_share=moved_share_of(prepared, plan),
        is_within=bool((np.abs(deviations) <= tolerance).all()) and not together,
        is_stopped=found.is_stopped,
        lumps=prepared.lumps,
        least_deviation=prepared.reachable_deviation,
    )


def inertia_of(prepared: Prepared, plan: Ints) -> float:
    """Sum of the first measure times squared distance to the territories' centres, in km²."""
    arrays, count = prepared.arrays, prepared.problem.wanted.count
    weight, x, y = arrays["load"][:, 0], arrays["x_km"], arrays["y_km"]
    mass = summed(plan, weight, count)
    safe = np.where(mass > 0.0, mass, 1.0)
    center_x = summed(plan, weight * x, count) / safe
    center_y = summed(plan, weight * y, count) / safe
    share = arrays["home_share"]
    center_x = center_x + share * (arrays["home_x"] - center_x)
    center_y = center_y + share * (arrays["home_y"] - center_y)
    return float((weight * ((x - center_x[plan]) ** 2 + (y - center_y[plan]) ** 2)).sum())


def border_km_of(prepared: Prepared, plan: Ints) -> float:
    """Length of the borders between territories in km, each counted once."""
    graph = prepared.graph
    source = np.repeat(plan, np.diff(graph.first))
    return float(graph.border_km[source != plan[graph.neighbor]].sum() / 2.0)


def moved_weight(prepared: Prepared) -> Floats:
    """What each unit weighs when it moves: what was given, else the first measure."""
    given = prepared.problem.kept.moved_weight
    return given if given is not None else prepared.problem.units.loads[:, 0]


def moved_share_of(prepared: Prepared, plan: Ints) -> float:
    """Share of the moved weight in units that leave today's territory; 0 where there is no plan."""
    today = prepared.arrays["today"]
    weight = moved_weight(prepared)
    held = today >= 0
    total = float(weight[held].sum())
    return float(weight[held & (plan != today)].sum()) / total if total else 0.0


def shortfall(prepared: Prepared, answer: Answer) -> str:
    """Why an answer is not within its tolerances, and what could be reached; empty where it is.

    A unit that alone is too much is named with its size in ideals ("Los Angeles alone is 1.6 times
    the ideal workload"), and the deviation that no plan can be below. Otherwise the territory that
    is furthest off is told, without a claim that it could not be better.
    """
    if answer.is_within:
        return ""
    units = prepared.problem.units
    if answer.lumps:
        lump = answer.lumps[0]
        text = f"{units.name(lump.unit)} alone is {lump.share:.1f} times the ideal "
        text += f"{units.measure(lump.measure)} of a territory"
        if len(answer.lumps) > 1:
            text += f", and {len(answer.lumps) - 1} more areas are too large"
        return f"{text}. No plan can deviate by less than {100 * answer.least_deviation:.1f} %."
    off = np.abs(answer.deviations) - np.array(prepared.problem.wanted.tolerances)
    territory, measure = (int(each) for each in np.unravel_index(int(off.argmax()), off.shape))
    deviation = 100 * float(answer.deviations[territory, measure])
    if off.max() <= 0.0:
        return "Some areas that must not share a territory still do."
    return (
        f"Territory {territory + 1} deviates by {deviation:+.1f} % in {units.measure(measure)}; "
        "a longer search or a wider tolerance may help."
    )
