# SPDX-License-Identifier: MIT
"""Takes the manual's pictures from the real window, light and dark, and nothing else.

    make shots                 all pictures
    make shots ARGS="balance"  those whose name contains the word

The pictures are written beside this script. They show the sample plan, whose customers and reps
are plainly invented, so they can be published.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from example_data import bring_in_more, customers, next_month  # noqa: E402 after the path
from force_shots import divide  # noqa: E402
from map_shots import MAP_SHOTS, plain_map  # noqa: E402
from PySide6.QtCore import QCoreApplication, QSettings, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402
from rep_shots import match, roster  # noqa: E402
from rule_shots import rules  # noqa: E402
from table_shots import exceptions, tables  # noqa: E402
from work_shots import workload  # noqa: E402

from app.services.geography.geography import Geography  # noqa: E402
from app.services.store.document import AppFolders  # noqa: E402
from app.ui.dialogs.about_dialog import AboutDialog  # noqa: E402
from app.ui.dialogs.build_dialog import BuildDialog  # noqa: E402
from app.ui.dialogs.command_palette import CommandPalette  # noqa: E402
from app.ui.dialogs.export_map.dialog import ExportMapDialog  # noqa: E402
from app.ui.dialogs.import_wizard.wizard import ImportWizard  # noqa: E402
from app.ui.main_window import MainWindow  # noqa: E402
from app.ui.map.engine_flags import configure_engine  # noqa: E402
from app.ui.panes.analysis_pane import AnalysisPane  # noqa: E402
from app.ui.panes.duplicates_pane import DuplicatesPane  # noqa: E402
from app.ui.panes.health_pane import HealthPane  # noqa: E402
from app.ui.plan_desk import PlanDesk  # noqa: E402
from app.ui.plan_opener import Surroundings  # noqa: E402
from app.ui.plan_screen import PlanScreen  # noqa: E402
from app.ui.selection import Focus  # noqa: E402

OUT = Path(__file__).resolve().parent
SIZE = (1366, 860)
LONGEST_WAIT_S = 30.0


@dataclass(frozen=True)
class Shot:
    """One picture.

    Attributes:
        prepare: Brings the window into the state that is shown; returns what to grab.
    """

    name: str
    prepare: Callable[["Photographer"], QWidget]


class Photographer:
    """The window and the hands that bring it into shape."""

    def __init__(self, folder: Path) -> None:
        folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        around = Surroundings(Geography.load(ROOT / "resources" / "geo"), folders, folder)
        self.folder = folder
        self.window = MainWindow(settings, lambda frame: PlanDesk(frame, around))
        self.window.resize(*SIZE)
        self.window.show()

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Let the window run until something is true."""
        end = time.monotonic() + LONGEST_WAIT_S
        while not condition():
            if time.monotonic() > end:
                message = f"waited too long for {what}"
                raise TimeoutError(message)
            QCoreApplication.processEvents()
            time.sleep(0.01)

    def settle(self) -> None:
        """Wait until everything is drawn."""
        until = time.monotonic() + 0.5
        self.wait(lambda: time.monotonic() > until, "a pause")
        view = self.window.desk.map_host.lend()
        if self.window.desk.context.plan is not None:
            self.wait(lambda: view.is_settled, "the map")
        # The map's tiles follow its messages.
        until = time.monotonic() + 1.2
        self.wait(lambda: time.monotonic() > until, "a pause")

    @property
    def screen(self) -> PlanScreen:
        """The open plan on the screen."""
        assert self.window.desk.context.plan is not None  # noqa: S101 a script's own order
        return self.window.desk.context.plan.screen

    def open_sample(self) -> None:
        """Open the sample plan."""
        self.window.desk.opener.open_sample()
        self.wait(lambda: self.window.desk.context.plan is not None, "the sample plan")
        self.screen.map.set_measure(1)
        self.settle()

    def find(self, kind: type[QDialog]) -> QDialog:
        """The open dialog of a class."""
        self.wait(lambda: bool(self._open(kind)), kind.__name__)
        return self._open(kind)[0]

    def _open(self, kind: type[QDialog]) -> list[QDialog]:
        # A dialog that was closed is a child until it is deleted.
        return [dialog for dialog in self.window.findChildren(kind) if dialog.isVisible()]


