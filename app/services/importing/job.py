# SPDX-License-Identifier: MIT
"""One import of several tables: what the import window shows and asks, without the window."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from app.services.geography.geography import Geography
from app.services.geography.placement import place
from app.services.importing.choices import Choices
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import GoneChoice, ImportDraft
from app.services.importing.drafting import prepare
from app.services.importing.fields import TableKind
from app.services.importing.given import Given
from app.services.importing.guessing import guess_mapping
from app.services.importing.mapping import Mapping, header_signature
from app.services.importing.repairs import Repairs, is_repair_sheet, rows_of_sheet
from app.services.importing.table import ImportedTable, ReadOptions, Watch

_ORDER = {kind: place for place, kind in enumerate(TableKind)}
_NAMES_TERRITORIES = frozenset((TableKind.TERRITORIES, TableKind.TERRITORY_AREAS))


@dataclass(frozen=True, slots=True)
class TableInHand:
    """One table on its way into the plan.

    Attributes:
        number: Tells it from the others; stays when it is read again.
        path: The file, None for pasted cells.
        options: How the user wants it read.
        is_included: The user wants it imported.
        takes_file: See `Choices.takes_file`.
        is_second: The same table is also imported as something else, by which it is remembered.
    """

    number: int
    path: Path | None
    table: ImportedTable
    mapping: Mapping
    options: ReadOptions = field(default_factory=ReadOptions)
    is_included: bool = True
    repairs: Repairs = field(default_factory=Repairs)
    gone: GoneChoice = GoneChoice.FLAG
    takes_file: bool = False
    is_second: bool = False

    @property
    def name(self) -> str:
        """The file's name, with the sheet where the workbook has several."""
        sheet = self.table.sheet if len(self.table.sheets) > 1 else ""
        return f"{self.table.file_name} – {sheet}" if sheet else self.table.file_name

    @property
    def is_ready(self) -> bool:
        """Whether its columns say enough for it to be imported."""
        return self.mapping.has_identity

    @property
    def choices(self) -> Choices:
        """What the user decided, as a draft takes it."""
        today = dt.datetime.now().astimezone().date().isoformat()
        return Choices(self.repairs, self.gone, self.takes_file, today)


def take_in_hand(
    number: int,
    path: Path | None,
    table: ImportedTable,
    current: CurrentPlan,
    options: ReadOptions | None = None,
) -> TableInHand:
    """A table with what its columns are guessed to be, and the repairs of its last import."""
    return TableInHand(
        number,
        path,
        table,
        guess_mapping(table, current),
        options or ReadOptions(),
        repairs=current.remembered_repairs.get(header_signature(table.headers), Repairs()),
    )


def with_repair_sheets(tables: Sequence[TableInHand]) -> tuple[TableInHand, ...]:
    """The tables with repair sheets among them put into the tables that they mend.

    A sheet mends the table that has all of its columns; one that mends none stays a table.
    """
    left: list[TableInHand] = []
    sheets: list[TableInHand] = []
    for hand in tables:
        (sheets if is_repair_sheet(hand.table.headers) else left).append(hand)
    for sheet in sheets:
        wanted = set(sheet.table.headers)
        place = next(
            (at for at, hand in enumerate(left) if set(hand.table.headers) <= wanted), None
        )
        if place is None:
            left.append(sheet)
            continue
        rows = rows_of_sheet(sheet.table, left[place].table)
        left[place] = replace(left[place], repairs=left[place].repairs.with_rows(rows))
    return tuple(left)


def with_rosters(tables: Sequence[TableInHand], current: CurrentPlan) -> tuple[TableInHand, ...]:
    """The tables, with lists of reps that name each rep's territory taken as rosters as well.

    Only where nothing else is a roster, and the plan or another table has the territories. A plan
    that says already who holds what is not overruled unless the user includes the roster.
    """
    kinds = {hand.mapping.kind for hand in tables}
    if TableKind.ROSTER in kinds:
        return tuple(tables)
    known = {text for t in current.territories for text in (t.name, t.external_id) if text}
    made: list[TableInHand] = []
    for hand in tables:
        if hand.mapping.kind is not TableKind.REPS:
            continue
        mapping = guess_mapping(hand.table, current, TableKind.ROSTER)
        header = mapping.header_for("territory")
        if header is None or not mapping.has_identity:
            continue
        if kinds & _NAMES_TERRITORIES or not known.isdisjoint(hand.table.columns[header].tolist()):
            number = max(other.number for other in (*tables, *made)) + 1
            is_included = hand.is_included and not current.roster
            made.append(
                replace(
                    hand,
                    number=number,
                    mapping=mapping,
                    is_second=True,
                    is_included=is_included,
                )
            )
    return (*tables, *made)


def prepare_all(
    tables: Sequence[TableInHand],
    current: CurrentPlan,
    geography: Geography,
    watch: Watch | None = None,
) -> dict[int, ImportDraft]:
    """What importing these tables together would do, by number, in the order of writing.

    Tables that others refer to come first, so that orders find the accounts of the same import.

    Args:
        current: The plan, read with the kinds of all tables.

    Raises:
        ImportProblem: A table cannot be imported as it is mapped.
        TaskCancelled: The user stopped it.
    """
    chosen = sorted(
        (hand for hand in tables if hand.is_included),
        key=lambda hand: (_ORDER[hand.mapping.kind], _needs_others(hand)),
    )
    drafts: dict[int, ImportDraft] = {}
    plan = current
    for place_, hand in enumerate(chosen):
        part = _part_of(watch or Watch(), place_, len(chosen))
        placer = partial(place, geography, watch=partial(_tell_placing, part))
        given = Given(plan, placer, geography, hand.choices, part)
        draft = prepare(hand.table, hand.mapping, given)
        headers = "" if hand.is_second else draft.headers
        drafts[hand.number] = replace(draft, file_name=hand.name, headers=headers)
        if place_ + 1 < len(chosen):
            plan = draft.plan_after()
    return drafts


def _tell_placing(watch: Watch, share: float) -> None:
    """Placing takes from a third to two thirds of a draft of accounts."""
    watch.at(0.3 + 0.3 * share, "Placing the accounts")


def kinds_of(tables: Sequence[TableInHand]) -> frozenset[TableKind]:
    """What the tables are, so that only those parts of the plan are read that they need."""
    return frozenset(hand.mapping.kind for hand in tables if hand.is_included)


def _needs_others(hand: TableInHand) -> bool:
    """Order lines come after their orders, territories after the regions above them."""
    if hand.mapping.kind is TableKind.TRANSACTIONS:
        return hand.mapping.header_for("account") is None
    return hand.mapping.kind is TableKind.TERRITORIES and bool(hand.mapping.header_for("parent"))


def _part_of(watch: Watch, place_: int, count: int) -> Watch:
    """The same watch, for one of several pieces of work."""
    report: Callable[[float, str], None] | None = None
    if watch.progress is not None:
        whole = watch.progress

        def report_part(share: float, sentence: str) -> None:
            whole((place_ + share) / count, sentence)

        report = report_part
    return Watch(report, watch.cancelled)
