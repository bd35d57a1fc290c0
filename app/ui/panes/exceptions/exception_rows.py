# SPDX-License-Identifier: MIT
"""The exceptions of a plan by kind, each with where it is, why, since when and by whom."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.services.store.edit_log import EditLog, LogLine
from app.services.workspace import Workspace
from app.ui.panes.account_columns import DISPUTED_TEXT, UNASSIGNED_TEXT

_FEWEST_IN_FAMILY = 2


class ExceptionKind(Enum):
    """What can hold whatever rules and areas say; the values are the words of the list."""

    NAMED = "Named accounts"
    FAMILIES = "Families"
    APART = "Kept apart"
    ACCOUNT_LOCKS = "Locked accounts"
    AREA_LOCKS = "Locked areas"
    TERRITORY_LOCKS = "Locked territories"


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One exception.

    Attributes:
        name: Of the account, family, pair, area or territory.
        served: Who serves it, in words.
        territory: Its territory where it is one.
        why: Note or reason, may be empty.
        log: When and by whom it was set, or None where that is not known.
        accounts: The accounts that it is about.
        geounit: The area that it is about.
        family: The family that was given to a territory.
        count: How many accounts it holds.
    """

    name: str
    served: str
    territory: TerritoryId | None = None
    why: str = ""
    log: LogLine | None = None
    accounts: tuple[AccountId, ...] = ()
    geounit: GeoUnitId | None = None
    family: str = ""
    count: int = 1


def exception_rows(workspace: Workspace, kind: ExceptionKind) -> list[ExceptionRow]:
    """The exceptions of one kind in the sales force that is shown."""
    makers: dict[ExceptionKind, Callable[[Workspace], list[ExceptionRow]]] = {
        ExceptionKind.NAMED: _named,
        ExceptionKind.FAMILIES: _families,
        ExceptionKind.APART: _apart,
        ExceptionKind.ACCOUNT_LOCKS: _account_locks,
        ExceptionKind.AREA_LOCKS: _area_locks,
        ExceptionKind.TERRITORY_LOCKS: _territory_locks,
    }
    return makers[kind](workspace)


def exception_counts(workspace: Workspace) -> dict[ExceptionKind, int]:
    """How many there are of each kind, without making their rows."""
    state = workspace.state
    locked = sum(territory.is_locked for territory in workspace.territories)
    return {
        ExceptionKind.NAMED: len(state.alignment.accounts),
        ExceptionKind.FAMILIES: len(state.serving.family_claims)
        + len(_followed(workspace) if state.serving.keeps_families else ()),
        ExceptionKind.APART: len(workspace.forces.apart),
        ExceptionKind.ACCOUNT_LOCKS: len(state.account_locks),
        ExceptionKind.AREA_LOCKS: len(state.geounit_locks),
        ExceptionKind.TERRITORY_LOCKS: locked,
    }


def _named(workspace: Workspace) -> list[ExceptionRow]:
    named = workspace.state.alignment.accounts
    return _of_accounts(workspace, {each: tuple(sorted(by)) for each, by in named.items()})


def _account_locks(workspace: Workspace) -> list[ExceptionRow]:
    locks = workspace.state.account_locks
    return _of_accounts(workspace, {each: (territory,) for each, territory in locks.items()})


def _of_accounts(
    workspace: Workspace, holders: dict[AccountId, tuple[TerritoryId, ...]]
) -> list[ExceptionRow]:
    names = _account_names(workspace, sorted(holders))
    log = EditLog(workspace.document.store)
    lines = log.last_of_accounts(workspace.state.scenario, list(names))
    locked = workspace.state.account_locks
    return [
        ExceptionRow(
            name,
            _territory_words(workspace, holders[account]),
            holders[account][0] if len(holders[account]) == 1 else None,
            _why_named(lines.get(account), is_locked=account in locked),
            lines.get(account),
            (account,),
        )
        for account, name in names.items()
    ]


def _why_named(line: LogLine | None, *, is_locked: bool) -> str:
    said = "" if line is None else line.label
    return f"Locked. {said}".strip() if is_locked and "Lock" not in said else said


