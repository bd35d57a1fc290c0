# SPDX-License-Identifier: MIT
"""What is known of reps and territories, read from the open plan."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import RepId, TerritoryId
from app.models.product import Product
from app.models.rep import Rep, RosterEntry, RosterRole
from app.models.territory import Territory
from app.models.workload import WorkloadReport
from app.services.geography.factorizing import factorize
from app.services.importing.owners import RepFinder
from app.services.record_tables import TransactionTable
from app.services.rep_match.facts import (
    NOBODY,
    FloatArray,
    IntArray,
    LongArray,
    MatchFacts,
    Mix,
    plain_word,
)
from app.services.roster import Roster, hours_by_territory
from app.services.workspace import Workspace

MATCH_TEXTS = ("owner", "segment")
"""Text columns of the accounts that matching reads."""

_TextArray = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Accounts as they are served: one entry for each that exactly one territory serves.

    Attributes:
        leaf: Position of its territory among those that are matched.
        worth: Of the main measure; of every account 1 where that is nothing.
    """

    leaf: LongArray
    lon: FloatArray
    lat: FloatArray
    owner: _TextArray
    segment: _TextArray
    worth: FloatArray


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What the plan says now; all of it may be read in any thread.

    Attributes:
        served: Per account a territory position, or a code below 0.
        columns: Per account, in the order of the account table: longitude, latitude, owner,
            segment, and its worth.
        position: Of every territory of the sales force.
        work: Computes the workload; None where there are no visit classes.
        apart: Per pair of accounts that must be apart, their rows.
    """

    leaves: tuple[Territory, ...]
    reps: tuple[Rep, ...]
    all_reps: tuple[Rep, ...]
    roster: Roster
    served: IntArray
    columns: tuple[FloatArray, FloatArray, _TextArray, _TextArray, FloatArray]
    position: Mapping[TerritoryId, int]
    finder: RepFinder
    sales: tuple[TransactionTable, Sequence[Product]]
    work: Callable[[], WorkloadReport] | None
    apart: Sequence[LongArray]

    def leaf_of_accounts(self) -> LongArray:
        """Per account the position of its territory among the leaves, -1 for none."""
        leaf_of = np.full(len(self.position) + 1, -1, dtype=np.int64)
        leaf_of[[self.position[leaf.id] for leaf in self.leaves]] = np.arange(len(self.leaves))
        return np.where(self.served >= 0, leaf_of[np.maximum(self.served, 0)], -1)

    def served_columns(self, leaf: LongArray) -> _Columns:
        """The accounts that exactly one leaf serves."""
        rows = np.flatnonzero(leaf >= 0)
        lon, lat, owner, segment, worth = self.columns
        counted = worth[rows] if worth.sum() > 0 else np.ones(len(rows))
        return _Columns(leaf[rows], lon[rows], lat[rows], owner[rows], segment[rows], counted)

    def facts(self) -> MatchFacts:
        """The facts as arrays."""
        leaves, reps, roster = self.leaves, self.reps, self.roster
        leaf = self.leaf_of_accounts()
        columns = self.served_columns(leaf)
        row_by_rep = {rep.id: row for row, rep in enumerate(reps)}
        held = [row_by_rep.get(roster.holder(t.id) or RepId(0), NOBODY) for t in leaves]
        holder = np.array(held, dtype=np.int32)
        elsewhere = roster.territories_beside(self.position)
        available = _available(reps, roster, leaves, elsewhere)
        needed, is_workload = _needed(leaves, columns, available, self.work)
        lon, lat = _centres(columns, len(leaves))
        past = _Past(roster, leaves, holder)
        return MatchFacts(
            reps=reps,
            territories=leaves,
            holder=holder,
            lon=lon,
            lat=lat,
            accounts=np.bincount(columns.leaf, minlength=len(leaves)),
            known_accounts=_known(columns, row_by_rep, past, self.finder),
            segments=_segment_mix(columns, len(leaves)),
            product_lines=_line_mix(*self.sales, leaf, len(leaves)),
            needed_hours=needed,
            available_hours=available,
            is_workload=is_workload,
            could_start_new=_could_start_new(reps, self.all_reps, roster, leaves),
            apart=_apart(self.apart, leaf),
        )


def match_facts(workspace: Workspace) -> Callable[[], MatchFacts]:
    """What the plan says now, and the facts made of it in any thread.

    It is quick once the columns of `MATCH_TEXTS` and the transactions have been read.
    """
    accounts = workspace.accounts
    owner, segment = (accounts.text(name) for name in MATCH_TEXTS)
    worth = accounts.measure(workspace.main_account_measure.id)
    return _Frozen(
        leaves=workspace.leaf_territories,
        reps=_employed(workspace),
        all_reps=workspace.reps,
        roster=workspace.roster,
        served=workspace.account_territory,
        columns=(accounts.lon, accounts.lat, owner, segment, worth),
        position={t.id: at for at, t in enumerate(workspace.territories)},
        finder=RepFinder(workspace.reps, workspace.records.owner_aliases),
        sales=(workspace.records.transactions, workspace.records.products),
        work=workspace.work.report_job() if workspace.work.classes else None,
        apart=[accounts.rows_of((p.account, p.other)) for p in workspace.forces.apart],
    ).facts


def _apart(pairs: Sequence[LongArray], leaf: LongArray) -> tuple[tuple[int, int], ...]:
    """Pairs of territories that serve accounts which no rep may serve together."""
    found: set[tuple[int, int]] = set()
    for rows in pairs:
        both = sorted(int(each) for each in leaf[rows] if each >= 0)
        if len(both) == 2 and both[0] != both[1]:
            found.add((both[0], both[1]))
    return tuple(sorted(found))


def _employed(workspace: Workspace) -> tuple[Rep, ...]:
    """The reps who have not left; those who begin later are among them."""
    today = workspace.roster.today
    return tuple(rep for rep in workspace.reps if not rep.end_on or rep.end_on >= today)


def _held_elsewhere(rep: RepId, roster: Roster, leaves: Sequence[Territory]) -> tuple[int, int]:
    """How many of these territories the rep holds, and how many of other sales forces."""
    here = {leaf.id for leaf in leaves}
    held = roster.held_by(rep)
    return len(held & here), len(held - here)


def _available(
    reps: Sequence[Rep],
    roster: Roster,
    leaves: Sequence[Territory],
    elsewhere: AbstractSet[TerritoryId],
) -> FloatArray:
    """Hours per year of each rep beside what territories of other sales forces take of them."""
    counted = elsewhere | {leaf.id for leaf in leaves}
    shared = (hours_by_territory(rep, roster, counted) for rep in reps)
    taken = (sum(own for at, own in each.items() if at in elsewhere) for each in shared)
    hours = [rep.available_hours - part for rep, part in zip(reps, taken, strict=True)]
    return np.array(hours, dtype=np.float64)


def _could_start_new(
    reps: Sequence[Rep], all_reps: Sequence[Rep], roster: Roster, leaves: Sequence[Territory]
) -> npt.NDArray[np.bool_]:
    managers = {rep.manager_id for rep in all_reps}
    found = np.ones(len(reps), dtype=np.bool_)
    for row, rep in enumerate(reps):
        here, elsewhere = _held_elsewhere(rep.id, roster, leaves)
        is_busy = bool(elsewhere) or rep.id in managers or rep.available_hours <= 0
        found[row] = bool(here) or not is_busy
    return found


def _needed(
    leaves: Sequence[Territory],
    columns: _Columns,
    available: FloatArray,
    work: Callable[[], WorkloadReport] | None,
) -> tuple[FloatArray, bool]:
    """Hours per year of each territory, and whether they are its workload."""
    if work is not None:
        hours = {line.territory_id: line.workload_hours for line in work().lines}
        needed = np.array([hours.get(leaf.id, 0.0) for leaf in leaves], dtype=np.float64)
        if needed.sum() > 0:
            return needed, True
    worth = np.bincount(columns.leaf, weights=np.maximum(columns.worth, 0), minlength=len(leaves))
    whole = worth.sum()
    return (worth / whole * available.sum() if whole > 0 else np.zeros(len(leaves))), False


def _centres(columns: _Columns, count: int) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude of the middle of the accounts, nan where none is placed."""
    placed = ~np.isnan(columns.lon)
    leaf, lon, lat = columns.leaf[placed], columns.lon[placed], columns.lat[placed]
    across, up = np.radians(lon), np.radians(lat)
    parts = (np.cos(up) * np.cos(across), np.cos(up) * np.sin(across), np.sin(up))
    x, y, z = (np.bincount(leaf, weights=part, minlength=count) for part in parts)
    number = np.bincount(leaf, minlength=count)
    nowhere = number == 0
    found_lon, found_lat = np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))
    found_lon[nowhere] = found_lat[nowhere] = np.nan
    return found_lon, found_lat


