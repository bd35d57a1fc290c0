# SPDX-License-Identifier: MIT
"""Who gets what several territories claim, or none, by a policy."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.settling import Policy, Settlement
from app.services.distance import distance_km
from app.services.overlaps.claim_items import ClaimItems
from app.services.overlaps.filling import fill_from_neighbors
from app.services.overlaps.settling_facts import SettlingFacts, unit_vectors

FloatArray = npt.NDArray[np.float64]
LongArray = npt.NDArray[np.int64]

_CHUNK = 200
_NO_PLACE = "It has no place on the map."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a policy says about an item: a territory position, or why none."""

    position: int | None
    reason: str = ""


def settle(
    facts: SettlingFacts,
    items: ClaimItems,
    chosen: Sequence[int],
    policy: Policy,
    territory: TerritoryId | None = None,
    check: Callable[[], object] = lambda: None,
) -> Settlement:
    """Who gets the chosen items.

    Overlaps go to one of their claimants, gaps to any territory that may get something; locked
    territories neither lose nor gain. Only what is given by hand may go to another territory.

    Args:
        facts: The sales force.
        items: Overlaps or gaps.
        chosen: Which of them; larger ones are decided first where earlier ones count.
        policy: Who gets them.
        territory: The one that the user named, for `Policy.BY_HAND`.
        check: Called for every item; raises where the work is to stop.
    """
    solver = _Solver(facts, items, check)
    sums = items.sums(facts.overlaps.values[0])
    order = sorted(chosen, key=lambda item: (-sums[item], -items.counts[item], item))
    answers: dict[int, Answer] = {}
    open_items: list[int] = []
    for item in order:
        check()
        refused = solver.refusal(item, policy)
        if refused:
            answers[item] = Answer(None, refused)
        else:
            open_items.append(item)
    answers |= solver.answers(open_items, policy, territory)
    return _settlement(facts, items, [(item, answers[item]) for item in order])


def item_name(facts: SettlingFacts, items: ClaimItems, item: int) -> str:
    """An item in words: the name of its area, or that it is an account."""
    unit = int(items.unit[item])
    if unit < 0:
        return f"Account {int(facts.overlaps.accounts.ids[items.account_row[item]])}"
    return facts.overlaps.geography.name(facts.overlaps.borders.geounit(unit))


def _settlement(
    facts: SettlingFacts, items: ClaimItems, answers: Sequence[tuple[int, Answer]]
) -> Settlement:
    units: list[tuple[GeoUnitId, TerritoryId]] = []
    accounts: list[tuple[AccountId, TerritoryId]] = []
    undecided: list[tuple[str, str]] = []
    for item, answer in answers:
        if answer.position is None:
            undecided.append((item_name(facts, items, item), answer.reason))
            continue
        winner = facts.overlaps.territories[answer.position]
        unit = int(items.unit[item])
        if unit >= 0:
            units.append((facts.overlaps.borders.geounit(unit), winner))
        else:
            accounts.append((facts.overlaps.accounts.account(items.account_row[item]), winner))
    return Settlement(tuple(units), tuple(accounts), tuple(undecided))


