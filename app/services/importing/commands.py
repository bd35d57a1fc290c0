# SPDX-License-Identifier: MIT
"""Writing an import, of one table or several, as one undoable edit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import StrokeId
from app.models.measure import ACCOUNT_COUNT, MeasureKind
from app.services.commands.base import Edit
from app.services.importing.draft import ImportDraft
from app.services.importing.fields import WORDS_BY_KIND
from app.services.importing.problems import counted
from app.services.importing.table import Watch
from app.services.importing.writes import WriteProgress
from app.services.pausing import collector_paused
from app.services.store.transaction import utc_now

_LEDGER_COLUMNS = (
    *("id", "at_utc", "file_name", "kind", "added", "updated", "unchanged", "skipped"),
    *("detail", "row_count", "gone", "profile", "outcomes"),
)


@dataclass(frozen=True, slots=True)
class ImportTables:
    """Write what drafts say, in their order; all of it is one step of the history.

    Attributes:
        watch: Told how far the writing is; where the user stops it, nothing is written.
    """

    drafts: tuple[ImportDraft, ...]
    watch: Watch = field(default_factory=Watch, compare=False)
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it: "Import 701 accounts from stores.csv"."""
        if len(self.drafts) == 1:
            draft = self.drafts[0]
            words, tally = WORDS_BY_KIND[draft.kind], draft.tally
            amount = counted(tally.added + tally.updated, words.one, words.many)
            return f"Import {amount} from {draft.file_name}"
        return f"Import {len(self.drafts)} tables: {_names(self.drafts)}"

    def apply(self, edit: Edit) -> Changes:
        """Write the tables and their ledgers.

        Raises:
            EditRejected: The plan changed since the drafts were made.
            TaskCancelled: The user stopped it.
        """
        _check_revision(edit, self.drafts)
        progress = WriteProgress(
            self.watch, sum(len(write) for draft in self.drafts for write in draft.writes)
        )
        changes = Changes()
        with collector_paused():
            for draft in self.drafts:
                changes |= draft.changes
                for write in draft.writes:
                    changes |= write.apply(edit, progress)
                _put_ledger(edit, draft)
        if any(draft.new_measures for draft in self.drafts):
            _choose_first_main_measure(edit)
            changes |= Changes(settings=True)
        return changes


def import_command(*drafts: ImportDraft, watch: Watch | None = None) -> ImportTables:
    """The command that writes drafts."""
    return ImportTables(drafts, watch or Watch())


def _names(drafts: Sequence[ImportDraft]) -> str:
    names = list(dict.fromkeys(draft.file_name for draft in drafts))
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and others"


def _check_revision(edit: Edit, drafts: Sequence[ImportDraft]) -> None:
    found = edit.tx.rows("SELECT value FROM meta WHERE key = 'revision'")
    if any(draft.revision != int(found[0][0] or 0) for draft in drafts):
        raise EditRejected(
            "The plan changed while this import was being prepared.",
            meaning="Nothing was imported.",
            remedy="Go back one step and continue again.",
        )


def _choose_first_main_measure(edit: Edit) -> None:
    """Balance by the first money measure, where the plan counts accounts only so far.

    The count is the start of every plan, seldom what somebody wants to balance by.
    """
    chosen = edit.tx.rows("SELECT value FROM setting WHERE key = 'main_measure'")
    money = edit.tx.rows(
        "SELECT min(id) FROM measure WHERE kind = ? AND level = ''", (MeasureKind.MONEY.value,)
    )
    if chosen == [(str(ACCOUNT_COUNT),)] and money[0][0] is not None:
        edit.tx.put("setting", ("key", "value"), [("main_measure", str(money[0][0]))])


def _put_ledger(edit: Edit, draft: ImportDraft) -> None:
    tally = draft.tally
    detail = {
        "headers": draft.headers,
        "mapping": json.loads(draft.mapping_json),
        "repairs": json.loads(draft.repairs_json),
        "problems": [
            [problem.kind.value, problem.sentence, problem.effect, problem.count]
            for problem in draft.problems
        ],
    }
    row = (
        edit.tx.next_id("import_ledger"),
        utc_now(),
        draft.file_name,
        draft.kind.value,
        *(tally.added, tally.updated, tally.unchanged, tally.skipped),
        json.dumps(detail, ensure_ascii=False),
        *(tally.row_count, len(draft.gone.ids), draft.profile, draft.outcomes.pack()),
    )
    edit.tx.put("import_ledger", _LEDGER_COLUMNS, [row], all_new=True)
