# SPDX-License-Identifier: MIT
"""The kind that was chosen in the file dialog decides whether accounts leave the program."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui import export_flow


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("", False),
        ("Web page (*.html)", False),
        ("Web page with the accounts as dots (*.html)", True),
    ],
)
def test_accounts_are_exported_only_when_chosen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, expected: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    asked: list[bool] = []
    tasks: list[object] = []
    monkeypatch.setattr(
        export_flow, "map_for_export", lambda _plan, *, with_accounts: asked.append(with_accounts)
    )
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "map.html"), kind)
    )
    workspace = SimpleNamespace(info=SimpleNamespace(name="Plan"))
    context = SimpleNamespace(
        window=window,
        plan=SimpleNamespace(session=SimpleNamespace(workspace=workspace)),
        surroundings=SimpleNamespace(documents=tmp_path),
        tasks=SimpleNamespace(run=tasks.append),
        say=lambda _text: None,
    )
    export_flow.ExportFlow(context).html_map()  # type: ignore[arg-type]
    assert asked == [expected]
    assert len(tasks) == 1