class _Solver:
    """Answers for items of one list.

    Args:
        facts: The sales force.
        items: Overlaps or gaps.
        check: See `settle`.
    """

    def __init__(
        self, facts: SettlingFacts, items: ClaimItems, check: Callable[[], object]
    ) -> None:
        self._facts = facts
        self._check = check
        self._items = items
        self._sets = facts.overlaps.numbers.sets
        self._everyone = frozenset(np.flatnonzero(facts.is_open).tolist())
        self._loads = facts.loads.copy()

    def _claimants(self, item: int) -> frozenset[int]:
        """Who claims an item; nobody in a gap."""
        return self._sets[int(self._items.sets[item])]

    def refusal(self, item: int, policy: Policy) -> str:
        """Why an item cannot be settled at all, empty where it can."""
        claimants = self._claimants(item)
        locked = [at for at in claimants if not self._facts.is_open[at]]
        if locked:
            return "A locked territory claims it."
        if not claimants and not self._everyone:
            return "There is no territory that may get it."
        needs_place = policy in (Policy.NEAREST_HOME, Policy.NEAREST_TERRITORY)
        if needs_place and not np.isfinite(self._point(item)).all():
            return _NO_PLACE
        return ""

    def answers(
        self, items: Sequence[int], policy: Policy, territory: TerritoryId | None
    ) -> dict[int, Answer]:
        """The answers of a policy."""
        if policy is Policy.BY_HAND:
            at = self._facts.overlaps.position_by_territory.get(territory or TerritoryId(0))
            named = Answer(at, "" if at is not None else "This territory is no longer in the plan.")
            return dict.fromkeys(items, named)
        if policy is Policy.NEAREST_TERRITORY:
            return self._nearest_territories(items)
        if policy is Policy.LESS_LOADED:
            return self._less_loaded(items)
        one = {
            Policy.KEEP_REP: self._keep_rep,
            Policy.NEAREST_HOME: self._nearest_home,
            Policy.LARGEST_SHARE: self._largest_share,
        }[policy]
        return {item: one(item) for item in items}

    def _candidates(self, item: int) -> frozenset[int]:
        """Who may get an item: its claimants, or anybody in a gap."""
        self._check()
        return self._claimants(item) or self._everyone

    def _point(self, item: int) -> FloatArray:
        """Longitude and latitude of an item; nan where it has no place."""
        unit = int(self._items.unit[item])
        if unit >= 0:
            lon, lat = self._facts.overlaps.borders.label_points()
            return np.array([lon[unit], lat[unit]])
        row = int(self._items.account_row[item])
        return np.array([self._facts.lon[row], self._facts.lat[row]])

    def _keep_rep(self, item: int) -> Answer:
        facts, rows = self._facts, self._items.rows_of(item)
        values = facts.overlaps.values[0]
        candidates = self._candidates(item)
        worth: dict[int, tuple[float, int]] = {}
        for row in rows.tolist():
            for at in facts.held_by_rep.get(int(facts.owner_rep[row]), frozenset()) & candidates:
                value, number = worth.get(at, (0.0, 0))
                worth[at] = value + float(values[row]), number + 1
        if not worth:
            return Answer(None, "No owner of its accounts is the rep of a territory in question.")
        best = max(worth.values())
        first = [at for at, each in worth.items() if each == best]
        return Answer(first[0] if len(first) == 1 else self._nearest_of(item, first))

    def _nearest_of(self, item: int, positions: Collection[int]) -> int:
        """The position among several whose land is nearest to an item; the first without land."""
        places, owner = self._facts.ground
        mine = np.flatnonzero(np.isin(owner, list(positions)))
        point = self._point(item)
        if not len(mine) or not np.isfinite(point).all():
            return min(positions)
        nearness = places[mine] @ unit_vectors(point[:1], point[1:])[0]
        return int(owner[mine[int(np.argmax(nearness))]])

    def _nearest_home(self, item: int) -> Answer:
        homes = self._facts.homes
        known = sorted(at for at in self._candidates(item) if at in homes)
        if not known:
            return Answer(None, "No rep of a territory in question has a home on the map.")
        at = np.array([homes[each] for each in known])
        lon, lat = self._point(item)
        km = distance_km(at[:, 0], at[:, 1], np.array([lon]), np.array([lat]))
        return Answer(known[int(np.argmin(km))])

    def _largest_share(self, item: int) -> Answer:
        facts, candidates = self._facts, self._candidates(item)
        row = int(self._items.account_row[item])
        for area in facts.areas_around(int(self._items.unit[item]), row):
            sums = facts.served_around.get(area, {})
            known = {at: total for at, total in sums.items() if at in candidates and total > 0}
            if known:
                return Answer(min(known, key=lambda at: (-known[at], at)))
        return Answer(None, "No territory in question serves anything around it.")

    def _nearest_territories(self, items: Sequence[int]) -> dict[int, Answer]:
        """The nearest land of whoever may get each item; land in dispute is nobody's own."""
        by_candidates: dict[frozenset[int], list[int]] = {}
        for item in items:
            by_candidates.setdefault(self._candidates(item), []).append(item)
        answers: dict[int, Answer] = {}
        for candidates, some in by_candidates.items():
            answers |= self._nearest_among(candidates, some)
        return answers

    def _nearest_among(self, candidates: frozenset[int], items: Sequence[int]) -> dict[int, Answer]:
        places, owner = self._facts.ground
        may_get = np.zeros(self._facts.count, dtype=np.bool_)
        may_get[sorted(candidates)] = True
        mine = may_get[owner]
        places, owner = places[mine], owner[mine]
        if not len(owner):
            why = "No territory in question holds land of its own."
            return dict.fromkeys(items, Answer(None, why))
        points = np.array([self._point(item) for item in items]).reshape(-1, 2)
        vectors = unit_vectors(points[:, 0], points[:, 1])
        answers: dict[int, Answer] = {}
        for first in range(0, len(items), _CHUNK):
            part = vectors[first : first + _CHUNK]
            nearest = owner[np.argmax(part @ places.T, axis=1)].tolist()
            for item, at in zip(items[first : first + _CHUNK], nearest, strict=True):
                answers[item] = Answer(at)
        return answers

    def _less_loaded(self, items: Sequence[int]) -> dict[int, Answer]:
        answers: dict[int, Answer] = {}
        load = self._items.sums(self._facts.load)
        gaps = [item for item in items if not self._claimants(item)]
        for item in items:
            self._check()
            claimants = self._claimants(item)
            if claimants:
                best = self._least_loaded(claimants)
                self._loads[best] += load[item]
                answers[item] = Answer(best)
        areas = [item for item in gaps if self._items.unit[item] >= 0]
        filled = fill_from_neighbors(
            self._facts.overlaps,
            {item: int(self._items.unit[item]) for item in areas},
            self._everyone,
            lambda item, near: self._take(near, float(load[item])),
        )
        answers |= {item: Answer(at) for item, at in filled.items()}
        answers |= self._nearest_territories([item for item in areas if item not in filled])
        lost = [item for item in gaps if item not in areas]
        return answers | dict.fromkeys(lost, Answer(None, _NO_PLACE))

    def _take(self, candidates: Collection[int], load: float) -> int:
        best = self._least_loaded(candidates)
        self._loads[best] += load
        return best

    def _least_loaded(self, positions: Collection[int]) -> int:
        """Who has least in proportion to the ideal, then least, then comes first."""
        ideals = self._facts.ideals

        def rank(at: int) -> tuple[float, float, int]:
            load = float(self._loads[at])
            return (load / float(ideals[at]) if ideals[at] > 0 else load, load, at)

        return min(positions, key=rank)
