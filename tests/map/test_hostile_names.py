# SPDX-License-Identifier: MIT
"""Names are text: whatever stands in them, nothing of it runs on the map."""

import dataclasses
import inspect

import pytest
from PySide6.QtTest import QTest

from app.ui.map import map_messages
from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel
from tests.helpers.area_grid import center, plain_colors
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.markup_watch import MarkupWatch
from tests.map.conftest import Driver

_SHOWN = {
    *("MapLabel.text", "MapLabel.sub", "HomeMarker.name", "LegendEntry.text"),
    *("LegendChanged.title", "LegendChanged.note", "TooltipChanged.lines"),
}
"""The texts of the user that reach the page; each is hostile in the first test below."""
_OURS = {
    *("MapLabel.kind", "LabelsChanged.label_set", "ViewLayerChanged.view", "ViewLayerChanged.urls"),
    *("LinesChanged.kinds", "LinesChanged.urls", "ColorsChanged.url", "PointsChanged.url"),
    "PlacesChanged.url",
}
"""Keys and addresses that only the program makes."""


@pytest.mark.webengine
def test_hostile_names_are_shown_as_text_and_never_run(driver: Driver) -> None:
    view = driver.view
    view.set_colors(*plain_colors((200, 200, 200)))
    view.set_legend("Legend", [LegendEntry("One", (1, 2, 3, 255))], "Note")
    view.set_tooltip(["One", "Two"])
    driver.settle()
    watch = MarkupWatch(driver.run)
    view.set_labels(
        "territories",
        [MapLabel(*center(i % 40), text, sub=text, rank=i) for i, text in enumerate(HOSTILE_TEXTS)],
    )
    view.set_homes([HomeMarker(*center(i % 40), t, (1, 2, 3, 255)) for i, t in _numbered()])
    for text in HOSTILE_TEXTS:
        view.set_legend(text, [LegendEntry(text, (1, 2, 3, 255))], text)
        view.set_tooltip([text, text])
    driver.settle()
    view.set_legend(HOSTILE_TEXTS[0], [LegendEntry(t, (1, 2, 3, 255)) for _, t in _numbered()])
    view.set_tooltip(HOSTILE_TEXTS)
    driver.settle()
    QTest.qWait(100)
    assert watch.findings() == []
    assert driver.run("document.querySelector('.legend h2').textContent") == HOSTILE_TEXTS[0]
    shown = driver.run("document.querySelector('.map-tooltip').innerText.length")
    assert isinstance(shown, int | float)
    assert shown > 1_000


@pytest.mark.webengine
def test_a_name_that_did_run_would_be_seen(driver: Driver) -> None:
    watch = MarkupWatch(driver.run)
    driver.run("document.querySelector('.map-tooltip').innerHTML = '<b onclick=1>North</b>'; 1")
    assert watch.findings() == ["B x 1", "B onclick x 1"]


def test_every_text_of_every_message_is_known_to_be_a_name_or_a_key() -> None:
    found: set[str] = set()
    for name, kind in inspect.getmembers(map_messages, dataclasses.is_dataclass):
        for field in dataclasses.fields(kind):
            if "str" in str(field.type):
                found.add(f"{name}.{field.name}")
    assert found == _SHOWN | _OURS


def _numbered() -> list[tuple[int, str]]:
    return list(enumerate(HOSTILE_TEXTS))
