# SPDX-License-Identifier: MIT
"""Plans that tests import several tables into, as the window does."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from app.services.commands.base import Edit
from app.services.geography.geography import Geography
from app.services.history import EditHistory
from app.services.importing.commands import import_command
from app.services.importing.draft import GoneChoice, ImportDraft, ProblemKind
from app.services.importing.fields import TableKind
from app.services.importing.guessing import guess_mapping
from app.services.importing.job import TableInHand, kinds_of, prepare_all, take_in_hand
from app.services.importing.reading_plan import read_current_plan
from app.services.importing.repairs import Repair, Repairs
from app.services.importing.table import ImportedTable
from app.services.store.store import Store
from tests.helpers.shared import ROOT


@cache
def shipped_geography() -> Geography:
    """The areas that come with the program."""
    return Geography.load(Path(ROOT) / "resources" / "geo")


def hands_of(store: Store, *tables: ImportedTable) -> list[TableInHand]:
    """The tables as guessed."""
    current = read_current_plan(store, ())
    return [take_in_hand(n, None, table, current) for n, table in enumerate(tables)]


def as_kind(store: Store, table: ImportedTable, kind: TableKind) -> TableInHand:
    """A table of which the user said what it is."""
    current = read_current_plan(store, ())
    hand = take_in_hand(0, None, table, current)
    return replace(hand, mapping=guess_mapping(table, current, kind))


def drafts_of(store: Store, hands: Sequence[TableInHand]) -> list[ImportDraft]:
    """What importing these tables together would do, in the order of writing."""
    current = read_current_plan(store, kinds_of(hands))
    return [*prepare_all(hands, current, shipped_geography()).values()]


def write_drafts(store: Store, drafts: Sequence[ImportDraft]) -> None:
    """Write drafts in one step."""
    command = import_command(*drafts)
    EditHistory(store).run(command.label, lambda tx: command.apply(Edit(tx, shipped_geography())))


def bring_in(store: Store, *tables: ImportedTable) -> list[ImportDraft]:
    """Import tables together as guessed, in one step."""
    drafts = drafts_of(store, hands_of(store, *tables))
    write_drafts(store, drafts)
    return drafts


def again(
    store: Store,
    table: ImportedTable,
    *,
    repairs: Repairs | None = None,
    gone: GoneChoice = GoneChoice.FLAG,
    takes_file: bool = False,
) -> ImportDraft:
    """Import one table with decisions."""
    (hand,) = hands_of(store, table)
    hand = replace(hand, gone=gone, takes_file=takes_file, repairs=repairs or hand.repairs)
    (draft,) = drafts_of(store, [hand])
    write_drafts(store, [draft])
    return draft


def repair_in(draft: ImportDraft, kind: ProblemKind) -> Repair:
    """The repair that the one problem of a kind offers."""
    (found,) = (p.repair for p in draft.problems if p.kind is kind)
    assert found is not None
    return found
