# SPDX-License-Identifier: MIT
"""Exporting the map: what, as what, and a preview that follows."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.models.errors import AppError, TaskCancelled
from app.services.map_print.frame import Bounds
from app.services.map_print.paper import pixel_size
from app.services.workspace import Workspace
from app.ui.dialogs.export_map.form import ExportForm
from app.ui.dialogs.export_map.preview import PagePreview
from app.ui.fonts import TITLE
from app.ui.map.shown_map import ShownMap
from app.ui.map_print.export_choice import KINDS, ExportChoice, store_choice, stored_choice
from app.ui.map_print.page_files import page_image
from app.ui.map_print.page_job import page_job
from app.ui.map_print.page_painter import FontMeasure
from app.ui.parts import button, column, hairline, label, row
from app.ui.tasks import Task, TaskContext, TaskRunner
from app.ui.widgets.banner import Banner
from app.ui.widgets.segmented import Segmented

_FORM_WIDTH = 310
_PREVIEW_DELAY_MS = 120
_MOST_PREVIEW_STEP = 0.4
"""Points to which shapes are simplified in the preview."""

TakeMap = Callable[[bool], ShownMap]
"""Gives what the map shows, with or without accounts."""


class ExportMapDialog(QDialog):
    """The choices; whoever opened it writes what was chosen.

    Args:
        workspace: The open plan.
        take: Gives what the map shows.
        view: West, south, east, north that the window shows, or None.
        settings: Where the choices of the last time are kept.
        parent: The window.
    """

    def __init__(
        self,
        workspace: Workspace,
        take: TakeMap,
        view: Bounds | None,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export the map")
        self.resize(1000, 640)
        self._workspace = workspace
        self._take = take
        self._view = view
        self._settings = settings
        self._taken: dict[bool, ShownMap] = {}
        self._revision = 0
        self.tasks = TaskRunner(self)
        self.kinds = Segmented("Kind of file", KINDS)
        self.form = ExportForm(workspace.leaf_territories)
        self.form.setFixedWidth(_FORM_WIDTH)
        self.preview = PagePreview()
        self.problem = Banner("", "warning")
        self.problem.hide()
        self.export = button("Export…", self._on_export, kind="primary")
        self.export.setDefault(True)
        self._delay = QTimer(self, singleShot=True, interval=_PREVIEW_DELAY_MS)
        self._delay.timeout.connect(self._draw)
        self._compose()
        choice = stored_choice(settings)
        self.kinds.set_chosen(choice.kind)
        self.form.set_choice(choice)
        self.kinds.chosen.connect(self._on_kind)
        self.form.changed.connect(self._on_changed)
        self._on_changed()

    def choice(self) -> ExportChoice:
        """What is chosen now."""
        return self.form.choice()

    def done(self, result: int) -> None:
        self._delay.stop()
        self.tasks.stop()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._delay.start()

    def _compose(self) -> None:
        body = row(self.form, gap=20)
        body.addWidget(self.preview, 1)
        outer = column(margin=(20, 16, 20, 12), gap=14)
        outer.addWidget(label("Export the map", size=TITLE, semibold=True))
        outer.addLayout(row(self.kinds, None))
        outer.addWidget(self.problem)
        outer.addLayout(body, 1)
        foot = row(button("Cancel", self.reject), None, self.export, margin=(20, 12, 20, 16))
        whole = column(gap=0)
        whole.addLayout(outer, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)
        self.setLayout(whole)

    def _on_kind(self, kind: str) -> None:
        self.form.show_kind(kind)
        self._on_changed()

    def _on_changed(self) -> None:
        choice = self.choice()
        words = ""
        if choice.kind == "png":
            try:
                pixel_size(choice.points, choice.dpi)
            except AppError as error:
                words = f"{error.message} {error.remedy}"
        self.problem.set_text(words)
        self.problem.setVisible(bool(words))
        self.export.setEnabled(not words)
        self._delay.start()

    def _on_export(self) -> None:
        store_choice(self._settings, self.choice())
        self.accept()

    def _shown(self, *, with_accounts: bool) -> ShownMap:
        """What the map shows; taken once, as nothing changes while the dialog is open."""
        if with_accounts not in self._taken:
            self._taken[with_accounts] = self._take(with_accounts)
        return self._taken[with_accounts]

    def _draw(self) -> None:
        """Lay the page out in the background; what was begun before is forgotten."""
        self._revision += 1
        self.tasks.cancel()
        revision, choice = self._revision, self.choice()
        if choice.extent == "each":
            first = self._workspace.leaf_territories[0].id
            choice = replace(choice, extent="territory", territory=first)
        shown = self._shown(with_accounts=choice.shows_accounts)
        job = page_job(self._workspace, shown, self._view, choice)
        size = self.preview.picture_size(choice.points)
        font = self.font()

        def work(context: TaskContext) -> QImage:
            page = job.page(FontMeasure(font), _MOST_PREVIEW_STEP)
            context.progress(-1)
            return page_image(page, *size, font)

        def done(image: QImage) -> None:
            if revision == self._revision:
                self.preview.show_image(image)

        def failed(error: AppError) -> None:
            if revision == self._revision and not isinstance(error, TaskCancelled):
                self.preview.show_words(error.text)

        self.tasks.run(Task("Drawing the preview", work, done, failed))