def _families(workspace: Workspace) -> list[ExceptionRow]:
    serving = workspace.state.serving
    families = serving.families(workspace.accounts)
    sizes = np.bincount(families.of_account + 1, minlength=len(families) + 1)[1:].tolist()
    rows: list[ExceptionRow] = []
    for family, holders in sorted(serving.family_claims.items()):
        number = families.number_of(family)
        rows.append(
            ExceptionRow(
                family,
                _territory_words(workspace, sorted(holders)),
                next(iter(holders)) if len(holders) == 1 else None,
                "Given to the territory as a whole",
                accounts=_members(workspace, number),
                family=family,
                count=sizes[number] if number >= 0 else 0,
            )
        )
    if serving.keeps_families:
        rows += [_follower(workspace, number, sizes[number]) for number in _followed(workspace)]
    return rows


def _followed(workspace: Workspace) -> list[int]:
    """Numbers of the families of several accounts that follow their head."""
    serving = workspace.state.serving
    families = serving.families(workspace.accounts)
    sizes = np.bincount(families.of_account + 1, minlength=len(families) + 1)[1:]
    several: list[int] = np.flatnonzero(sizes >= _FEWEST_IN_FAMILY).tolist()
    return [each for each in several if families.names[each] not in serving.family_claims]


def _follower(workspace: Workspace, number: int, size: int) -> ExceptionRow:
    families = workspace.state.serving.families(workspace.accounts)
    head = int(families.head[number])
    position = int(workspace.account_territory[head])
    name = str(workspace.accounts.text("name")[head])
    return ExceptionRow(
        families.names[number],
        _position_words(workspace, position),
        workspace.territories[position].id if position >= 0 else None,
        f"Follows {name}",
        accounts=_members(workspace, number),
        count=size,
    )


def _members(workspace: Workspace, number: int) -> tuple[AccountId, ...]:
    if number < 0:
        return ()
    rows = workspace.state.serving.families(workspace.accounts).members(number)
    return tuple(AccountId(each) for each in workspace.accounts.ids[rows].tolist())


def _apart(workspace: Workspace) -> list[ExceptionRow]:
    pairs = workspace.forces.apart
    ids = sorted({each for pair in pairs for each in (pair.account, pair.other)})
    names = _account_names(workspace, ids)
    served = workspace.account_territory
    rows: list[ExceptionRow] = []
    for pair in pairs:
        both = (pair.account, pair.other)
        where = [
            _position_words(workspace, int(served[workspace.accounts.row_of(each)]))
            for each in both
        ]
        name = " – ".join(names.get(each, "") for each in both)
        rows.append(ExceptionRow(name, " / ".join(where), why=pair.note, accounts=both, count=2))
    return rows


def _area_locks(workspace: Workspace) -> list[ExceptionRow]:
    locks = sorted(workspace.state.geounit_locks.items())
    return [
        ExceptionRow(
            workspace.geography.name(unit),
            _territory_words(workspace, (territory,)),
            territory,
            geounit=unit,
            count=len(workspace.holdings.accounts_in(unit)),
        )
        for unit, territory in locks
    ]


def _territory_locks(workspace: Workspace) -> list[ExceptionRow]:
    held = np.bincount(
        workspace.account_territory[workspace.account_territory >= 0],
        minlength=len(workspace.territories),
    ).tolist()
    return [
        ExceptionRow(territory.name, territory.name, territory.id, count=held[position])
        for position, territory in enumerate(workspace.territories)
        if territory.is_locked
    ]


def _account_names(workspace: Workspace, ids: Sequence[AccountId]) -> dict[AccountId, str]:
    """Names of the accounts that the plan has; of a large plan, without reading all names."""
    accounts = workspace.accounts
    rows = accounts.rows_of(ids)
    known = [AccountId(each) for each in accounts.ids[rows].tolist()]
    texts = accounts.repository.text_column("name", known)
    codes = accounts.repository.text_column("external_id", known)
    pairs = zip(known, texts.tolist(), codes.tolist(), strict=True)
    return {account: str(name or code) for account, name, code in pairs}


def _territory_words(workspace: Workspace, territories: Iterable[TerritoryId]) -> str:
    known = [each for each in territories if workspace.has_territory(each)]
    return " / ".join(workspace.territory(each).name for each in known)


def _position_words(workspace: Workspace, position: int) -> str:
    if position >= 0:
        return workspace.territories[position].name
    return UNASSIGNED_TEXT if position == -1 else DISPUTED_TEXT
