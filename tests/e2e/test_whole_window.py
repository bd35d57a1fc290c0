# SPDX-License-Identifier: MIT
"""The window as a whole: every action, hostile texts, and a program that is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from app.services.commands import CreateTerritory, RenameTerritory
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui import rescue
from app.ui.actions import ACTIONS
from app.ui.dialogs.about_dialog import AboutDialog
from app.ui.file_actions import FileActions
from tests.e2e.conftest import User
from tests.helpers.shared import ROOT

pytestmark = [pytest.mark.e2e, pytest.mark.webengine]
LEAVING = {"quit", "close_plan", "open_sample", "new_plan", "open_plan", "show_log_folder"}
HOSTILE = "<img src=x onerror=alert(1)><b>&amp; North"


def test_every_action_can_be_chosen_in_the_sample(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AboutDialog, "exec", lambda _self: 0)
    monkeypatch.setattr(FileActions, "show_log_folder", lambda _self: None, raising=False)
    user.will_cancel_files()
    QGuiApplication.clipboard().setText("Account\tZIP\nAcme\t02139\n")
    user.window.desk.opener.open_sample()
    user.wait(lambda: user.window.desk.context.plan is not None)
    user.settle()
    for spec in ACTIONS:
        if spec.key in LEAVING or not user.window.actions_by_key[spec.key].isEnabled():
            continue
        user.do(spec.key)
        user.wait(lambda: not user.window.desk.tasks.is_busy)
        user.dismiss_dialogs()
    user.do("close_plan")
    assert user.window.desk.context.plan is None


def test_markup_in_a_name_shows_as_text_everywhere(user: User) -> None:
    user.window.desk.opener.open_sample()
    user.wait(lambda: user.window.desk.context.plan is not None)
    target = user.plan.territories[0].id
    session = user.screen.session
    session.run(RenameTerritory(target, HOSTILE))
    user.screen.show_territory(target)
    user.do("show_balance")
    user.settle()
    page = user.window.desk.map_host.lend().web_page
    found: list[object] = []
    page.runJavaScript("document.querySelectorAll('img[src=x]').length", found.append)
    user.wait(lambda: bool(found))
    assert found == [0]
    assert user.window.desk.map_host.requests_left() == 0


def test_a_killed_program_loses_no_edit(tmp_path: Path) -> None:
    """Edits in a process of their own, killed without warning; the plan goes on with them."""
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    path = tmp_path / "plan.evenfield"
    geography = Geography.load(ROOT / "resources" / "geo")
    Workspace.create(path, folders, geography, "Plan").close()
    code = (
        "import sys, time; from pathlib import Path;"
        "from app.services.commands import CreateTerritory;"
        "from app.services.geography.geography import Geography;"
        "from app.services.store.document import AppFolders;"
        "from app.services.workspace import Workspace;"
        "b = Path(sys.argv[1]);"
        "f = AppFolders(b / 'work', b / 'backups', b / 'logs');"
        "g = Geography.load(Path('resources/geo'));"
        "w = Workspace.open(b / 'plan.evenfield', f, g);"
        "[w.run(CreateTerritory(f'T{i}')) for i in range(5)];"
        "print('done', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "done\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    time.sleep(0.1)
    again = Workspace.open(path, folders, geography)
    assert [territory.name for territory in again.territories] == ["T0", "T1", "T2", "T3", "T4"]
    assert again.document.recovered_changes == 5
    again.run(CreateTerritory("After"))
    again.close()


def test_a_damaged_plan_opens_from_its_newest_backup(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.new_plan("Plan")
    user.screen.session.run(CreateTerritory("North"))
    user.plan.document.back_up("test")
    path = user.plan.document.path
    user.do("close_plan")
    damaged = bytearray(path.read_bytes())
    damaged[8192:20000] = bytes(20000 - 8192)
    path.write_bytes(damaged)
    asked: list[list[str]] = []

    def choose_last(_error: object, verbs: list[str], *_rest: object) -> int:
        asked.append(list(verbs))
        return len(verbs) - 1

    monkeypatch.setattr(rescue, "ask", choose_last)
    user.window.desk.open_path(path)
    user.wait(lambda: user.window.desk.context.plan is not None)
    assert asked == [["Close", "Recover what can be read", "Open the newest backup"]]
    assert [territory.name for territory in user.plan.territories] == ["North"]
    assert "backup" in user.plan.document.path.name


def test_the_welcome_page_leads_back_to_the_open_plan(user: User) -> None:
    user.new_plan("Plan")
    user.do("show_welcome")
    assert user.window.stack.currentWidget() is user.window.welcome
    user.click_text(user.window.way_back, "Back to the plan")
    assert user.window.stack.currentWidget() is user.screen
    assert not user.window.way_back.isVisible()


def test_recent_plans_open_from_the_menu(user: User) -> None:
    user.new_plan("First")
    user.new_plan("Second")
    user.window.recent_menu.aboutToShow.emit()
    actions = user.window.recent_menu.actions()
    assert [action.text() for action in actions] == ["Second", "First"]
    actions[1].trigger()
    user.wait(lambda: user.plan.info.name == "First")


def test_the_view_menu_checks_what_the_map_shows(user: User) -> None:
    user.new_plan("Plan")
    actions = user.window.actions_by_key
    assert actions["level_county"].isChecked()
    user.do("level_state")
    user.do("level_state")
    assert actions["level_state"].isChecked()
    assert not actions["level_county"].isChecked()
    assert actions["color_territory"].isChecked()
