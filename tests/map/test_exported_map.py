# SPDX-License-Identifier: MIT
"""The exported file opens from the disk, with no network and a silent console."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.html_export import ExportedHome, ExportedLabel, MapExport, write_html_map
from app.services.map_layers import LegendLine, mercator
from tests.helpers.area_grid import COUNT, center
from tests.helpers.hostile_texts import HOSTILE_TEXTS, TELLTALE
from tests.helpers.markup_watch import MarkupWatch
from tests.helpers.plain_browser import PlainBrowser
from tests.helpers.shared import ROOT
from tests.services.test_html_export import grid_export

pytestmark = pytest.mark.webengine


@pytest.fixture
def browser(qapp: QApplication, qtbot: QtBot, page_folder: Path) -> Iterator[PlainBrowser]:
    """A plain browser; it must stay silent and ask for nothing but the file."""
    found = PlainBrowser(qapp, qtbot)
    yield found
    said, schemes = found.page.said, set(found.watch.schemes)
    found.close()
    assert said == []
    assert schemes <= {"file", "blob", "data"}


def test_the_exported_map_opens_and_shows_its_territories(
    browser: PlainBrowser, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "map.html"
    write_html_map(path, grid_export(ROOT / "resources", tmp_path))
    browser.open(path)
    assert browser.run("document.querySelector('.title-panel h1').textContent") == "Plan"
    qtbot.waitUntil(lambda: browser.color_at(300, 250).saturation() > 60, timeout=10_000)


def test_the_tooltip_tells_the_area_and_who_serves_it(
    browser: PlainBrowser, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "map.html"
    write_html_map(path, grid_export(ROOT / "resources", tmp_path))
    browser.open(path)

    def tooltip() -> object:
        target = browser.view.focusProxy()
        assert target is not None
        for x in (300, 306):
            QTest.mouseMove(target, QPoint(x, 250))
            QTest.qWait(40)
        return browser.run("document.querySelector('.map-tooltip').textContent")

    qtbot.waitUntil(lambda: str(tooltip()).endswith("NorthJane Doe"), timeout=10_000)


def test_hostile_names_do_not_run_in_the_file(browser: PlainBrowser, tmp_path: Path) -> None:
    plain, hostile = tmp_path / "plain.html", tmp_path / "hostile.html"
    export = grid_export(ROOT / "resources", tmp_path)
    write_html_map(plain, _named(export, tuple(f"Name {i}" for i in range(len(HOSTILE_TEXTS)))))
    write_html_map(hostile, _named(export, HOSTILE_TEXTS))
    assert TELLTALE not in hostile.read_text(encoding="utf-8")
    browser.open(plain)
    watch = MarkupWatch(browser.run)
    browser.open(hostile)
    target = browser.view.focusProxy()
    assert target is not None
    for x in range(40, 860, 60):
        for y in range(40, 560, 60):
            QTest.mouseMove(target, QPoint(x, y))
    QTest.qWait(100)
    assert browser.run("document.querySelector('.title-panel h1').textContent") == HOSTILE_TEXTS[0]
    amount = browser.run("document.querySelectorAll('.legend li').length")
    assert isinstance(amount, int | float)
    assert amount >= len(HOSTILE_TEXTS)
    assert watch.findings() == []


def _named(export: MapExport, names: tuple[str, ...]) -> MapExport:
    """The same map with every text of it among the names, and each name in it."""
    places = [center(i % COUNT) for i in range(len(names))]
    rgba = (1, 2, 3, 255)
    return replace(
        export,
        title=names[0],
        subtitle=names[1],
        note=names[2],
        names=tuple(names[i % len(names)] for i in range(COUNT)),
        holders=(f"{names[3]}\n{names[4]}", names[5], names[6]),
        colors=replace(export.colors, legend=tuple(LegendLine(text, rgba) for text in names)),
        labels=tuple(
            ExportedLabel(*place, text, text) for place, text in zip(places, names, strict=True)
        ),
        homes=tuple(
            ExportedHome(*place, text, rgba) for place, text in zip(places, names, strict=True)
        ),
        points=mercator(*np.array(places).T).astype(np.float32),
        point_names=names,
    )
