# SPDX-License-Identifier: MIT
"""Drafting an import of the roster: which rep holds which territory, in which role, when."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.models.changes import Changes
from app.models.days import date_of
from app.models.ids import RepId, TerritoryId
from app.models.rep import RosterEntry, RosterRole
from app.models.rows import Cell
from app.services.commands.roster import ROSTER_COLUMNS
from app.services.importing.draft import ImportDraft, ProblemKind
from app.services.importing.fields import TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.goal_draft import found_reps
from app.services.importing.mapping import Mapping
from app.services.importing.outcomes import Outcome
from app.services.importing.problems import ProblemList, counted
from app.services.importing.record_columns import number_column, optional_days, text_or_empty
from app.services.importing.stages import flag
from app.services.importing.table import ImportedTable
from app.services.importing.territory_rows import found_territories
from app.services.importing.writes import DeleteRows, PutRows, RowBlock

_SCENARIO = 1
_ROLE_WORDS = (
    (
        RosterRole.BACKUP,
        re.compile(r"back.?up|substitute|stand.?in|deput|cover|vertret", re.IGNORECASE),
    ),
    (
        RosterRole.OVERLAY,
        re.compile(r"overlay|special|engineer|pre.?sales|consult|expert", re.IGNORECASE),
    ),
    (
        RosterRole.ADDITIONAL,
        re.compile(r"addition|secondary|second|co-|shared|assist", re.IGNORECASE),
    ),
    (RosterRole.PRIMARY, re.compile(r"primary|owner|lead|main|first", re.IGNORECASE)),
)
_Key = tuple[TerritoryId, RepId, RosterRole]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that names a territory and a rep of the plan.

    Attributes:
        role: As the file says, or None.
        share: 0 to 1, or None where the file says nothing.
        start_on, end_on: ISO dates, or None where the file has no such column.
    """

    row: int
    territory: TerritoryId
    rep: RepId
    role: RosterRole | None
    share: float | None
    start_on: str | None
    end_on: str | None


