# SPDX-License-Identifier: MIT
"""The draft of an import: everything that it would do, worked out without writing."""

from app.models.errors import ImportProblem
from app.services.importing.account_draft import draft_accounts
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import AccountDraft, ImportDraft, RepDraft
from app.services.importing.fields import TableKind
from app.services.importing.mapping import Mapping
from app.services.importing.pausing import collector_paused
from app.services.importing.placing import Placer
from app.services.importing.rep_draft import draft_reps
from app.services.importing.table import Cancelled, ImportedTable, Progress, Watch


def prepare(
    table: ImportedTable,
    mapping: Mapping,
    current: CurrentPlan,
    place: Placer | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> AccountDraft | RepDraft:
    """What importing this table would do. Pure: it may run in a worker.

    Args:
        place: Finds places; `functools.partial(placement.place, geography)`. Without it rows are
            placed by their coordinates alone.

    Raises:
        ImportProblem: No column tells the rows apart.
        TaskCancelled: The user stopped it.
    """
    if not mapping.has_identity:
        what = "account" if mapping.kind is TableKind.ACCOUNTS else "rep"
        raise ImportProblem(
            f"No column of {table.file_name} is an {what} id or a name."
            if what == "account"
            else f"No column of {table.file_name} is a rep's id, name or e-mail address.",
            meaning="Nothing was imported.",
            remedy="Choose the column with the id or the name.",
        )
    watch = Watch(progress, cancelled)
    draft = draft_accounts if mapping.kind is TableKind.ACCOUNTS else draft_reps
    with collector_paused():
        return draft(table, mapping, current, place, watch)


__all__ = ["AccountDraft", "ImportDraft", "RepDraft", "prepare"]
