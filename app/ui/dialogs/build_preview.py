# SPDX-License-Identifier: MIT
"""What a builder proposes, before it is written."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from app.models.errors import AppError
from app.services.commands import DraftTerritory
from app.services.importing.owners import RepFinder
from app.services.workspace import Workspace
from app.ui.formats import plural
from app.ui.parts import column, label
from app.ui.tables.array_table_model import ArrayColumn, CellKind
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.empty_state import EmptyState

_MOST_NAMES = 6


class BuildPreview(QWidget):
    """A sentence with counts over a table of the drafts; or why there are none."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.summary = label("", wraps=True)
        self.without = label("", "warning", wraps=True)
        self.without.hide()
        self.table = CopyableTable("Territories that would be built")
        self._nothing = EmptyState("info", "Nothing to build", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        outer = column(self.summary, self.without, gap=8)
        outer.addWidget(self._stack, 1)
        self.setLayout(outer)

    def show_drafts(
        self,
        drafts: Sequence[DraftTerritory],
        error: AppError | None,
        *,
        names_empty: bool = False,
    ) -> None:
        """Show what a builder found, or why it found nothing.

        Args:
            drafts: What would be built.
            error: Why there is nothing, or None.
            names_empty: Say which owners are reps but get no area.
        """
        if error is not None:
            self._nothing.set_words(error.message, f"{error.meaning} {error.remedy}".strip())
        self._stack.setCurrentIndex(0 if drafts else 1)
        self.summary.setText(_summary(drafts))
        self.summary.setVisible(bool(drafts))
        words = (
            left_out_words(owners_left_out(self._workspace, drafts))
            if drafts and names_empty
            else ""
        )
        self.without.setText(words)
        self.without.setVisible(bool(words))
        name_by_rep = {rep.id: rep.name for rep in self._workspace.reps}
        tokens = tokens_of(self.palette())
        reps = ["Vacant" if d.rep is None else name_by_rep[d.rep] for d in drafts]
        self.table.array_model.set_columns(
            [
                ArrayColumn(
                    "name",
                    "Territory",
                    np.array([draft.name for draft in drafts], dtype=object),
                    width=280,
                    decoration=lambda at: chip_icon(drafts[at].color_index, tokens),
                ),
                ArrayColumn("rep", "Rep", np.array(reps, dtype=object), width=200),
                ArrayColumn(
                    "areas",
                    "Areas",
                    np.array([len(draft.geounits) for draft in drafts], dtype=np.float64),
                    CellKind.NUMBER,
                    width=90,
                ),
            ]
        )
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def owners_left_out(workspace: Workspace, drafts: Sequence[DraftTerritory]) -> list[str]:
    """Owners of accounts, known as reps, whom no draft gives an area."""
    texts = {str(text).strip() for text in workspace.accounts.text("owner")} - {""}
    finder = RepFinder(workspace.reps, workspace.records.owner_aliases)
    met = {finder.find_id(text) for text in texts}
    served = {draft.rep for draft in drafts}
    return [rep.name for rep in workspace.reps if rep.id in met - served]


def left_out_words(names: Sequence[str]) -> str:
    """That these owners get no area, and why; empty where there are none."""
    if len(names) == 1:
        return f"{names[0]} gets no area: somebody else has more in every area concerned."
    if not names:
        return ""
    rest = len(names) - _MOST_NAMES
    shown = ", ".join(names[:_MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")
    return f"{len(names)} owners get no area, as others have more in every area concerned: {shown}."


def _summary(drafts: Sequence[DraftTerritory]) -> str:
    claims = Counter(unit for draft in drafts for unit in draft.geounits)
    shared = sum(1 for amount in claims.values() if amount > 1)
    vacant = sum(1 for draft in drafts if draft.rep is None)
    parts = [
        plural(len(drafts), "territory", "territories"),
        plural(len(claims), "area", "areas"),
    ]
    if vacant:
        parts.append(f"{vacant} without a rep")
    if shared:
        parts.append(plural(shared, "area claimed more than once", "areas claimed more than once"))
    return ", ".join(parts) + "."
