# SPDX-License-Identifier: MIT
"""A plan from somebody else whose every text is hostile: all of it is shown, nothing of it runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.geounit import GeoLevel
from app.models.ids import AccountId, RepId, TerritoryId
from app.services.commands import SetMainMeasure
from app.services.geography.geography import Geography
from app.services.html_export import map_for_export, write_html_map
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui.selection import Focus
from tests.e2e.conftest import User
from tests.helpers.hostile_plan import hostile_workspace
from tests.helpers.hostile_texts import HOSTILE_TEXTS, TELLTALE
from tests.helpers.markup_watch import MarkupWatch
from tests.helpers.plain_browser import PlainBrowser
from tests.helpers.shared import ROOT
from tests.services.test_html_export import grid_export

pytestmark = [pytest.mark.e2e, pytest.mark.webengine]


_PAGES = (
    *("show_areas", "show_accounts", "show_reps", "show_balance", "show_territories"),
    *("show_rules", "show_workload", "show_overlaps", "show_coverage", "show_exceptions"),
    *("show_forces", "show_vacancies", "match_reps", "sales_forces", "divide_market"),
)


def taken_for_markup(window: QWidget) -> list[str]:
    """The words of labels and hints in which Qt may take a name for markup."""
    tags = [text for text in HOSTILE_TEXTS if "<" in text]
    labels = window.findChildren(QLabel)
    words = [each.text() for each in labels if each.textFormat() is not Qt.TextFormat.PlainText]
    words += [widget.toolTip() for widget in window.findChildren(QWidget)]
    return [each for each in words if any(tag in each for tag in tags)]


@pytest.fixture
def hostile(tmp_path: Path) -> Workspace:
    """The plan as the sender made it."""
    folder = tmp_path / "sender"
    folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
    for each in (folder, folders.work, folders.backups, folders.logs):
        each.mkdir()
    return hostile_workspace(folder, folders, Geography.load(ROOT / "resources" / "geo"))


def in_page(user: User) -> Callable[[str], object]:
    """Gives the values of scripts in the live page."""

    def run(script: str) -> object:
        answers: list[object] = []
        user.window.desk.map_host.lend().web_page.runJavaScript(script, answers.append)
        user.wait(lambda: bool(answers))
        return answers[0]

    return run


def look_at_everything(user: User) -> None:
    """Show every text of the plan on the map: labels, legends, tooltips, homes, accounts."""
    screen, view = user.screen, user.window.desk.map_host.lend()
    views = user.plan.geography.view_titles
    assert views[-1] == ("layer:1", HOSTILE_TEXTS[0])
    for key, _title in views:
        screen.map.set_level(key)
    for position in range(len(HOSTILE_TEXTS)):
        view.feature_hovered.emit(position)
    screen.map.set_level(GeoLevel.COUNTY.value)
    for coloring in ("deviation", "measure", "territory"):
        screen.map.set_coloring(coloring)
    screen.map.set_coloring("measure")
    for measure in user.plan.measures:
        user.plan.run(SetMainMeasure(measure.id, measure.name))
        screen.map.redraw()
        view.feature_hovered.emit(0)
    for position in range(len(HOSTILE_TEXTS)):
        view.feature_hovered.emit(position)
    user.settle()


def test_nothing_of_it_runs_in_the_window(user: User, hostile: Workspace) -> None:
    path = hostile.document.path
    hostile.close()
    user.window.desk.opener.open_sample()
    user.wait(lambda: user.window.desk.context.plan is not None)
    user.settle()
    run = in_page(user)
    run("document.querySelector('.map-tooltip').hidden = false; 1")
    watch = MarkupWatch(run)
    user.window.desk.opener.open(path)
    user.wait(lambda: len(user.plan.reps) == len(HOSTILE_TEXTS))
    assert {territory.name for territory in user.plan.territories} == set(HOSTILE_TEXTS)
    user.settle()
    look_at_everything(user)
    for number in range(1, len(HOSTILE_TEXTS) + 1, 12):
        user.screen.go_to(number, is_account=True)
        user.screen.selection.show(Focus(rep=RepId(number)))
        user.screen.selection.show(Focus(territory=TerritoryId(number)))
    for page in _PAGES:
        user.do(page)
        QTest.qWait(100)
        assert taken_for_markup(user.window) == [], page
        user.dismiss_dialogs()
    QTest.qWait(200)
    assert watch.findings() == []
    assert user.plan.records.account(AccountId(1)) is not None


def test_nothing_of_it_runs_in_the_exported_file(
    hostile: Workspace, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    plain, exported = tmp_path / "plain.html", tmp_path / "hostile.html"
    write_html_map(plain, grid_export(ROOT / "resources", tmp_path))
    write_html_map(exported, map_for_export(hostile, with_accounts=True))
    hostile.close()
    html = exported.read_text(encoding="utf-8")
    assert TELLTALE not in html
    browser = PlainBrowser(qapp, qtbot)
    browser.open(plain)
    watch = MarkupWatch(browser.run)
    browser.open(exported)
    title = browser.run("document.querySelector('.title-panel h1').textContent")
    scripts = browser.run("document.scripts.length")
    QTest.qWait(200)
    findings, said, schemes = watch.findings(), browser.page.said, set(browser.watch.schemes)
    browser.close()
    assert title == HOSTILE_TEXTS[0]
    # It has more blocks of data than the plain one: those of the file, and none besides.
    assert scripts == html.count("<script")
    assert [each for each in findings if not each.startswith("SCRIPT x")] == []
    assert said == []
    assert schemes <= {"file", "blob", "data"}
