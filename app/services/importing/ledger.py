# SPDX-License-Identifier: MIT
"""What came into the plan, import by import, down to every row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from app.models.rows import Cell
from app.services.importing.fields import WORDS_BY_KIND, TableKind
from app.services.importing.outcomes import RowOutcomes
from app.services.importing.repairs import Repairs
from app.services.store.store import Store


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One table that came in.

    Attributes:
        kind: None where a later version of the program wrote a kind that this one does not know.
        added, updated, unchanged, skipped: Rows; they sum to `row_count`.
        row_count: Rows of the file.
        gone: Accounts of the plan that the file lacked.
        profile: The kind of export that was recognised, may be empty.
    """

    id: int
    at_utc: str
    file_name: str
    kind: TableKind | None
    added: int
    updated: int
    unchanged: int
    skipped: int
    row_count: int
    gone: int = 0
    profile: str = ""

    @property
    def title(self) -> str:
        """What the rows are: "Accounts"."""
        return WORDS_BY_KIND[self.kind].title if self.kind else "Other"

    @property
    def accounted(self) -> int:
        """The sum of the four counts, which is every row of the file."""
        return self.added + self.updated + self.unchanged + self.skipped


@dataclass(frozen=True, slots=True)
class LedgerProblem:
    """What was found in a table when it came in.

    Attributes:
        kind: As `ProblemKind` names it.
        count: Rows (or cells) concerned.
    """

    kind: str
    sentence: str
    effect: str
    count: int


@dataclass(frozen=True, slots=True)
class LedgerDetail:
    """More about one table that came in.

    Attributes:
        problems: In the order in which the check page showed them.
        replaced: By header, the cell to what the user put instead.
        fields: Header to the key of the field that it was taken for.
    """

    problems: tuple[LedgerProblem, ...] = ()
    replaced: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


def read_ledger(store: Store) -> tuple[LedgerEntry, ...]:
    """All imports of the plan, newest first."""
    rows = store.rows(
        "SELECT id, at_utc, file_name, kind, added, updated, unchanged, skipped, row_count, gone,"
        " profile FROM import_ledger ORDER BY id DESC"
    )
    return tuple(_entry(row) for row in rows)


def read_detail(store: Store, entry: int) -> LedgerDetail:
    """What the ledger says about one import; nothing where it is damaged or gone."""
    rows = store.rows("SELECT detail FROM import_ledger WHERE id = ?", (entry,))
    content = _object(str(rows[0][0])) if rows else {}
    mapping = _as_object(content.get("mapping"))
    return LedgerDetail(
        tuple(_problems(content.get("problems"))),
        Repairs.from_json(json.dumps(content.get("repairs"))).by_value,
        {
            header: str(cast("list[Any]", column)[0])
            for header, column in _as_object(mapping.get("columns")).items()
            if isinstance(column, list) and column
        },
    )


def read_outcomes(store: Store, entry: int) -> str:
    """The packed outcomes of one import; `RowOutcomes.unpack` opens them.

    They are opened apart from this, as a worker should do it: a million rows take a moment.
    """
    rows = store.rows("SELECT outcomes FROM import_ledger WHERE id = ?", (entry,))
    return str(rows[0][0]) if rows else ""


def agrees(entry: LedgerEntry, outcomes: RowOutcomes) -> bool:
    """Whether the rows that are listed are those that were counted."""
    return outcomes.counts() == (entry.added, entry.updated, entry.unchanged, entry.skipped)


def _entry(row: Sequence[Cell]) -> LedgerEntry:
    number, at, name, kind, *amounts, profile = row
    added, updated, unchanged, skipped, row_count, gone = (int(amount or 0) for amount in amounts)
    return LedgerEntry(
        int(number or 0),
        str(at),
        str(name),
        _kind(str(kind)),
        *(added, updated, unchanged, skipped),
        row_count=row_count,
        gone=gone,
        profile=str(profile),
    )


def _kind(text: str) -> TableKind | None:
    return next((kind for kind in TableKind if kind.value == text), None)


def _object(text: str) -> dict[str, Any]:
    try:
        return _as_object(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _as_object(content: object) -> dict[str, Any]:
    return cast("dict[str, Any]", content) if isinstance(content, dict) else {}


def _problems(content: object) -> list[LedgerProblem]:
    found: list[LedgerProblem] = []
    for item in cast("list[Any]", content) if isinstance(content, list) else []:
        try:
            kind, sentence, effect, count = item
            found.append(LedgerProblem(str(kind), str(sentence), str(effect), int(count)))
        except (ValueError, TypeError):
            continue
    return found
