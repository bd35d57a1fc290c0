# SPDX-License-Identifier: MIT
"""The roster as it is on a day: who holds which territory, in which role, until when."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime

from app.models.ids import RepId, TerritoryId
from app.models.rep import FULL_TIME_CAPACITY_HOURS, Rep, RosterEntry, RosterRole

Today = Callable[[], date]
"""What day it is."""

LEADING_ROLES = (RosterRole.PRIMARY, RosterRole.ADDITIONAL)
"""Roles whose hours a territory can count on; specialists and stand-ins have work of their own."""

_ROLE_ORDER = tuple(RosterRole)


def local_today() -> date:
    """What day it is where the program runs."""
    return datetime.now().astimezone().date()


class Roster:
    """All entries of a scenario, asked about a day.

    Args:
        entries: Of all territories, in any order.
        today: What day it is when no other day is named.
    """

    def __init__(self, entries: Iterable[RosterEntry] = (), today: Today = local_today) -> None:
        self._today = today
        self.entries: tuple[RosterEntry, ...] = tuple(sorted(entries, key=_order))
        self._by_territory: dict[TerritoryId, list[RosterEntry]] = defaultdict(list)
        self._by_rep: dict[RepId, list[RosterEntry]] = defaultdict(list)
        for entry in self.entries:
            self._by_territory[entry.territory_id].append(entry)
            self._by_rep[entry.rep_id].append(entry)

    @property
    def today(self) -> str:
        """The present day as an ISO date."""
        return self._today().isoformat()

    def of_territory(self, territory: TerritoryId) -> tuple[RosterEntry, ...]:
        """All entries of a territory, primary ones first, past and future ones too."""
        return tuple(self._by_territory.get(territory, ()))

    def of_rep(self, rep: RepId) -> tuple[RosterEntry, ...]:
        """All entries of a rep, past and future ones too."""
        return tuple(self._by_rep.get(rep, ()))

    def territories_beside(self, own: Container[TerritoryId]) -> frozenset[TerritoryId]:
        """The territories with entries that are not among these: those of other sales forces."""
        return frozenset(
            entry.territory_id for entry in self.entries if entry.territory_id not in own
        )

    def primaries(self, territory: TerritoryId, day: str = "") -> list[RosterEntry]:
        """The primary entries in force, the one who holds the territory first.

        That is the one with the largest share; of equal shares, the one who began last.

        Args:
            territory: Which.
            day: ISO date; empty for today.
        """
        day = day or self.today
        found = [
            entry
            for entry in self._by_territory.get(territory, ())
            if entry.role is RosterRole.PRIMARY and entry.holds_on(day)
        ]
        # Sorts are stable: what counts least comes first.
        found.sort(key=lambda entry: entry.rep_id)
        found.sort(key=lambda entry: entry.start_on, reverse=True)
        found.sort(key=lambda entry: entry.share_fraction, reverse=True)
        return found

    def holder(self, territory: TerritoryId, day: str = "") -> RepId | None:
        """The rep who holds a territory, or None where it is vacant."""
        found = self.primaries(territory, day)
        return found[0].rep_id if found else None

    def held_by(self, rep: RepId, day: str = "") -> set[TerritoryId]:
        """The territories of which a rep is a primary rep."""
        day = day or self.today
        return {
            entry.territory_id
            for entry in self._by_rep.get(rep, ())
            if entry.role is RosterRole.PRIMARY and entry.holds_on(day)
        }


def capacity_by_territory(
    leaves: Sequence[TerritoryId],
    roster: Roster,
    reps: Sequence[Rep],
    elsewhere: AbstractSet[TerritoryId] = frozenset(),
    full_time_hours: float = FULL_TIME_CAPACITY_HOURS,
) -> dict[TerritoryId, float]:
    """Hours per year that each territory can count on today.

    A rep's available hours are shared by the territories that the rep leads, alone or with others,
    in proportion to the rep's shares of them. A vacant territory counts as one full-time rep, so
    that a vacancy does not look like work that nobody has to do (kpis.md, workload).

    Source: ours, after kpis.md C.1 "Workload": utilisation = W / h, with h the hours of the reps.

    Args:
        leaves: The territories that are compared.
        roster: Who leads them.
        reps: All reps.
        elsewhere: Territories of other sales forces, which take their part of a rep's hours.
        full_time_hours: Per year, of one full-time rep.
    """
    counted = set(leaves) | elsewhere
    hours = dict.fromkeys(leaves, 0.0)
    led: set[TerritoryId] = set()
    for rep in reps:
        for territory, own in hours_by_territory(rep, roster, counted).items():
            if territory in hours:
                led.add(territory)
                hours[territory] += own
    return {
        territory: hours[territory] if territory in led else full_time_hours for territory in leaves
    }


def hours_by_territory(
    rep: Rep, roster: Roster, counted: AbstractSet[TerritoryId]
) -> dict[TerritoryId, float]:
    """How a rep's available hours per year are shared by the territories that the rep leads today.

    Each takes its part in proportion to the rep's shares of them; they sum to the available hours.
    Empty where the rep leads none, or none with a share.

    Args:
        rep: Whose hours.
        roster: Who leads what.
        counted: Territories that take part, of any sales force.
    """
    day, parts = roster.today, dict[TerritoryId, float]()
    for entry in roster.of_rep(rep.id):
        is_led = entry.role in LEADING_ROLES and entry.holds_on(day)
        if is_led and entry.territory_id in counted and entry.share_fraction > 0:
            present = parts.get(entry.territory_id, 0.0)
            parts[entry.territory_id] = max(present, entry.share_fraction)
    whole = sum(parts.values())
    return {territory: rep.available_hours * part / whole for territory, part in parts.items()}


def _order(entry: RosterEntry) -> tuple[int, int, str, int]:
    return (
        int(entry.territory_id),
        _ROLE_ORDER.index(entry.role),
        entry.start_on,
        int(entry.rep_id),
    )
