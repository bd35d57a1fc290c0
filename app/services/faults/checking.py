# SPDX-License-Identifier: MIT
"""Finds every fault of a plan, and what is merely not done yet."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from app.models.faults import Fault, FaultKind, FaultReport, Severity
from app.models.geounit import split_geounit_id
from app.models.ids import AccountId, GeoUnitId
from app.models.reports import ClaimKind
from app.services.alignment import NOBODY
from app.services.contiguity.parts import PartKind
from app.services.drawn_polygons import points_inside
from app.services.faults.facts import CheckFacts
from app.services.faults.regions import enclosing, holes
from app.services.lock_digest import lock_digest
from app.services.overlap import overlap_report
from app.services.overlaps.claim_items import unserved_units

LongArray = npt.NDArray[np.int64]


def find_faults(facts: CheckFacts) -> FaultReport:
    """Every finding, by kind in the order of `FaultKind` and then by worth, the largest first.

    What is unfinished, such as areas that nobody holds yet, is to do and no fault; a territory
    outside the tolerance is a fault only once every account that has a place is served.
    """
    is_finished = not (facts.served[facts.accounts.is_placed] == NOBODY).any()
    found = [fault for check in _CHECKS for fault in check(facts)]
    found += _outside_tolerance(facts, is_finished=is_finished)
    order = {kind: at for at, kind in enumerate(FaultKind)}
    found.sort(
        key=lambda fault: (order[fault.kind], -fault.value, -fault.account_count, fault.name)
    )
    return FaultReport(tuple(found), is_finished)


def _in_parts(facts: CheckFacts) -> list[Fault]:
    """Territories of which something is cut off, and those on islands that nothing links.

    Territories that need not hang together are left out.
    """
    found: list[Fault] = []
    parts = facts.parts
    for kind, part_kind, severity in (
        (FaultKind.NOT_CONNECTED, PartKind.CUT_OFF, Severity.FAULT),
        (FaultKind.ISLAND, PartKind.ISLAND, Severity.TO_DO),
    ):
        divided: list[int] = np.unique(parts.territory[parts.kind == part_kind]).tolist()
        for territory in divided:
            if not facts.territories[territory].must_connect:
                continue
            chosen = [part for part in parts.of(territory) if parts.kind[part] == part_kind]
            nodes = [parts.nodes(part) for part in chosen]
            found.append(facts.fault(kind, severity, [territory], np.concatenate(nodes), nodes))
    return found


def _enclaves(facts: CheckFacts) -> list[Fault]:
    """Parts of a territory that lie wholly inside another one.

    A territory that lies inside another as a whole, as that of a city may, is for the user to
    judge.
    """
    parts, plan = facts.parts, facts.plan
    region = np.full(len(plan.graph), -1, dtype=np.int64)
    sizes = np.diff(parts.start)
    region[parts.node] = np.repeat(np.arange(len(parts)), sizes)
    around = enclosing(plan, region, len(parts))
    found: list[Fault] = []
    for part in np.flatnonzero(around >= 0).tolist():
        inner, outer = int(parts.territory[part]), int(around[part])
        may_be = parts.kind[part] == PartKind.MAIN or not facts.territories[inner].must_connect
        severity = Severity.TO_DO if may_be else Severity.FAULT
        nodes = parts.nodes(part)
        found.append(facts.fault(FaultKind.ENCLAVE, severity, [inner, outer], nodes))
    return found


def _holes(facts: CheckFacts) -> list[Fault]:
    return [
        facts.fault(FaultKind.HOLE, Severity.FAULT, [hole.around], hole.nodes)
        for hole in holes(facts.plan)
    ]


def _overlaps(facts: CheckFacts) -> list[Fault]:
    report = overlap_report(
        facts.alignment,
        facts.accounts,
        facts.served,
        facts.values,
        facts.geography,
        facts.direct,
    )
    return [
        Fault(
            kind=FaultKind.OVERLAP,
            severity=Severity.FAULT,
            territory_ids=item.territory_ids,
            geounits=() if item.geounit_id is None else (item.geounit_id,),
            name=item.name,
            account_count=item.account_count,
            value=item.value,
            account_id=item.account_id if item.kind is ClaimKind.ACCOUNT else None,
        )
        for item in report.items
    ]


def _drawn_over_others(facts: CheckFacts) -> list[Fault]:
    """Drawn areas that lie over what other territories would serve; they come first there."""
    found: list[Fault] = []
    position = {territory.id: at for at, territory in enumerate(facts.territories)}
    lon, lat = facts.plan.graph.label_points()
    for area, rows in facts.drawn:
        nodes = np.union1d(points_inside(area.rings, lon, lat), facts.node[rows])
        nodes = nodes[nodes >= 0]
        owners = np.union1d(facts.plan.owner[nodes], facts.by_area[rows])
        own = position[area.territory_id]
        others = [at for at in owners.tolist() if at >= 0 and at != own]
        if not others:
            continue
        found.append(
            Fault(
                kind=FaultKind.DRAWN_OVER,
                severity=Severity.TO_DO,
                territory_ids=tuple(facts.territories[at].id for at in (own, *others)),
                geounits=facts.plan.graph.geounits(nodes),
                name=area.name,
                account_count=len(rows),
                value=float(facts.values[rows].sum()),
            )
        )
    return found


def _moved_though_locked(facts: CheckFacts) -> list[Fault]:
    """Locked territories that hold something else than when they were locked."""
    found: list[Fault] = []
    for position, territory in enumerate(facts.territories):
        if not territory.is_locked or not territory.lock_digest:
            continue
        digest = lock_digest(territory.id, facts.alignment, facts.geography.parent)
        if digest != territory.lock_digest:
            found.append(_about_territory(facts, FaultKind.LOCKED_MOVED, Severity.FAULT, position))
    return found


def _broken_locks(facts: CheckFacts) -> list[Fault]:
    """Accounts and areas that are locked for a territory and elsewhere."""
    found: list[Fault] = []
    for what, holder in facts.broken_locks.items():
        account = None if isinstance(what, str) else AccountId(what)
        geounits = (GeoUnitId(what),) if isinstance(what, str) else ()
        rows = _rows_of(facts, account, geounits)
        name = facts.geography.name(geounits[0]) if geounits else _names(facts, rows)
        found.append(
            Fault(
                kind=FaultKind.LOCK_BROKEN,
                severity=Severity.FAULT,
                territory_ids=(holder,),
                geounits=geounits,
                name=name,
                account_count=len(rows),
                value=float(facts.values[rows].sum()),
                account_id=account,
            )
        )
    return found


def _rows_of(
    facts: CheckFacts, account: AccountId | None, geounits: tuple[GeoUnitId, ...]
) -> LongArray:
    """Rows of one account, or of the accounts in an area."""
    if account is not None:
        return facts.accounts.rows_of([account])
    level, code = split_geounit_id(geounits[0])
    index = facts.geography.layer(level).index_of(code)
    return np.flatnonzero(facts.accounts.unit_index[level] == index)


def _names(facts: CheckFacts, rows: LongArray) -> str:
    names: list[str] = facts.accounts.text("name")[rows].tolist()
    return " and ".join(names)


def _together(facts: CheckFacts) -> list[Fault]:
    """Pairs of accounts that must stay apart, and whom they came to together."""
    found: list[Fault] = []
    for pair in facts.together:
        rows = facts.accounts.rows_of(pair)
        positions: list[int] = np.unique(facts.served[rows]).tolist()
        found.append(
            Fault(
                kind=FaultKind.TOGETHER,
                severity=Severity.FAULT,
                territory_ids=tuple(facts.territories[at].id for at in positions if at >= 0),
                geounits=(),
                name=_names(facts, rows),
                account_count=len(rows),
                value=float(facts.values[rows].sum()),
                account_id=pair[0],
            )
        )
    return found


def _empty(facts: CheckFacts) -> list[Fault]:
    """Territories that nothing is assigned to: no area, no account, no family, no rule."""
    return [
        _about_territory(facts, FaultKind.EMPTY, Severity.TO_DO, position)
        for position, territory in enumerate(facts.territories)
        if territory.id in facts.leaves and territory.id not in facts.holders
    ]


def _unassigned(facts: CheckFacts) -> list[Fault]:
    """Areas with accounts that nobody serves, and all such accounts that have no place."""
    graph, accounts = facts.plan.graph, facts.accounts
    nobody = np.flatnonzero(facts.served == NOBODY)
    unit = unserved_units(graph, accounts.unit_index, nobody)
    units, slots = np.unique(unit, return_inverse=True)
    counts = np.bincount(slots, minlength=len(units))
    sums = np.bincount(slots, weights=facts.values[nobody], minlength=len(units))
    found: list[Fault] = []
    for number, count, value in zip(units.tolist(), counts.tolist(), sums.tolist(), strict=True):
        geounits = graph.borders.geounits([number] if number >= 0 else [])
        name = facts.geography.name(geounits[0]) if geounits else "No place on the map"
        found.append(Fault(FaultKind.UNASSIGNED, Severity.TO_DO, (), geounits, name, count, value))
    return found


def _outside_tolerance(facts: CheckFacts, *, is_finished: bool) -> list[Fault]:
    severity = Severity.FAULT if is_finished else Severity.TO_DO
    return [
        Fault(
            kind=FaultKind.OUTSIDE_TOLERANCE,
            severity=severity,
            territory_ids=(row.territory_id,),
            geounits=facts.alignment.units_of(row.territory_id),
            name="",
            account_count=row.account_count,
            value=row.total,
            deviation_fraction=row.deviation_fraction,
        )
        for row in facts.balance.rows
        if row.territory_id is not None and row.is_within_tolerance is False
    ]


def _about_territory(
    facts: CheckFacts, kind: FaultKind, severity: Severity, position: int
) -> Fault:
    """A finding about a territory as a whole."""
    territory = facts.territories[position].id
    mine = facts.served == position
    return Fault(
        kind=kind,
        severity=severity,
        territory_ids=(territory,),
        geounits=facts.alignment.units_of(territory),
        name="",
        account_count=int(mine.sum()),
        value=float(facts.values[mine].sum()),
    )


_CHECKS: tuple[Callable[[CheckFacts], list[Fault]], ...] = (
    *(_in_parts, _enclaves, _holes, _overlaps),
    *(_moved_though_locked, _broken_locks, _together),
    *(_drawn_over_others, _empty, _unassigned),
)