def _zip(shooter: Photographer) -> QWidget:
    shooter.screen.map.set_tool("pick")
    shooter.screen.map.set_level("zip")
    shooter.screen.map.show_bounds((-98.2, 32.2, -96.2, 33.4))
    return shooter.window


def _deviation(shooter: Photographer) -> QWidget:
    plain_map(shooter)
    shooter.screen.map.set_coloring("deviation")
    return shooter.window


def _measure(shooter: Photographer) -> QWidget:
    shooter.screen.map.set_coloring("measure")
    return shooter.window


def _layers_panel(shooter: Photographer) -> QWidget:
    shooter.screen.layers.open()
    panel = shooter.screen.layers.panel
    panel.show_page("marks")
    panel.hide()
    return panel


def _pane(key: str) -> Callable[[Photographer], QWidget]:
    def prepare(shooter: Photographer) -> QWidget:
        plain_map(shooter)
        shooter.screen.drawer.open(key)
        return shooter.window

    return prepare


def _check(shooter: Photographer) -> QWidget:
    plain_map(shooter)
    watch = shooter.screen.check.pane.watch
    shooter.wait(lambda: watch.is_settled, "the check")
    shooter.screen.check.step(1)
    return shooter.window


def _rep(shooter: Photographer) -> QWidget:
    plain_map(shooter)
    workspace = shooter.screen.session.workspace
    shooter.screen.selection.show(Focus(rep=workspace.reps[0].id))
    shooter.screen.drawer.open("reps")
    return shooter.window


def _account(shooter: Photographer) -> QWidget:
    plain_map(shooter)
    shooter.screen.go_to(int(shooter.screen.session.workspace.accounts.ids[5]), is_account=True)
    return shooter.window


def _build(shooter: Photographer) -> QWidget:
    shooter.window.desk.plans.build_territories()
    dialog = shooter.find(BuildDialog)
    assert isinstance(dialog, BuildDialog)  # noqa: S101 a script's own order
    shooter.wait(lambda: not dialog.tasks.is_busy, "the preview")
    return dialog


def _export_map(shooter: Photographer) -> QWidget:
    plain_map(shooter)
    shooter.window.desk.plans.export_map()
    dialog = shooter.find(ExportMapDialog)
    assert isinstance(dialog, ExportMapDialog)  # noqa: S101 a script's own order
    dialog.kinds.set_chosen("book")
    dialog.kinds.chosen.emit("book")
    shooter.wait(lambda: dialog.preview.image is not None, "the preview")
    return dialog


def _wizard_step(step: int) -> Callable[[Photographer], QWidget]:
    def prepare(shooter: Photographer) -> QWidget:
        if step == 1:
            shooter.window.desk.plans.import_paths([customers(shooter.folder)])
        wizard = shooter.find(ImportWizard)
        assert isinstance(wizard, ImportWizard)  # noqa: S101 a script's own order
        if step > 1:
            wizard.go_on()
        shooter.wait(lambda: wizard.pages.currentIndex() == step, f"step {step}")
        shooter.wait(lambda: not wizard.tasks.is_busy, "the wizard")
        return wizard

    return prepare


def _several(step: int) -> Callable[[Photographer], QWidget]:
    """Two tables in one import: next month's customers and their orders."""

    def prepare(shooter: Photographer) -> QWidget:
        if step == 0:
            shooter.window.desk.plans.import_paths(next_month(shooter.folder))
        wizard = shooter.find(ImportWizard)
        assert isinstance(wizard, ImportWizard)  # noqa: S101 a script's own order
        shooter.wait(lambda: len(wizard.hands) > 1, "both tables")
        for _ in range(step):
            shooter.wait(lambda: not wizard.tasks.is_busy, "the wizard")
            wizard.go_on()
        shooter.wait(lambda: not wizard.tasks.is_busy, "the wizard")
        shooter.wait(lambda: wizard.pages.currentIndex() == step, f"step {step}")
        return wizard

    return prepare


def _dialog(kind: type[QDialog], make: Callable[[Photographer], QDialog]) -> Shot:
    name = "about" if kind is AboutDialog else "commands"

    def prepare(shooter: Photographer) -> QWidget:
        dialog = make(shooter)
        dialog.open()
        return dialog

    return Shot(name, prepare)


def _more_data(shooter: Photographer) -> None:
    """Import accounts that are in the plan twice, once."""
    if not (shooter.folder / "web shop customers.csv").exists():
        bring_in_more(shooter.screen.session, shooter.folder)


