# SPDX-License-Identifier: MIT
"""The page gets its own files and data slots, and nothing else from anywhere."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.map.engine_flags import configure_engine
from app.ui.map.map_profile import MapProfile
from app.ui.map.map_reports import read_click, read_lasso, read_stroke, read_view
from app.ui.map.scheme import ORIGIN, SUPERSEDED, DataSlots
from tests.helpers.log_watch import LogWatch
from tests.map.conftest import Driver


def test_a_slot_keeps_its_last_generations_only() -> None:
    slots = DataSlots()
    addresses = [slots.put("colors", bytes([i])) for i in range(10)]
    paths = [address.removeprefix(ORIGIN) for address in addresses]
    assert [slots.get(path) for path in paths[:7]] == [SUPERSEDED] * 7
    assert slots.get("data/11") is None
    assert slots.get("index.html") is None
    assert [slots.get(path) for path in paths[7:]] == [b"\x07", b"\x08", b"\x09"]


def test_slots_of_different_names_do_not_push_each_other_out() -> None:
    slots = DataSlots()
    first = slots.put("polygons", Path("x.ply"))
    for _ in range(10):
        slots.put("colors", b"")
    assert slots.get(first.removeprefix(ORIGIN)) == Path("x.ply")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"strokeId": 1, "tool": "paint", "features": []}',
        '{"strokeId": "s", "tool": "erase", "features": []}',
        '{"strokeId": "s", "tool": "paint", "features": ["1"]}',
        '{"strokeId": "s", "tool": "paint", "features": [true]}',
        '{"strokeId": "s", "tool": "paint", "features": [1.5]}',
        '{"strokeId": "s", "tool": "paint", "features": 7}',
        '{"strokeId": "' + "s" * 65 + '", "tool": "paint", "features": []}',
    ],
)
def test_a_stroke_that_is_none_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_stroke(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"feature": 1, "lon": 1e999, "lat": 0}',
        '{"feature": 1, "lon": NaN, "lat": 0}',
        '{"feature": "1", "lon": 0, "lat": 0}',
        '{"feature": 1, "lon": "0", "lat": 0}',
    ],
)
def test_a_click_without_a_place_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_click(text)


def test_a_lasso_with_a_broken_corner_is_refused() -> None:
    start = '{"strokeId": "s", "tool": "lasso", "features": [], "polygon": '
    for corners in ("[[1]]", "[[1, 2, 3]]", "[1]", '[["a", 1]]', "null"):
        with pytest.raises((ValueError, TypeError)):
            read_lasso(start + corners + "}")


def test_a_view_needs_four_bounds() -> None:
    with pytest.raises((ValueError, TypeError)):
        read_view('{"lon": 0, "lat": 0, "zoom": 4, "bounds": [0, 0, 1]}')


def test_engine_flags_are_added_once_and_keep_what_was_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QTWEBENGINE_CHROMIUM_FLAGS", "--force-dark-mode")
    monkeypatch.delenv("QT_QUICK_BACKEND", raising=False)
    monkeypatch.setenv("QTWEBENGINE_DISABLE_SANDBOX", "1")
    configure_engine(safe_graphics=True)
    configure_engine(safe_graphics=True)
    flags = os.environ["QTWEBENGINE_CHROMIUM_FLAGS"]
    assert flags.startswith("--force-dark-mode ")
    assert flags.count("--host-resolver-rules") == 1
    assert flags.count("--disable-gpu") == 1
    monkeypatch.delenv("QT_QUICK_BACKEND")


def test_the_sandbox_stays_on_for_plain_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QTWEBENGINE_CHROMIUM_FLAGS", "")
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    configure_engine()
    assert "QTWEBENGINE_DISABLE_SANDBOX" not in os.environ
    assert "--no-sandbox" not in os.environ["QTWEBENGINE_CHROMIUM_FLAGS"]


@pytest.mark.webengine
@pytest.mark.parametrize(
    "path",
    ["../../pyproject.toml", "%2e%2e/%2e%2e/pyproject.toml", "index.stamp", "data/999999", "x"],
)
def test_only_listed_files_are_served(driver: Driver, log_watch: LogWatch, path: str) -> None:
    with log_watch.expect("map page"):
        driver.run(
            f"fetch('{ORIGIN}{path}')"
            ".then((reply) => (reply.ok ? 'served' : 'refused'), () => 'refused')"
            ".then((answer) => { window.answer = answer }); 1"
        )
        driver.wait(lambda: driver.run("window.answer !== undefined") is True)
    assert driver.run("window.answer") == "refused"


@pytest.fixture
def bare_page(qapp: QApplication, profile: MapProfile) -> Iterator[QWebEnginePage]:
    """A page of the map's profile without our content policy."""
    page = QWebEnginePage(profile, qapp)
    yield page
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    profile.guard.blocked.clear()


@pytest.mark.webengine
def test_the_guard_refuses_what_a_page_without_policy_asks_for(
    bare_page: QWebEnginePage, profile: MapProfile, qtbot: QtBot, log_watch: LogWatch
) -> None:
    html = (
        "<img src='https://example.com/a.png'><script src='http://example.com/b.js'></script>"
        "<iframe src='https://example.com/c'></iframe>"
        "<script>fetch('https://example.com/d').catch(() => 0);"
        "navigator.sendBeacon('https://example.com/e');"
        "new WebSocket('wss://example.com/f')</script>"
    )
    with log_watch.expect("was refused"):
        with qtbot.waitSignal(bare_page.loadFinished, timeout=10_000):
            bare_page.setHtml(html, QUrl(ORIGIN))
        qtbot.waitUntil(
            lambda: (
                {address.rsplit("/")[-1] for address in profile.guard.blocked}
                >= {"a.png", "b.js", "c", "d", "e", "f"}
            ),
            timeout=10_000,
        )
    assert profile.guard.requests_left == 0
    assert all("example.com" in address for address in profile.guard.blocked)
