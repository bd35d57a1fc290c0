# SPDX-License-Identifier: MIT
"""Who reports to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.models.ids import RepId
from app.models.rep import Rep

ManagerByRep = Mapping[RepId, RepId | None]


@dataclass(frozen=True, slots=True)
class RepNode:
    """A rep with those below.

    Attributes:
        reports: Who reports to the rep, by name.
    """

    rep: Rep
    reports: tuple["RepNode", ...] = ()

    @property
    def team_size(self) -> int:
        """How many are below the rep, at any depth."""
        return sum(1 + report.team_size for report in self.reports)


def chain_above(rep: RepId, manager_by_rep: ManagerByRep) -> tuple[RepId, ...]:
    """The managers of a rep from the nearest up; a loop is left where it begins again."""
    chain: list[RepId] = []
    above = manager_by_rep.get(rep)
    while above is not None and above not in chain and above != rep:
        chain.append(above)
        above = manager_by_rep.get(above)
    return tuple(chain)


def closes_loop(rep: RepId, manager: RepId | None, manager_by_rep: ManagerByRep) -> bool:
    """Whether a rep would come to stand above himself or herself with this manager."""
    return manager is not None and (
        manager == rep or rep in chain_above(manager, {**manager_by_rep, rep: None})
    )


def rep_tree(reps: Sequence[Rep]) -> tuple[RepNode, ...]:
    """The reps without a manager, each with everybody below, by name.

    A manager who is not among the reps counts as none. Where managers go round in a loop, which a
    plan made elsewhere can have, the one with the smallest id stands at the top, so that everybody
    is found exactly once.
    """
    known = {rep.id for rep in reps}
    manager_by_rep: dict[RepId, RepId | None] = {}
    for rep in sorted(reps, key=lambda each: each.id):
        manager = rep.manager_id if rep.manager_id in known else None
        manager_by_rep[rep.id] = manager
    for rep in sorted(known):
        if closes_loop(rep, manager_by_rep[rep], manager_by_rep):
            manager_by_rep[rep] = None
    below: dict[RepId | None, list[Rep]] = {}
    for rep in sorted(reps, key=lambda each: (each.name.casefold(), each.id)):
        below.setdefault(manager_by_rep[rep.id], []).append(rep)
    return _nodes(None, below)


def reports_of(rep: RepId, reps: Sequence[Rep]) -> set[RepId]:
    """Everybody below a rep, at any depth."""
    manager_by_rep: ManagerByRep = {each.id: each.manager_id for each in reps}
    return {
        each.id for each in reps if each.id != rep and rep in chain_above(each.id, manager_by_rep)
    }


def _nodes(manager: RepId | None, below: Mapping[RepId | None, list[Rep]]) -> tuple[RepNode, ...]:
    # Built from the bottom up without recursion: a chain of 2,000 managers is no reason to stop.
    order: list[RepId | None] = [manager]
    for above in order:
        order.extend(rep.id for rep in below.get(above, ()))
    made: dict[RepId | None, tuple[RepNode, ...]] = {}
    for above in reversed(order):
        made[above] = tuple(RepNode(rep, made[rep.id]) for rep in below.get(above, ()))
    return made[manager]
