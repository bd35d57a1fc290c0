# SPDX-License-Identifier: MIT
"""Adopting borders: what the dialog offers, says and does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.adopting import Adoption
from app.services.workspace import Workspace
from app.ui.area_flow import adoption_of
from app.ui.dialogs.adopt_dialog import AdoptChoice, AdoptDialog, AdoptWay, adoption_sentence
from tests.helpers.block_plan import block_workspace, draw


@pytest.fixture
def blocks(tmp_path: Path, app: QApplication) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path, ("A", "B"))
    draw(workspace, "AAAB.... ........ ........ ........ ........ ........")
    yield workspace
    workspace.close()


@pytest.fixture
def dialog(blocks: Workspace) -> AdoptDialog:
    layers = (("state", "States"), ("county", "Counties"))
    made = AdoptDialog(blocks, layers, lambda choice: adoption_of(blocks, choice))
    made.show()
    return made  # it deletes itself when it is closed


def test_the_dialog_says_what_adopting_would_do(
    dialog: AdoptDialog, blocks: Workspace, qtbot: QtBot
) -> None:
    qtbot.waitUntil(dialog.adopt_button.isEnabled)
    assert "2 territories are made: Block 01, Block 02." in dialog.preview.text()
    dialog.by_majority.setChecked(True)
    dialog.layer_box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "change" in dialog.preview.text())
    # The county of columns 2 and 3 has 30 of A, 40 of B and 110 + 120 of nobody.
    assert dialog.preview.text().startswith("2 areas are given")
    chosen: list[Adoption] = []
    dialog.chosen.connect(chosen.append)
    qtbot.waitUntil(dialog.adopt_button.isEnabled)
    qtbot.mouseClick(dialog.adopt_button, Qt.MouseButton.LeftButton)
    assert chosen[0].command is not None
    blocks.run(chosen[0].command)
    assert blocks.history_steps()[-1].label == "Snap to the borders of counties"


def test_nothing_to_do_is_said(blocks: Workspace) -> None:
    draw(blocks, "AAAABBBB AAAABBBB AAAABBBB AAAABBBB AAAABBBB AAAABBBB")
    adoption = adoption_of(blocks, AdoptChoice("county", "Counties", AdoptWay.BY_MAJORITY))
    assert adoption_sentence(adoption) == "Nothing would change."
