# SPDX-License-Identifier: MIT
"""The map leaves the program: onto the clipboard, as a picture, a document or a web page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.services.exporting.file_names import file_name, free_name
from app.services.exporting.safe_file import replaced_file
from app.services.html_export import MapExport, map_for_export, write_html_map
from app.services.territory_export import TerritoryCut, map_for_territory, territory_cut
from app.services.workspace import Workspace
from app.ui.dialogs.export_map.dialog import ExportMapDialog
from app.ui.formats import plural, uses_metric
from app.ui.map.shown_map import ShownMap, shown_map
from app.ui.map_print.export_choice import ExportChoice
from app.ui.map_print.page_files import pdf_bytes, png_bytes, svg_bytes
from app.ui.map_print.page_job import BookJob, PageJob, book_job, page_job
from app.ui.map_print.page_painter import FontMeasure
from app.ui.tasks import Task, TaskContext
from app.ui.window_context import OpenPlan, WindowContext

Work = Callable[[TaskContext], None]


class MapExportFlow(QObject):
    """Copies and exports the map of the open plan.

    Args:
        context: The window as its parts see it.
    """

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context

    def copy(self) -> None:
        """Put the map as it is on the screen, with its legend, on the clipboard."""
        if plan := self._context.plan:
            image = plan.screen.map.context.view.grab_image()
            QGuiApplication.clipboard().setImage(image)
            self._context.say("Copied the map. Paste it into a document or a mail.")

    def export(self) -> None:
        """Ask what is wanted, and write it in the background."""
        plan = self._context.plan
        if plan is None:
            return
        view = plan.screen.map.context.view.shown_view
        dialog = ExportMapDialog(
            plan.session.workspace,
            partial(take_map, plan),
            view.bounds if view is not None else None,
            self._context.settings,
            self._context.window,
        )
        dialog.accepted.connect(lambda: self.write(dialog.choice()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, choice: ExportChoice) -> None:
        """Ask where, and write what was chosen."""
        plan = self._context.plan
        if plan is None:
            return
        if choice.extent == "each":
            self._write_each(plan, choice)
            return
        path = self._ask_file(_suggested(plan.session.workspace, choice), choice)
        if path is None:
            return
        work = self._work(plan, choice, path)
        self._run(path, work, f"Exported the map to {path.name}.")

    def _work(self, plan: OpenPlan, choice: ExportChoice, path: Path) -> Work:
        """What is to be done in the worker, with everything that it needs from the plan."""
        workspace = plan.session.workspace
        if choice.kind == "html":
            return partial(_write_html, path, html_content(workspace, choice))
        shown = take_map(plan, choice.shows_accounts)
        font = QFont(self._context.window.font())
        if choice.kind == "book":
            return partial(_write_book, path, book_job(workspace, shown, choice), font)
        view = plan.screen.map.context.view.shown_view
        bounds = view.bounds if view is not None else None
        return partial(_write_page, path, page_job(workspace, shown, bounds, choice), font)

    def _write_each(self, plan: OpenPlan, choice: ExportChoice) -> None:
        """One web page per territory, into a folder."""
        documents = str(self._context.surroundings.documents)
        chosen = QFileDialog.getExistingDirectory(
            self._context.window, "Folder for the web pages", documents
        )
        if not chosen:
            return
        folder = Path(chosen)
        workspace = plan.session.workspace
        names: set[str] = set()
        pages: list[tuple[Path, TerritoryCut]] = []
        for territory in workspace.leaf_territories:
            name = free_name(file_name(f"{territory.name} map"), names)
            cut = territory_cut(workspace, territory.id, with_accounts=choice.shows_accounts)
            pages.append((folder / f"{name}.html", cut))
        words = plural(len(pages), "web page", "web pages")
        work = partial(_write_pages, map_for_export(workspace), tuple(pages))
        self._run(folder, work, f"Exported {words} to {folder.name}.")

    def _ask_file(self, name: str, choice: ExportChoice) -> Path | None:
        suggested = str(self._context.surroundings.documents / f"{name}{choice.suffix}")
        chosen, _ = QFileDialog.getSaveFileName(
            self._context.window, "Export the map", suggested, choice.file_filter
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == choice.suffix else Path(f"{path}{choice.suffix}")

    def _run(self, path: Path, work: Work, said: str) -> None:
        def say(_nothing: None) -> None:
            self._context.say_file(said, path)

        self._context.tasks.run(Task(f"Writing {path.name}", work, say))


def take_map(plan: OpenPlan, with_accounts: bool) -> ShownMap:
    """What the map of a plan shows now, in light colours."""
    return shown_map(
        plan.session.workspace,
        plan.screen.map.context.painter,
        shows_accounts=with_accounts,
        is_metric=uses_metric(),
    )


def html_content(workspace: Workspace, choice: ExportChoice) -> MapExport:
    """What a web page holds."""
    if choice.extent == "territory" and choice.territory is not None:
        return map_for_territory(workspace, choice.territory, with_accounts=choice.shows_accounts)
    return map_for_export(workspace, with_accounts=choice.shows_accounts)


def _suggested(workspace: Workspace, choice: ExportChoice) -> str:
    """A name for the file."""
    is_one = choice.extent == "territory" and choice.territory is not None
    name = workspace.info.name
    if is_one and choice.territory is not None:
        name = workspace.territory(choice.territory).name
    return file_name(f"{name} {'map book' if choice.kind == 'book' else 'map'}")


def _write_page(path: Path, job: PageJob, font: QFont, context: TaskContext) -> None:
    """Write one page as PNG, SVG or PDF."""
    context.progress(0.05, "Laying out the page")
    page = job.page(FontMeasure(font))
    context.progress(0.4, "Painting")
    choice, points, title = job.choice, job.choice.points, job.text.title
    if choice.kind == "png":
        content = png_bytes(page, points, choice.dpi, font)
    elif choice.kind == "svg":
        content = svg_bytes(page, points, title, font)
    else:
        content = pdf_bytes([page], 1, points, title, font)
    context.progress(0.95, "Writing the file")
    _replace(path, content)


def _write_book(path: Path, job: BookJob, font: QFont, context: TaskContext) -> None:
    """Write a map book page by page."""
    context.progress(0.0, "Reading the areas")
    pages, count = job.pages(FontMeasure(font))
    content = pdf_bytes(pages, count, job.choice.points, job.words.title, font, context.progress)
    context.progress(0.99, "Writing the file")
    _replace(path, content)


def _write_html(path: Path, content: MapExport, context: TaskContext) -> None:
    context.progress(-1, "Drawing the map")
    write_html_map(path, content)


def _write_pages(
    whole: MapExport, pages: tuple[tuple[Path, TerritoryCut], ...], context: TaskContext
) -> None:
    for number, (path, cut) in enumerate(pages):
        context.progress(number / len(pages), path.stem)
        write_html_map(path, cut.of(whole))


def _replace(path: Path, content: bytes) -> None:
    with replaced_file(path) as file:
        file.write(content)
