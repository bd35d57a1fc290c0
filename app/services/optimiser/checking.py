# SPDX-License-Identifier: MIT
"""Refuses what has no answer, in a sentence that says which input is at fault."""

import numpy as np

from app.models.errors import EditRejected
from app.services.optimiser.graphs import parts_of
from app.services.optimiser.problem import Problem

_UNCHANGED = "Nothing was changed."


def _refuse(message: str, remedy: str = "") -> EditRejected:
    return EditRejected(message, meaning=_UNCHANGED, remedy=remedy)


def check(problem: Problem) -> None:
    """Refuses a problem without an answer.

    Raises:
        EditRejected: Says what is at fault and what to do.
    """
    _check_measures(problem)
    _check_territories(problem)
    _check_kept(problem)
    _check_regions(problem)


def _check_measures(problem: Problem) -> None:
    units, wanted = problem.units, problem.wanted
    if not units.count:
        raise _refuse("There are no areas to give out.")
    if units.loads.shape != (units.count, len(wanted.tolerances)) or not wanted.tolerances:
        raise _refuse("Every measure needs a tolerance, and there must be at least one.")
    if not (np.isfinite(units.x_km).all() and np.isfinite(units.y_km).all()):
        unit = int(np.nonzero(~np.isfinite(units.x_km) | ~np.isfinite(units.y_km))[0][0])
        raise _refuse(f"{units.name(unit)} has no place on the map.")
    for index, tolerance in enumerate(wanted.tolerances):
        column, measure = units.loads[:, index], units.measure(index)
        missing = np.nonzero(~np.isfinite(column))[0]
        if len(missing):
            text = f"{units.name(int(missing[0]))} has no value of {measure}"
            text += f", nor have {len(missing) - 1} more areas." if len(missing) > 1 else "."
            raise _refuse(text, "Fill in the values, or leave those areas out.")
        if (column < 0).any():
            unit = int(np.nonzero(column < 0)[0][0])
            text = f"{units.name(unit)} has a negative value of {measure} ({column[unit]:g})."
            raise _refuse(text, "Only values of zero or more can be shared out.")
        if not column.any():
            raise _refuse(f"{measure} is zero everywhere.", "Balance another measure.")
        if not 0.0 < tolerance < 1.0:
            raise _refuse(f"The tolerance of {measure} must lie between 0 and 100 %.")


def _check_territories(problem: Problem) -> None:
    units, wanted = problem.units, problem.wanted
    if wanted.count < 1:
        raise _refuse("At least one territory is needed.")
    if wanted.count > units.count:
        raise _refuse(
            f"{wanted.count} territories cannot be made of {units.count} areas.",
            "Ask for fewer territories, or use finer areas.",
        )
    capacity, homes = wanted.capacity, wanted.homes
    if capacity is not None and (
        len(capacity) != wanted.count or not np.isfinite(capacity).all() or (capacity <= 0).any()
    ):
        raise _refuse("Every territory needs a capacity above zero.")
    if homes is not None:
        values = np.stack([homes.x_km, homes.y_km, homes.share])
        in_range = np.isfinite(values).all() and (values[2] >= 0).all() and (values[2] <= 1).all()
        if values.shape[1] != wanted.count or not in_range:
            raise _refuse("Every territory needs a home with a place on the map.")


def _check_kept(problem: Problem) -> None:
    units, kept, count = problem.units, problem.kept, problem.wanted.count
    if kept.territory is not None and (
        len(kept.territory) != units.count or kept.territory.max() >= count
    ):
        raise _refuse("Today's plan has other areas or more territories than asked for.")
    if kept.moved_weight is not None and not (
        np.isfinite(kept.moved_weight).all() and (kept.moved_weight >= 0).all()
    ):
        raise _refuse("What a move costs must be zero or more for every area.")
    if kept.is_locked is None or not kept.is_locked.any():
        return
    if kept.territory is None or (kept.territory[kept.is_locked] < 0).any():
        raise _refuse("An area is locked that belongs to no territory.", "Unlock it first.")
    if kept.apart is not None and len(kept.apart):
        a, b = kept.apart.T
        both = kept.is_locked[a] & kept.is_locked[b] & (kept.territory[a] == kept.territory[b])
        if both.any():
            first, second = kept.apart[np.nonzero(both)[0][0]].tolist()
            text = f"{units.name(first)} and {units.name(second)} are locked into one territory"
            raise _refuse(text + " but must not share one.", "Unlock one of them.")
    _check_locked_links(problem)


def _check_locked_links(problem: Problem) -> None:
    """A territory's locked units must be able to come together past those of the others."""
    units, kept, wanted = problem.units, problem.kept, problem.wanted
    if kept.territory is None or kept.is_locked is None:
        return
    held = np.where(kept.is_locked, kept.territory, -1)
    region = kept.region if kept.region is not None else np.zeros(units.count, dtype=np.int32)
    for territory in np.unique(held[held >= 0]).tolist():
        if wanted.is_loose is not None and wanted.is_loose[territory]:
            continue
        own = np.nonzero(held == territory)[0]
        if len(np.unique(region[own])) > 1:
            text = f"{units.name(int(own[0]))} and others are locked into one territory"
            raise _refuse(text + " although they lie in two regions.", "Unlock one of them.")
        passable = ((held == territory) | (held < 0)) & (region == region[own[0]])
        part = parts_of(problem.graph, passable.astype(np.int32))[own]
        if (part != part[0]).any():
            a, b = int(own[0]), int(own[np.nonzero(part != part[0])[0][0]])
            raise _refuse(
                f"{units.name(a)} and {units.name(b)} are locked into one territory, but areas that"
                " are locked into others separate them.",
                "Unlock one of them, or allow the territory to be in pieces.",
            )


def _check_regions(problem: Problem) -> None:
    region = problem.kept.region
    if region is None:
        return
    regions = len(np.unique(region))
    if regions > problem.wanted.count:
        raise _refuse(
            f"{problem.wanted.count} territories cannot fill {regions} regions without crossing"
            " their borders.",
            "Allow more territories, or allow them to cross.",
        )
