# SPDX-License-Identifier: MIT
"""Exporting accounts and tables: ask where, write in the background, say what was written."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from app.services.exporting.csv_file import CsvStyle
from app.services.exporting.file_names import file_name
from app.services.exporting.table import ExportTable
from app.services.exporting.writing import write_table
from app.services.plan_export import EXPORTED_TEXTS, frozen_accounts
from app.ui.formats import plural
from app.ui.tasks import Task, TaskContext
from app.ui.window_context import OpenPlan, WindowContext

_TABLE_FILTER = "Excel workbook (*.xlsx);;CSV for Excel (*.csv)"


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

    def view(self, title: str, make: Callable[[], ExportTable]) -> None:
        """Write what a table shows.

        Args:
            title: Of the table.
            make: Makes the sheet; called in the worker.
        """
        if plan := self._context.plan:
            name = f"{plan.session.workspace.info.name} {title.lower()}"
            if path := self._ask_sheet(f"Save {title.lower()} as a sheet", name):
                self._write(path, make, ("row", "rows"))

    def _ask_sheet(self, heading: str, name: str) -> Path | None:
        path, _ = self._ask(heading, f"{file_name(name)}.xlsx", _TABLE_FILTER)
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
            said = f"Exported {plural(amount, *words)} to {path.name}."
            self._context.say_file(said, path)

        self._context.tasks.run(Task(f"Writing {path.name}", work, say))

    def _ask(self, title: str, name: str, kinds: str) -> tuple[Path | None, str]:
        """The chosen file and the kind that was chosen with it."""
        suggested = str(self._context.surroundings.documents / name)
        chosen, kind = QFileDialog.getSaveFileName(self._context.window, title, suggested, kinds)
        return (Path(chosen) if chosen else None), kind


def system_csv_style() -> CsvStyle:
    """The CSV that this system's Excel opens with a double click."""
    return CsvStyle.for_excel("," if QLocale().decimalPoint() == "," else ".")
