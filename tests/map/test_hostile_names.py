# SPDX-License-Identifier: MIT
"""Names are text: whatever stands in them, nothing of it runs on the map."""

import dataclasses
import importlib
import inspect
import pkgutil

import pytest
from PySide6.QtTest import QTest

from app.ui import map as map_package
from app.ui.map.map_messages import HomeMarker, MapLabel
from app.ui.map.show_messages import LegendEntry, LegendSection, RingMarker
from tests.helpers.area_grid import COUNT, center, plain_colors
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.markup_watch import MarkupWatch
from tests.map.conftest import Driver

_SHOWN = {
    *("MapLabel.text", "MapLabel.sub", "MapLabel.figures", "HomeMarker.name", "RingMarker.text"),
    *("LegendEntry.text", "LegendEntry.count", "LegendSection.title", "LegendSection.note"),
    *("LegendChanged.title", "LegendChanged.note", "TooltipChanged.lines"),
}
"""The texts of the user that reach the page; each is hostile in the first test below."""
_OURS = {
    *("MapLabel.kind", "LabelsChanged.label_set", "ViewLayerChanged.view", "ViewLayerChanged.urls"),
    *("LinesChanged.kinds", "LinesChanged.urls", "ColorsChanged.url", "PointsChanged.url"),
    *("PlacesChanged.url", "CirclesChanged.url", "ParentsChanged.url", "BaselineChanged.url"),
    "SelectWithin.stroke",
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
        [
            MapLabel(*center(i % COUNT), text, sub=text, figures=(text, text), rank=i)
            for i, text in _numbered()
        ],
    )
    view.overlays.set_rings(
        [RingMarker(*center(i % COUNT), 50.0, text, (1, 2, 3, 255)) for i, text in _numbered()]
    )
    view.set_homes([HomeMarker(*center(i % COUNT), t, (1, 2, 3, 255)) for i, t in _numbered()])
    for text in HOSTILE_TEXTS:
        view.set_legend(text, [LegendEntry(text, (1, 2, 3, 255))], text)
        view.set_tooltip([text, text])
    driver.settle()
    entries = tuple(LegendEntry(text, (1, 2, 3, 255), count=text) for text in HOSTILE_TEXTS)
    view.set_legend(HOSTILE_TEXTS[0], entries)
    view.overlays.set_legend([LegendSection(t, entries[i : i + 1], t) for i, t in _numbered()])
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
    names = [each.name for each in pkgutil.iter_modules(map_package.__path__)]
    for module_name in names:
        if not module_name.endswith("_messages"):
            continue
        module = importlib.import_module(f"{map_package.__name__}.{module_name}")
        for name, kind in inspect.getmembers(module, dataclasses.is_dataclass):
            texts = (field for field in dataclasses.fields(kind) if "str" in str(field.type))
            found |= {f"{name}.{field.name}" for field in texts}
    assert found == _SHOWN | _OURS


def _numbered() -> list[tuple[int, str]]:
    return list(enumerate(HOSTILE_TEXTS))
