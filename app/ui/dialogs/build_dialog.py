# SPDX-License-Identifier: MIT
"""Building the first territories: from today's owners, or by the nearest rep home."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from app.models.errors import AppError, TaskCancelled
from app.models.geounit import GeoLevel
from app.models.ids import MeasureId
from app.models.measure import ACCOUNT_COUNT, MeasureKind
from app.services.builders.homes import nearest_home
from app.services.builders.owners import OwnerRules, from_owners
from app.services.commands import DraftTerritory
from app.services.importing.owners import RepFinder
from app.services.workspace import Workspace
from app.ui.dialogs.build_preview import BuildPreview
from app.ui.fonts import TITLE
from app.ui.formats import plural
from app.ui.parts import button, column, framed, hairline, label, row
from app.ui.tasks import Task, TaskContext, TaskRunner
from app.ui.widgets.banner import Banner
from app.ui.widgets.progress_overlay import ProgressOverlay
from app.ui.widgets.segmented import Segmented

_MOST_MEASURES = 10
_MOST_NAMES = 3

Drafts = tuple[DraftTerritory, ...]


class BuildSource(Enum):
    """What territories are built from."""

    OWNERS = "owners"
    HOMES = "homes"


_HINTS = {
    BuildSource.OWNERS: "One territory per owner that your accounts name.",
    BuildSource.HOMES: "One territory per rep: every area goes to the nearest home.",
}


@dataclass(frozen=True, slots=True)
class BuildChoice:
    """What the user chose.

    Attributes:
        rules: For homes only its level counts.
        measure: The measure that decides between owners.
    """

    source: BuildSource
    rules: OwnerRules
    measure: MeasureId


class BuildDialog(QDialog):
    """Options, and a preview that follows them; whoever opened it builds what was chosen.

    Args:
        workspace: The open plan.
        source: What is chosen at first; None lets the plan's data decide.
        parent: The window.
    """

    def __init__(
        self,
        workspace: Workspace,
        source: BuildSource | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Build territories")
        self.resize(760, 680)
        self._workspace = workspace
        self._drafts: Drafts = ()
        self._locked = [t.name for t in workspace.territories if t.is_locked]
        self._revision = 0
        self.tasks = TaskRunner(self)
        self.source = Segmented(
            "Build from", [("owners", "Today’s owners"), ("homes", "Nearest rep home")]
        )
        self.source.set_chosen((source or self._likely_source()).value)
        self.level = Segmented(
            "Areas",
            [
                (GeoLevel.STATE.value, "States"),
                (GeoLevel.COUNTY.value, "Counties"),
                (GeoLevel.ZIP.value, "ZIP areas"),
            ],
        )
        self.level.set_chosen(GeoLevel.COUNTY.value)
        self.measure = QComboBox()
        self.measure.setAccessibleName("Measure that decides")
        self.measure.setMaxVisibleItems(_MOST_MEASURES)
        for known in workspace.account_measures:
            self.measure.addItem(known.name, int(known.id))
        self.measure.setCurrentIndex(self.measure.findData(int(_first_measure(workspace))))
        self.alone = QRadioButton("The owner with most of it gets the area alone")
        self.shared = QRadioButton("Every owner with an account there claims the area")
        self.alone.setChecked(True)
        self.fill_empty = QCheckBox("Areas without accounts go to the nearest territory")
        self.fill_empty.setChecked(True)
        self.preview = BuildPreview(workspace)
        self._hint = label("", "muted")
        self.build = button("Build", self.accept, kind="primary")
        self.build.setDefault(True)
        self._compose()
        self.progress = ProgressOverlay(self)
        self._connect()
        self._on_options_changed()

    def choice(self) -> BuildChoice:
        """What is chosen now."""
        level = GeoLevel(self.level.chosen_key())
        rules = OwnerRules(level, self.shared.isChecked(), self.fill_empty.isChecked())
        measure = MeasureId(self.measure.currentData())
        return BuildChoice(BuildSource(self.source.chosen_key()), rules, measure)

    def drafts(self) -> Drafts:
        """What would be built."""
        return self._drafts

    def done(self, result: int) -> None:
        self.tasks.stop()
        super().done(result)

    def _compose(self) -> None:
        self._owner_options = QWidget()
        self._owner_options.setLayout(
            column(
                row(label("Decided by", "muted"), self.measure, None),
                self.alone,
                self.shared,
                self.fill_empty,
                gap=6,
            )
        )
        options = column(
            row(self.source, None),
            self._hint,
            row(label("Areas in the United States", "muted"), self.level, None),
            self._owner_options,
            margin=16,
            gap=12,
        )
        outer = column(margin=(20, 16, 20, 12), gap=12)
        outer.addWidget(label("Build territories", size=TITLE, semibold=True))
        card = framed(options, "card")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        outer.addWidget(card)
        present = len(self._workspace.territories)
        if present:
            words = plural(present, "territory", "territories")
            sentence = f"This replaces the {words} of now. Undo brings them back."
            outer.addWidget(Banner(sentence, "info"))
        if self._locked:
            outer.addWidget(Banner(_locked_words(self._locked), "warning"))
        outer.addWidget(self.preview, 1)
        foot = row(button("Cancel", self.reject), None, self.build, margin=(20, 12, 20, 16))
        whole = column(gap=0)
        whole.addLayout(outer, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.tasks.started.connect(self.progress.start)
        self.tasks.progressed.connect(
            lambda share, text: self.progress.set_progress(share if share >= 0 else None, text)
        )
        self.tasks.finished.connect(self.progress.finish)
        self.progress.cancelled.connect(self.tasks.cancel)
        for choice in (self.source, self.level):
            choice.chosen.connect(lambda _key: self._on_options_changed())
        self.measure.activated.connect(lambda _at: self._on_options_changed())
        for check in (self.shared, self.fill_empty):
            check.toggled.connect(lambda _on: self._on_options_changed())

    def _likely_source(self) -> BuildSource:
        """Owners where the accounts have some, else homes."""
        workspace = self._workspace
        has_owners = bool(np.any(workspace.accounts.text("owner") != ""))
        has_homes = any(rep.lon is not None for rep in workspace.reps)
        is_homes = has_homes and not has_owners
        return BuildSource.HOMES if is_homes else BuildSource.OWNERS

    def _on_options_changed(self) -> None:
        source = self.choice().source
        self._hint.setText(_HINTS[source])
        self._owner_options.setVisible(source is BuildSource.OWNERS)
        self._revision += 1
        revision, work = self._revision, self._work()

        def done(drafts: Drafts) -> None:
            if revision == self._revision:
                self._show(drafts)

        def failed(error: AppError) -> None:
            if revision == self._revision and not isinstance(error, TaskCancelled):
                self._show((), error)

        self.tasks.run(Task("Working out territories", work, done, failed))

    def _work(self) -> Callable[[TaskContext], Drafts]:
        """The chosen builder with the choices of now, to be run in a worker."""
        workspace = self._workspace
        accounts, reps, geography = workspace.accounts, workspace.reps, workspace.geography
        choice = self.choice()
        if choice.source is BuildSource.HOMES:
            level = choice.rules.level
            return lambda _context: tuple(nearest_home(accounts, reps, geography, level))
        values = accounts.measure(choice.measure)
        finder = RepFinder(reps, workspace.records.owner_aliases)
        return lambda _context: tuple(
            from_owners(accounts, finder, values, geography, choice.rules)
        )

    def _show(self, drafts: Sequence[DraftTerritory], error: AppError | None = None) -> None:
        self._drafts = tuple(drafts)
        is_owners = self.choice().source is BuildSource.OWNERS
        self.preview.show_drafts(self._drafts, error, names_empty=is_owners)
        words = plural(len(drafts), "territory", "territories")
        self.build.setText(f"Build {words}" if drafts else "Build")
        can_edit = not self._locked and not self._workspace.document.is_read_only
        self.build.setEnabled(bool(drafts) and can_edit)


def _first_measure(workspace: Workspace) -> MeasureId:
    """The main measure; where that is the number of accounts, the first measure of money."""
    main = workspace.main_account_measure.id
    if main != ACCOUNT_COUNT:
        return main
    return next((m.id for m in workspace.account_measures if m.kind is MeasureKind.MONEY), main)


def _locked_words(names: Sequence[str]) -> str:
    """Why nothing can be built while these territories are locked."""
    if len(names) == 1:
        return f"{names[0]} is locked: unlock it to build anew."
    shown = names[:_MOST_NAMES] if len(names) > _MOST_NAMES else names[:-1]
    rest = f"{len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else names[-1]
    return f"{', '.join(shown)} and {rest} are locked: unlock them to build anew."
