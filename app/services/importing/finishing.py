# SPDX-License-Identifier: MIT
"""A draft from what the reading of one table has found."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypedDict, Unpack

from app.models.account import PlacedBy
from app.models.changes import Changes
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import Gone, ImportDraft, OwnerSummary
from app.services.importing.fields import TableKind
from app.services.importing.problems import ProblemList
from app.services.importing.writes import Write


class _Found(TypedDict, total=False):
    """What only some kinds of tables tell; the meanings are those of `ImportDraft`."""

    changed_fields: Mapping[str, int]
    owners: OwnerSummary
    new_measures: tuple[str, ...]
    measures: tuple[str, ...]
    placed: Mapping[PlacedBy, int]
    gone: Gone
    orders_replaced: int


def finished_draft(
    kind: TableKind,
    problems: ProblemList,
    current: CurrentPlan,
    *,
    writes: Iterable[Write],
    changes: Changes,
    plan_after: Callable[[], CurrentPlan],
    **found: Unpack[_Found],
) -> ImportDraft:
    """The draft of one table, without the writes that write nothing.

    Args:
        kind: What the rows are.
        problems: Gives the table, its problems and what becomes of its rows.
        current: The plan that it was prepared for.
        writes: In the order in which they are carried out.
        changes: What they touch.
        plan_after: The plan as the next table of the same import sees it.
        found: See `ImportDraft`.
    """
    return ImportDraft(
        kind=kind,
        file_name=problems.table.file_name,
        outcomes=problems.outcomes.finished(),
        writes=tuple(write for write in writes if len(write)),
        problems=problems.finished(),
        revision=current.revision,
        changes=changes,
        plan_after=plan_after,
        **found,
    )