@dataclass(frozen=True, slots=True)
class _Past:
    """Who holds and held the territories."""

    roster: Roster
    leaves: Sequence[Territory]
    holder: IntArray

    def ended(self) -> list[tuple[RepId, TerritoryId]]:
        """Who held which territory before, as primary or additional rep."""
        today = self.roster.today
        roles = (RosterRole.PRIMARY, RosterRole.ADDITIONAL)
        return [
            (entry.rep_id, entry.territory_id)
            for entry in self.roster.entries
            if entry.role in roles and _is_over(entry, today)
        ]


def _is_over(entry: RosterEntry, today: str) -> bool:
    return bool(entry.end_on) and entry.end_on < today


def _known(
    columns: _Columns, row_by_rep: Mapping[RepId, int], past: _Past, finder: RepFinder
) -> LongArray:
    """Accounts that a rep has served: as their owner, or as the one who held their territory.

    An owner who is a rep of the plan decides; of accounts without one, today's rep of their
    territory is familiar with them. Who held a territory before knows all that it has.
    """
    count, reps = len(past.leaves), len(row_by_rep)
    code, owners = factorize(columns.owner)
    found = [finder.find_id(owner) if owner else None for owner in owners]
    rows = [row_by_rep.get(each, -2) if each is not None else -1 for each in found]
    rep = np.array([*rows, -1], dtype=np.int64)[code]
    rep = np.where(rep == -1, past.holder[columns.leaf], rep)
    is_known = rep >= 0
    cells = rep[is_known] * count + columns.leaf[is_known]
    known = np.bincount(cells, minlength=reps * count).reshape(reps, count)
    whole = np.bincount(columns.leaf, minlength=count)
    position = {leaf.id: at for at, leaf in enumerate(past.leaves)}
    for before, territory in past.ended():
        if before in row_by_rep and territory in position:
            known[row_by_rep[before], position[territory]] = whole[position[territory]]
    return known.astype(np.int64)