def _data(page: str) -> Callable[[Photographer], QWidget]:
    def prepare(shooter: Photographer) -> QWidget:
        _more_data(shooter)
        plain_map(shooter)
        data = shooter.screen.data
        data.show_data(page)
        if page == "duplicates":
            pane = data.data.pages[page].pane(DuplicatesPane)
            shooter.wait(lambda: pane.report is not None, "the duplicates")
        return shooter.window

    return prepare


def _analysis(view: str) -> Callable[[Photographer], QWidget]:
    def prepare(shooter: Photographer) -> QWidget:
        _more_data(shooter)
        plain_map(shooter)
        shooter.screen.drawer.open("analysis")
        shooter.screen.data.analysis.pane(AnalysisPane).show_view(view)
        return shooter.window

    return prepare


def _rows(shooter: Photographer) -> QWidget:
    """The accounts behind a check of data health."""
    _data("health")(shooter)
    pane = shooter.screen.data.data.pages["health"].pane(HealthPane)
    pane.lines["no_postal_code"].main_repair.click()
    return shooter.window


def _welcome(shooter: Photographer) -> QWidget:
    shooter.window.show_welcome()
    return shooter.window


SHOTS: tuple[Shot, ...] = (
    Shot("map", plain_map),
    *(Shot(name, prepare) for name, prepare in MAP_SHOTS),
    Shot("zip-areas", _zip),
    Shot("deviation", _deviation),
    Shot("measure", _measure),
    Shot("layers-panel", _layers_panel),
    Shot("balance", _pane("balance")),
    Shot("workload", workload("territories")),
    Shot("index", workload("index")),
    Shot("overlaps", _pane("overlaps")),
    Shot("check", _check),
    Shot("rules", rules),
    Shot("accounts", _pane("accounts")),
    Shot("tables", tables),
    Shot("exceptions", exceptions),
    Shot("history", _pane("history")),
    Shot("reps", _rep),
    Shot("roster", roster),
    Shot("match", match("one")),
    Shot("staffing", match("all")),
    Shot("account", _account),
    Shot("build", _build),
    Shot("divide", divide),
    Shot("export-map", _export_map),
    Shot("import-columns", _wizard_step(1)),
    Shot("import-check", _wizard_step(2)),
    Shot("import-result", _wizard_step(3)),
    Shot("import-files", _several(0)),
    Shot("import-several", _several(2)),
    _dialog(
        AboutDialog,
        lambda shooter: AboutDialog(shooter.window.desk.map_host.requests_left, shooter.window),
    ),
    _dialog(
        CommandPalette,
        lambda shooter: CommandPalette(
            list(shooter.window.actions_by_key.values()), shooter.window
        ),
    ),
    Shot("health", _data("health")),
    Shot("health-accounts", _rows),
    Shot("duplicates", _data("duplicates")),
    Shot("owners", _data("owners")),
    Shot("imports", _data("imports")),
    Shot("analysis-customers", _analysis("customers")),
    Shot("analysis-sales", _analysis("sales")),
    Shot("analysis-value", _analysis("value")),
    Shot("analysis-movement", _analysis("movement")),
    Shot("welcome", _welcome),
)


_GO_ON = ("import-columns", "import-check", "import-files", "boundaries-areas")
"""The next picture goes on in the same dialog."""


def main(words: list[str]) -> int:
    """Take the pictures."""
    configure_engine()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(["evenfield"])
    app.setQuitOnLastWindowClosed(False)
    wanted = [shot for shot in SHOTS if not words or any(word in shot.name for word in words)]
    for dark in (False, True):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            shooter = Photographer(Path(folder))
            shooter.window.set_dark(dark)
            shooter.open_sample()
            for shot in wanted:
                _take(shooter, shot, "dark" if dark else "light")
            shooter.window.close()
            shooter.window.deleteLater()
            QCoreApplication.processEvents()
    return 0


def _take(shooter: Photographer, shot: Shot, look: str) -> None:
    subject = shot.prepare(shooter)
    shooter.settle()
    path = OUT / f"{shot.name}-{look}.png"
    if not subject.grab().save(str(path)):
        message = f"could not write {path.name}"
        raise OSError(message)
    sys.stdout.write(f"{path.name}\n")
    if isinstance(subject, QDialog) and shot.name not in _GO_ON:
        subject.reject()
        shooter.settle()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
