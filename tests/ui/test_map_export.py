# SPDX-License-Identifier: MIT
"""The dialog offers what each kind of file has; what was chosen is written, and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.models.errors import AppError, TaskCancelled
from app.models.geounit import GeoLevel
from app.services.commands import AddDrawnArea
from app.services.exporting.file_names import file_name, free_name
from app.services.workspace import Workspace
from app.ui.dialogs.export_map.dialog import ExportMapDialog
from app.ui.map.map_painter import MapPainter
from app.ui.map.shown_map import ShownMap, shown_map
from app.ui.map_export_flow import MapExportFlow, html_content
from app.ui.map_print.export_choice import ExportChoice, store_choice, stored_choice
from app.ui.map_print.page_job import page_job, territory_facts
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext

VIEW = (-125.0, 24.0, -66.0, 50.0)


def painter_of(workspace: Workspace) -> MapPainter:
    """A painter that has not drawn yet, at the level of states."""
    painter = MapPainter(workspace, None)  # type: ignore[arg-type] -- only its choices are read
    painter.level = GeoLevel.STATE
    return painter


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Settings of this test alone."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


class Hands:
    """The parts of the window that the flow needs, and what it told them."""

    def __init__(self, workspace: Workspace, settings: QSettings, folder: Path) -> None:
        self.said: list[tuple[str, Path]] = []
        self.problems: list[AppError] = []
        self.progress: list[float] = []
        self.stops_at = 2.0
        self.window = QWidget()
        view = SimpleNamespace(
            shown_view=SimpleNamespace(bounds=VIEW),
            grab_image=lambda: QImage(40, 30, QImage.Format.Format_RGB32),
        )
        around = SimpleNamespace(view=view, painter=painter_of(workspace))
        screen = SimpleNamespace(map=SimpleNamespace(context=around))
        self.context = SimpleNamespace(
            window=self.window,
            settings=settings,
            plan=SimpleNamespace(session=EditSession(workspace), screen=screen),
            surroundings=SimpleNamespace(documents=folder),
            tasks=SimpleNamespace(run=self._run),
            say=lambda text: self.said.append((text, Path())),
            say_file=lambda text, path: self.said.append((text, path)),
        )

    def _run(self, task: "Task[None]") -> None:
        def report(share: float, _words: str) -> None:
            self.progress.append(share)
            if share >= self.stops_at:
                raise TaskCancelled

        try:
            task.done(task.work(TaskContext(report)))
        except AppError as error:
            self.problems.append(error)


@pytest.fixture
def hands(
    app: QApplication, workspace: Workspace, settings: QSettings, tmp_path: Path, qtbot: QtBot
) -> Hands:
    """The window around the flow."""
    made = Hands(workspace, settings, tmp_path)
    qtbot.addWidget(made.window)
    return made


@pytest.fixture
def dialog(
    app: QApplication, workspace: Workspace, settings: QSettings, qtbot: QtBot
) -> Iterator[ExportMapDialog]:
    """The dialog on the demo plan."""

    def take(with_accounts: bool) -> ShownMap:
        painter = painter_of(workspace)
        return shown_map(workspace, painter, shows_accounts=with_accounts, is_metric=False)

    made = ExportMapDialog(workspace, take, VIEW, settings)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def export(hands: Hands, choice: ExportChoice, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chooses the file and writes."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    MapExportFlow(hands.context).write(choice)  # type: ignore[arg-type] -- stands for the window


def test_the_preview_shows_the_page(dialog: ExportMapDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.preview.image is not None, timeout=15_000)
    image = dialog.preview.image
    assert image is not None
    assert image.width() > image.height()
    colors = {
        image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)
    }
    assert len(colors) > 10


def test_each_kind_offers_what_it_has(dialog: ExportMapDialog) -> None:
    form, kinds = dialog.form, dialog.kinds

    def pick(key: str) -> list[str]:
        kinds.set_chosen(key)
        kinds.chosen.emit(key)
        return [form.extent.itemText(at) for at in range(form.extent.count())]

    assert pick("png") == [
        "What the window shows", "Where accounts are", "All areas and accounts", "One territory",
    ]  # fmt: skip
    assert form.dpi.isVisibleTo(dialog)
    assert form.pixels.text() == "3,508 × 2,480 pixels"
    assert not form.web_accounts.isVisibleTo(dialog)
    pick("pdf")
    assert not form.dpi.isVisibleTo(dialog)
    assert pick("book") == ["The whole plan"]
    assert not form.extent.isVisibleTo(dialog)
    assert pick("html") == ["The whole plan", "One territory", "One file per territory"]
    assert form.web_accounts.isVisibleTo(dialog)
    assert not form.legend.isVisibleTo(dialog)


def test_accounts_stay_out_of_a_web_page_until_they_are_chosen(dialog: ExportMapDialog) -> None:
    dialog.kinds.chosen.emit("html")
    assert not dialog.choice().shows_accounts
    assert "Accounts stay here" in dialog.form.privacy.text()
    dialog.form.web_accounts.click()
    assert dialog.choice().shows_accounts
    assert "names and places" in dialog.form.privacy.text()


def test_a_picture_that_is_too_large_cannot_be_exported(dialog: ExportMapDialog) -> None:
    form = dialog.form
    form.paper.setCurrentIndex(form.paper.findData("tabloid"))
    form.dpi.setCurrentIndex(form.dpi.findData(600))
    assert not dialog.export.isEnabled()
    assert "10,200 pixels" in dialog.problem.text()
    form.dpi.setCurrentIndex(form.dpi.findData(300))
    assert dialog.export.isEnabled()


def test_every_field_has_a_name_for_screen_readers(dialog: ExportMapDialog) -> None:
    form = dialog.form
    for field in (form.extent, form.territory, form.paper, form.turned, form.dpi, dialog.preview):
        assert field.accessibleName()


def test_choices_are_remembered(settings: QSettings) -> None:
    choice = ExportChoice("pdf", "all", None, "letter", False, 150, False, True, False, True)
    store_choice(settings, choice)
    assert stored_choice(settings) == choice


def test_choices_of_another_version_are_as_at_first(settings: QSettings) -> None:
    for name, value in (("kind", "gif"), ("paper", "b7"), ("dpi", "7"), ("extent", "moon")):
        settings.setValue(f"export_map/{name}", value)
    assert stored_choice(settings) == ExportChoice()


def test_a_picture_is_written(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(hands, ExportChoice("png", "view", dpi=96), tmp_path / "map", monkeypatch)
    image = QImage(str(tmp_path / "map.png"))
    assert (image.width(), image.height()) == (1123, 794)
    assert hands.said == [("Exported the map to map.png.", tmp_path / "map.png")]


def test_a_page_of_a_territory_names_it(
    hands: Hands, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = workspace.territories[0]
    path = tmp_path / "t.pdf"
    export(hands, ExportChoice("pdf", "territory", chosen.id), path, monkeypatch)
    document = QPdfDocument()
    document.load(str(path))
    text = document.getAllText(0).text()
    document.close()
    assert text.startswith("Lone Star")
    assert "Ana Reyes" in text
    # 80 accounts stand in Texas: two cities of 40.
    assert "Accounts 80" in " ".join(text.split())


def test_a_book_has_all_territories(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(hands, ExportChoice("book", "all"), tmp_path / "b.pdf", monkeypatch)
    document = QPdfDocument()
    document.load(str(tmp_path / "b.pdf"))
    first = [document.getAllText(page).text().splitlines()[0] for page in range(5)]
    count = document.pageCount()
    document.close()
    assert count == 5
    assert first == ["Demo plan", "Lone Star", "Pacific", "Northwest", "Great Lakes & Plains"]
    assert hands.progress == sorted(hands.progress)


def test_a_book_that_is_stopped_leaves_the_old_file(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(b"old")
    hands.stops_at = 0.3
    export(hands, ExportChoice("book", "all"), path, monkeypatch)
    assert path.read_bytes() == b"old"
    assert [type(each) for each in hands.problems] == [TaskCancelled]
    assert list(tmp_path.glob("*.part")) == []
    assert hands.said == []


def test_a_folder_that_is_gone_has_a_sentence(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(hands, ExportChoice("svg", "all"), tmp_path / "gone" / "m.svg", monkeypatch)
    assert "not there" in hands.problems[0].message


def test_one_web_page_per_territory_with_its_own_accounts_only(
    hands: Hands, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = ExportChoice("html", "territory", workspace.territories[1].id, web_accounts=True)
    content = html_content(workspace, choice)
    assert content.title == "Pacific"
    assert len(content.points) == len(content.point_names) == 40
    assert all(name.startswith("Los Angeles") for name in content.point_names)
    assert [home.name for home in content.homes] == []
    plain = html_content(workspace, ExportChoice("html", "all"))
    assert len(plain.points) == 0
    folder = tmp_path / "pages"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    MapExportFlow(hands.context).write(ExportChoice("html", "each"))  # type: ignore[arg-type]
    assert sorted(path.name for path in folder.iterdir()) == [
        "Great Lakes & Plains map.html",
        "Lone Star map.html",
        "Northwest map.html",
        "Pacific map.html",
    ]
    assert hands.said == [("Exported 4 web pages to pages.", folder)]


def test_the_map_is_copied_as_it_is(hands: Hands, app: QApplication) -> None:
    MapExportFlow(hands.context).copy()  # type: ignore[arg-type]
    assert app.clipboard().image().width() == 40
    assert hands.said[0][0].startswith("Copied the map")


def test_paper_is_light_whatever_the_window_is(workspace: Workspace, app: QApplication) -> None:
    painter = painter_of(workspace)
    light = shown_map(workspace, painter, shows_accounts=True, is_metric=False).content()
    painter.is_dark = True
    dark = shown_map(workspace, painter, shows_accounts=False, is_metric=True).content()
    assert (light.rgba == dark.rgba).all()
    assert (len(light.dots.xy), len(dark.dots.xy)) == (242, 0)
    assert dark.is_metric


def test_a_page_says_how_old_the_plan_is(workspace: Workspace, app: QApplication) -> None:
    painter = painter_of(workspace)
    shown = shown_map(workspace, painter, shows_accounts=True, is_metric=False)
    job = page_job(workspace, shown, VIEW, ExportChoice("pdf"))
    assert job.bounds == VIEW
    last = workspace.history_steps()[-1]
    assert job.text.small[1].startswith("Plan “Demo plan”, ")
    assert job.text.small[1].endswith(last.label)
    assert "Census" in job.text.small[0]


def test_facts_of_a_territory_agree_with_the_balance(workspace: Workspace) -> None:
    territory = workspace.territories[0]
    facts = dict(territory_facts(workspace, territory.id))
    row = next(
        each
        for each in workspace.balance(workspace.main_measure.id).rows
        if each.territory_id == territory.id
    )
    assert facts["Accounts"] == str(row.account_count) == "80"
    assert facts["Annual sales"].replace(",", "") == f"{row.total:.0f}"
    assert facts["Rep"] == "Ana Reyes"
    assert facts["Areas"] == "1"


def test_file_names_are_fit_for_every_system() -> None:
    assert file_name('A/B: "C"?') == "A B C"
    assert file_name("...") == "Untitled"
    assert file_name("CON") == "CON file"
    assert len(file_name("x" * 500)) == 120
    taken: set[str] = set()
    assert [free_name(n, taken) for n in ("A", "a", "A")] == ["A", "a 2", "A 3"]


def test_export_is_what_the_dialog_was_left_with(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    flow = MapExportFlow(hands.context)  # type: ignore[arg-type]
    path = tmp_path / "drawing.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    flow.export()
    dialog = hands.window.findChild(ExportMapDialog)
    assert dialog is not None
    dialog.kinds.set_chosen("svg")
    dialog.kinds.chosen.emit("svg")
    dialog.form.legend.setChecked(False)
    dialog.export.click()
    assert "Lone Star" in path.read_text(encoding="utf-8")
    assert stored_choice(hands.context.settings) == ExportChoice("svg", "view", legend=False)


def test_giving_the_dialog_up_writes_nothing(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: asked.append(1) or ("", ""))
    flow = MapExportFlow(hands.context)  # type: ignore[arg-type]
    flow.export()
    dialog = hands.window.findChild(ExportMapDialog)
    assert dialog is not None
    dialog.reject()
    assert asked == []
    assert hands.said == []


def test_areas_that_were_drawn_by_hand_are_printed(workspace: Workspace, app: QApplication) -> None:
    territory = workspace.territories[0]
    corners = ((-96.0, 30.0), (-95.0, 30.0), (-95.0, 31.0), (-96.0, 30.0))
    workspace.run(AddDrawnArea(territory.id, (corners,), territory_name=territory.name))
    shown = shown_map(workspace, painter_of(workspace), shows_accounts=True, is_metric=False)
    drawn = shown.content().drawn
    assert [outline.corners for outline in drawn] == [corners]
