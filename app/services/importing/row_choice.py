# SPDX-License-Identifier: MIT
"""Which rows of a table count: one per id, and none without an id."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.importing.draft import ProblemKind
from app.services.importing.problems import ProblemList, counted
from app.services.importing.table import TextColumn

_KIND_RANK = {
    "main office": 0,
    "main": 0,
    "headquarters": 0,
    "head office": 0,
    "hq": 0,
    "primary": 0,
    "billing": 1,
    "bill to": 1,
    "office": 1,
    "business": 1,
    "home": 2,
    "mailing": 2,
    "": 3,
    "other": 5,
    "shipping": 6,
    "ship to": 6,
    "delivery": 6,
    "archive": 7,
}
_UNKNOWN_RANK = 4
_ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """The rows that count, and the place of each in the plan.

    Attributes:
        new: Positions in the table of rows whose id the plan does not have.
        known: Positions in the table of rows whose id it has.
        known_at: For each row of `known`, the position of its account in the plan.
        merged, merged_at: Rows of ids that were merged into an account which has a row of its own,
            and the position of that account; only their numbers count.
    """

    new: npt.NDArray[np.int64]
    known: npt.NDArray[np.int64]
    known_at: npt.NDArray[np.int64]
    merged: npt.NDArray[np.int64]
    merged_at: npt.NDArray[np.int64]


def choose_rows(
    ids: TextColumn,
    address_kind: TextColumn | None,
    row_by_id: dict[str, int],
    problems: ProblemList,
    id_header: str | None,
) -> ChosenRows:
    """One row per id: the main office where kinds of address are known, else the last one."""
    best = _best_row_by_id(ids, address_kind)
    if len(best) < len(ids):
        _report_repeats(ids, address_kind, best, problems, id_header)
        _report_missing(ids, problems)
    _report_similar(ids, best, problems)
    rows = np.fromiter(best.values(), dtype=np.int64, count=len(best))
    at = np.fromiter((row_by_id.get(text, -1) for text in best), np.int64, count=len(best))
    order = np.argsort(rows)
    rows, at = rows[order], at[order]
    new, known, at = rows[at < 0], rows[at >= 0], at[at >= 0]
    is_merged = _is_merged(ids, known, at, row_by_id)
    merged, merged_at = known[is_merged], at[is_merged]
    for row in merged.tolist():
        problems.outcomes.note([row], "Its account was merged into another, which takes it.")
    return ChosenRows(new, known[~is_merged], at[~is_merged], merged, merged_at)


def _is_merged(
    ids: TextColumn,
    rows: npt.NDArray[np.int64],
    at: npt.NDArray[np.int64],
    row_by_id: dict[str, int],
) -> npt.NDArray[np.bool_]:
    """Per row, whether another row of the file stands for the same account.

    The row with the account's own id stands for it, or the first where there is none.
    """
    is_merged = np.zeros(len(rows), dtype=bool)
    if len(np.unique(at)) == len(at):
        return is_merged
    # The account's own id is found before ids that were merged into it.
    own_by_account: dict[int, str] = {}
    for text, place in row_by_id.items():
        own_by_account.setdefault(place, text)
    chosen: dict[int, int] = {}
    for position, (row, place) in enumerate(zip(rows.tolist(), at.tolist(), strict=True)):
        before = chosen.get(place)
        if before is None or ids[row] == own_by_account[place]:
            chosen[place] = position
    is_merged[:] = True
    is_merged[[*chosen.values()]] = False
    return is_merged


def _report_missing(ids: TextColumn, problems: ProblemList) -> None:
    missing = [row for row, text in enumerate(ids) if not text]
    problems.skip(
        ProblemKind.NO_ID,
        missing,
        sentence=f"{counted(len(missing), 'row has', 'rows have')} no id",
        effect="They are left out.",
        remedy="Fill in the id in the file and import it again.",
        details=[": the id is empty."] * len(missing),
        reason="The id is empty.",
    )


def _best_row_by_id(ids: TextColumn, address_kind: TextColumn | None) -> dict[str, int]:
    best: dict[str, int] = {}
    if address_kind is None:
        listed = ids.tolist()
        # Part by part: one update of a million would keep the window waiting.
        for start in range(0, len(listed), _ROWS_AT_ONCE):
            part = listed[start : start + _ROWS_AT_ONCE]
            best.update(zip(part, range(start, start + len(part)), strict=True))
        best.pop("", None)
        return best
    rank = [_KIND_RANK.get(kind.casefold(), _UNKNOWN_RANK) for kind in address_kind]
    for row, text in enumerate(ids):
        if text and (text not in best or rank[row] <= rank[best[text]]):
            best[text] = row
    return best


def _report_repeats(
    ids: TextColumn,
    address_kind: TextColumn | None,
    best: dict[str, int],
    problems: ProblemList,
    id_header: str | None,
) -> None:
    repeats = [row for row, text in enumerate(ids) if text and best[text] != row]
    seconds: list[int] = []
    if address_kind is not None:
        seconds = [r for r in repeats if address_kind[r] != address_kind[best[ids[r]]]]
        chosen = set(seconds)
        repeats = [row for row in repeats if row not in chosen]
    problems.skip(
        ProblemKind.SECOND_ADDRESS,
        seconds,
        sentence=f"{counted(len(seconds), 'row is', 'rows are')} another address of an account",
        effect="The main office is kept; the other addresses are left out.",
        remedy="Nothing to do, unless another address should count.",
        details=_address_details(seconds, ids, address_kind, best, problems),
        reason="Another address of this account is kept.",
    )
    problems.skip(
        ProblemKind.REPEATED_ID,
        repeats,
        sentence=f"{counted(len(repeats), 'row repeats', 'rows repeat')} an id",
        effect="The last row of each id counts; the others are left out.",
        remedy="Check whether the right column is the id.",
        details=problems.details(repeats, id_header, "comes again further down."),
        reason="The id comes again further down.",
    )


def _address_details(
    rows: Sequence[int],
    ids: TextColumn,
    address_kind: TextColumn | None,
    best: dict[str, int],
    problems: ProblemList,
) -> list[str]:
    if address_kind is None:
        return []
    return [
        f": {address_kind[row] or 'no kind'}, while {problems.row_name(best[ids[row]]).lower()} "
        f"is {address_kind[best[ids[row]]] or 'of no kind'}."
        for row in rows[:5]
    ]


def _report_similar(ids: TextColumn, best: dict[str, int], problems: ProblemList) -> None:
    """Ids that differ in upper and lower case only: often one id that a program changed."""
    if len({text.casefold() for text in best}) == len(best):
        return
    first: dict[str, str] = {}
    similar: list[int] = []
    for text, row in best.items():
        other = first.setdefault(text.casefold(), text)
        if other != text:
            similar.append(row)
    problems.add(
        ProblemKind.SIMILAR_ID,
        similar,
        sentence=f"{counted(len(similar), 'id differs', 'ids differ')} from another only in upper "
        "and lower case",
        effect="They are imported as accounts of their own.",
        remedy="Check whether a program changed the case of your ids.",
        details=[f': "{ids[row]}" and "{first[ids[row].casefold()]}".' for row in similar[:5]],
    )
