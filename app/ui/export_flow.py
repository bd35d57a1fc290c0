# SPDX-License-Identifier: MIT
"""Exporting accounts and the map: ask where, write in the background, say what was written."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from app.services.exporting.csv_file import CsvStyle
from app.services.exporting.table import ExportTable
from app.services.exporting.writing import write_table
from app.services.html_export import MapExport, map_for_export, write_html_map
from app.services.plan_export import EXPORTED_TEXTS, frozen_accounts
from app.ui.formats import plural
from app.ui.tasks import Task, TaskContext
from app.ui.window_context import OpenPlan, WindowContext

_TABLE_FILTER = "Excel workbook (*.xlsx);;CSV for Excel (*.csv)"
_HTML_FILTER = "Web page (*.html)"
_HTML_WITH_ACCOUNTS = "Web page with the accounts as dots (*.html)"


class ExportFlow(QObject):
    """What leaves the program as a file."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context

    def accounts(self) -> None:
        """Write all accounts with their territory and rep."""
        if plan := self._context.plan:
            name = f"{plan.session.workspace.info.name} accounts"
            if path := self._ask_sheet("Export accounts", name):
                self._read_and_write(plan, path, None, EXPORTED_TEXTS)

    def sheet(self, title: str, ids: np.ndarray) -> None:
        """Write some accounts with all their columns, to be repaired elsewhere.

        Args:
            title: What they have in common.
            ids: Account ids.
        """
        if plan := self._context.plan:
            name = f"{plan.session.workspace.info.name} {title.lower()}"
            if path := self._ask_sheet("Save accounts as a sheet", name):
                self._read_and_write(plan, path, ids, EXPORTED_TEXTS)

    def table(self, table: ExportTable) -> None:
        """Write a table that a page has made."""
        if path := self._ask_sheet("Save as a sheet", table.title):
            self._write(path, lambda: table, ("row", "rows"))

    def html_map(self) -> None:
        """Write the map as one HTML file that opens in any browser with no network."""
        plan = self._context.plan
        if plan is None:
            return
        workspace = plan.session.workspace
        kinds = f"{_HTML_FILTER};;{_HTML_WITH_ACCOUNTS}"
        path, kind = self._ask("Export the map", f"{workspace.info.name} map.html", kinds)
        if path is None:
            return
        if path.suffix.lower() not in {".html", ".htm"}:
            path = path.with_name(f"{path.name}.html")
        content: MapExport = map_for_export(workspace, with_accounts=kind == _HTML_WITH_ACCOUNTS)

        def work(context: TaskContext) -> None:
            context.progress(-1, "Drawing the map")
            write_html_map(path, content)

        self._run(path, work, f"Exported the map to {path.name}.")

    def _ask_sheet(self, heading: str, name: str) -> Path | None:
        path, _ = self._ask(heading, f"{_file_name(name)}.xlsx", _TABLE_FILTER)
        if path is not None and path.suffix.lower() not in {".xlsx", ".csv"}:
            return path.with_name(f"{path.name}.xlsx")
        return path

    def _read_and_write(
        self, plan: OpenPlan, path: Path, ids: np.ndarray | None, texts: Sequence[str]
    ) -> None:
        """Read one column per turn of the event loop, so that a large plan halts nothing."""
        if self._context.plan is not plan:
            return
        workspace = plan.session.workspace
        if texts:
            workspace.accounts.text(texts[0])
            rest = texts[1:]
            QTimer.singleShot(0, self, lambda: self._read_and_write(plan, path, ids, rest))
            return
        self._write(path, frozen_accounts(workspace, ids), ("account", "accounts"))

    def _write(self, path: Path, make: Callable[[], ExportTable], words: tuple[str, str]) -> None:
        style = system_csv_style()

        def work(context: TaskContext) -> int:
            table = make()
            write_table(path, table, style, context.progress, context.cancelled)
            return len(table)

        def say(amount: int) -> None:
            self._context.say(f"Exported {plural(amount, *words)} to {path.name}.")

        self._context.tasks.run(Task(f"Writing {path.name}", work, say))

    def _ask(self, title: str, name: str, kinds: str) -> tuple[Path | None, str]:
        """The chosen file and the kind that was chosen with it."""
        suggested = str(self._context.surroundings.documents / name)
        chosen, kind = QFileDialog.getSaveFileName(self._context.window, title, suggested, kinds)
        return (Path(chosen) if chosen else None), kind

    def _run(self, path: Path, work: Callable[[TaskContext], None], said: str) -> None:
        self._context.tasks.run(
            Task(f"Writing {path.name}", work, lambda _none: self._context.say(said))
        )


def _file_name(words: str) -> str:
    """Words without what file names may not hold."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", words).strip()


def system_csv_style() -> CsvStyle:
    """The CSV that this system's Excel opens with a double click."""
    return CsvStyle.for_excel("," if QLocale().decimalPoint() == "," else ".")
