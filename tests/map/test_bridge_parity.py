# SPDX-License-Identifier: MIT
"""Both ends of the channel know the same messages."""

import re
from typing import get_args

import pytest

from app.ui.map import map_messages
from app.ui.map.map_bridge import MapBridge
from tests.helpers.shared import ROOT
from tests.map.conftest import Driver

_SOURCE = (ROOT / "resources" / "map" / "bridge.js").read_text(encoding="utf-8")
_REPORTS = {
    *("ready", "painted", "strokeMoved", "strokeFinished", "strokeCancelled", "lassoFinished"),
    *("featureClicked", "featureHovered", "pointClicked", "homeClicked", "contextRequested"),
    *("viewChanged", "brushChanged", "lineDrawn", "areaDrawn", "areaChanged", "areaRemoved"),
}


def _names_in_source(constant: str) -> set[str]:
    found = re.search(rf"export const {constant} = \[(.*?)\];", _SOURCE, re.DOTALL)
    assert found
    return set(re.findall(r"'(\w+)'", found.group(1)))


def _names_to_page() -> set[str]:
    return {message.NAME for message in get_args(map_messages.ToPage)}


def test_page_and_program_know_the_same_messages_to_the_page() -> None:
    assert _names_in_source("TO_PAGE") == _names_to_page()


def test_each_message_to_the_page_has_a_signal() -> None:
    meta = MapBridge().metaObject()
    signatures = {bytes(meta.method(i).methodSignature().data()) for i in range(meta.methodCount())}
    assert {f"{name}(QString)".encode() for name in _names_to_page()} <= signatures


def test_each_report_of_the_page_has_a_slot() -> None:
    assert _names_in_source("FROM_PAGE") == _REPORTS
    assert all(callable(getattr(MapBridge, name)) for name in _REPORTS)


@pytest.mark.webengine
def test_the_built_page_is_that_of_the_sources(driver: Driver) -> None:
    built = driver.run("JSON.stringify([Evenfield.messages.toPage, Evenfield.messages.fromPage])")
    assert isinstance(built, str)
    assert set(re.findall(r'"(\w+)"', built)) == _names_to_page() | _REPORTS