def _segment_mix(columns: _Columns, count: int) -> Mix:
    code, segments = factorize(columns.segment)
    return _mix([plain_word(each) for each in segments], code, columns, count)


def _mix(words: Sequence[str], code: IntArray, columns: _Columns, count: int) -> Mix:
    """Worth per territory and word; accounts without a word do not count."""
    names = sorted({word for word in words if word})
    place = {name: at for at, name in enumerate(names)}
    column = np.array([*(place.get(word, -1) for word in words), -1], dtype=np.int64)[code]
    counted = column >= 0
    cells = columns.leaf[counted] * max(1, len(names)) + column[counted]
    worth = np.maximum(columns.worth[counted], 0.0)
    value = np.bincount(cells, weights=worth, minlength=count * len(names))
    shape = (count, len(names))
    return Mix(tuple(names), value[: count * len(names)].reshape(shape).astype(np.float64))


def _line_mix(
    transactions: TransactionTable, products: Sequence[Product], leaf: LongArray, count: int
) -> Mix:
    """Sales per territory and product line, of all time."""
    names = sorted({plain_word(product.line) for product in products if product.line.strip()})
    place = {name: at for at, name in enumerate(names)}
    if not names or not len(transactions):
        return Mix(tuple(names), np.zeros((count, len(names))))
    line_of = np.full(max(product.id for product in products) + 1, -1, dtype=np.int64)
    for product in products:
        line_of[product.id] = place.get(plain_word(product.line), -1)
    number = np.clip(transactions.product_id, 0, len(line_of) - 1)
    line = np.where(transactions.product_id == number, line_of[number], -1)
    where = leaf[transactions.account_row]
    counted = transactions.is_sale & (line >= 0) & (where >= 0)
    cells = where[counted] * len(names) + line[counted]
    sums = np.bincount(cells, weights=transactions.amount[counted], minlength=count * len(names))
    return Mix(tuple(names), np.maximum(sums, 0.0).reshape(count, len(names)))