def draft_roster(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of this roster would do.

    For the territories that the file names, it is the whole truth about who holds them now and
    later: of reps of whom it says no role, the first one holds the territory and the others are
    additional, and reps that the plan has there and the file has not are taken off. Entries that
    ended with a date are kept as history.
    """
    current, problems = given.current, ProblemList(table)
    today = given.choices.today
    lines = _lines(table, mapping, given, problems)
    before = {_key(entry): entry for entry in current.roster}
    entry_by_row = _entries(lines, before, today)
    kept = {_key(entry): entry for entry in entry_by_row.values()}
    named = {line.territory for line in lines}
    gone = [
        key
        for key, entry in before.items()
        if key[0] in named and key not in kept and not _has_ended(entry, today)
    ]
    _set_outcomes(entry_by_row, before, problems)
    fresh = [entry for key, entry in kept.items() if before.get(key) != entry]
    touched = (*(_key(entry) for entry in fresh), *gone)
    return finished_draft(
        TableKind.ROSTER,
        problems,
        current,
        writes=(
            DeleteRows("roster", tuple(_cells(key) for key in sorted(gone, key=_sorted))),
            PutRows("roster", _block(fresh)),
        ),
        changes=Changes(territories=frozenset(named), reps=frozenset(rep for _, rep, _ in touched)),
        plan_after=lambda: replace(
            current,
            roster=_roster_after(before, gone, kept),
        ),
    )


def _set_outcomes(
    entry_by_row: dict[int, RosterEntry], before: dict[_Key, RosterEntry], problems: ProblemList
) -> None:
    for row, entry in entry_by_row.items():
        known = before.get(_key(entry))
        outcome = Outcome.ADDED if known is None else Outcome.UPDATED
        outcome = Outcome.UNCHANGED if known == entry else outcome
        problems.outcomes.set([row], outcome, [int(entry.territory_id)])


def _roster_after(
    before: dict[_Key, RosterEntry], gone: list[_Key], kept: dict[_Key, RosterEntry]
) -> frozenset[RosterEntry]:
    left = {key: entry for key, entry in before.items() if key not in gone}
    return frozenset((left | kept).values())


def role_of(text: str) -> RosterRole | None:
    """The role that words of a file mean, or None where they mean none of ours."""
    return next((role for role, pattern in _ROLE_WORDS if pattern.search(text)), None)


def _lines(
    table: ImportedTable, mapping: Mapping, given: Given, problems: ProblemList
) -> list[_Line]:
    """The rows that count, in the order of the file."""
    territories = found_territories(table, mapping, given.current, problems)
    reps = found_reps(table, mapping.header_for("rep") or "", given.current, problems)
    first, last = (_dates(table, mapping, field, problems) for field in ("first_day", "last_day"))
    _skip_inactive(table, mapping, last, problems)
    shares = np.nan_to_num(number_column(table, mapping, "share", problems), nan=-1.0)
    roles = text_or_empty(table, mapping, "role").tolist()
    lines: list[_Line] = []
    for row, (territory, rep) in enumerate(zip(territories, reps, strict=True)):
        if territory is None or rep is None or problems.outcomes.is_skipped[row]:
            continue
        # A share above 1 is a percentage without its sign.
        share = float(shares[row]) / (100.0 if shares[row] > 1 else 1.0)
        lines.append(
            _Line(
                *(row, territory, rep.id, role_of(roles[row])),
                share if 0 <= share <= 1 else None,
                first[row] if first is not None else None,
                last[row] if last is not None else None,
            )
        )
    return lines


def _entries(
    lines: Sequence[_Line], before: dict[_Key, RosterEntry], today: str
) -> dict[int, RosterEntry]:
    """The roster entry of each row; of rows with the same rep and role the last one counts."""
    has_primary = {
        line.territory
        for line in lines
        if line.role is RosterRole.PRIMARY and not _is_over(line.end_on, today)
    }
    entry_by_row: dict[int, RosterEntry] = {}
    for line in lines:
        role = line.role
        if role is None:
            is_over = _is_over(line.end_on, today)
            is_first = is_over or line.territory not in has_primary
            role = RosterRole.PRIMARY if is_first else RosterRole.ADDITIONAL
            if not is_over:
                has_primary.add(line.territory)
        known = before.get((line.territory, line.rep, role))
        entry = known or RosterEntry(line.territory, line.rep, role, -1.0)
        share = entry.share_fraction if line.share is None else line.share
        start = entry.start_on if line.start_on is None else line.start_on
        end = entry.end_on if line.end_on is None else line.end_on
        if start and end and end < start:
            end = ""
        entry_by_row[line.row] = replace(entry, share_fraction=share, start_on=start, end_on=end)
    return dict(_with_shares(entry_by_row, today))


def _with_shares(
    entry_by_row: dict[int, RosterEntry], today: str
) -> Iterable[tuple[int, RosterEntry]]:
    """The entries, those without a share sharing what the others of their role leave equally."""
    given: dict[tuple[TerritoryId, RosterRole], dict[RepId, float]] = defaultdict(dict)
    for entry in entry_by_row.values():
        if not _has_ended(entry, today):
            given[entry.territory_id, entry.role][entry.rep_id] = entry.share_fraction
    for row, entry in entry_by_row.items():
        if entry.share_fraction >= 0:
            yield row, entry
            continue
        shares = given[entry.territory_id, entry.role].values()
        open_count = Counter(share < 0 for share in shares)[True]
        left = max(0.0, 1.0 - sum(share for share in shares if share > 0))
        share = 1.0 if _has_ended(entry, today) or not open_count else left / open_count
        yield row, replace(entry, share_fraction=share)


def _dates(
    table: ImportedTable, mapping: Mapping, field: str, problems: ProblemList
) -> list[str] | None:
    """ISO dates, empty where a cell has none; None where no column is given to the field."""
    if mapping.header_for(field) is None:
        return None
    found = optional_days(table, mapping, field, problems)
    return ["" if day is None else date_of(day).isoformat() for day in found]


def _skip_inactive(
    table: ImportedTable, mapping: Mapping, last: list[str] | None, problems: ProblemList
) -> None:
    """Leave out entries that are said to be inactive without a date on which they ended."""
    header = mapping.header_for("is_active")
    if header is None:
        return
    cells = table.columns[header].tolist()
    ended = [
        row
        for row, cell in enumerate(cells)
        if cell.strip() and not flag(cell) and not (last and last[row])
    ]
    problems.skip(
        ProblemKind.ENDED,
        ended,
        sentence=f"{counted(len(ended), 'entry is', 'entries are')} not active",
        effect="They are left out: without a date nobody knows when they were.",
        remedy="Nothing to do, unless they are active.",
        reason="The entry is not active.",
    )


def _is_over(end_on: str | None, today: str) -> bool:
    return bool(end_on and today and end_on < today)


def _has_ended(entry: RosterEntry, today: str) -> bool:
    return _is_over(entry.end_on, today)


def _key(entry: RosterEntry) -> _Key:
    return entry.territory_id, entry.rep_id, entry.role


def _sorted(key: _Key) -> tuple[int, int, str]:
    return int(key[0]), int(key[1]), key[2].value


def _cells(key: _Key) -> tuple[Cell, ...]:
    territory, rep, role = key
    return _SCENARIO, territory, rep, role.value


def _block(entries: Sequence[RosterEntry]) -> RowBlock:
    rows = [
        (*_cells(_key(entry)), entry.share_fraction, entry.start_on, entry.end_on)
        for entry in sorted(entries, key=lambda entry: _sorted(_key(entry)))
    ]
    return RowBlock(ROSTER_COLUMNS, tuple(zip(*rows, strict=True)))
