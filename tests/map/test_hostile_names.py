# SPDX-License-Identifier: MIT
"""Names are text: whatever stands in them, nothing of it runs on the map."""

import pytest
from PySide6.QtTest import QTest

from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel
from tests.helpers.area_grid import center, plain_colors
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.map.conftest import Driver

pytestmark = pytest.mark.webengine


def test_hostile_names_are_shown_as_text_and_never_run(driver: Driver) -> None:
    assert len(HOSTILE_TEXTS) >= 40
    view = driver.view
    view.set_colors(*plain_colors((200, 200, 200)))
    view.set_labels(
        "territories",
        [MapLabel(*center(i % 40), text, sub=text, rank=i) for i, text in enumerate(HOSTILE_TEXTS)],
    )
    view.set_homes([HomeMarker(*center(3), text, (1, 2, 3, 255)) for text in HOSTILE_TEXTS])
    for text in HOSTILE_TEXTS:
        view.set_legend(text, [LegendEntry(text, (1, 2, 3, 255))], text)
        view.set_tooltip([text, text])
        driver.settle()
    QTest.qWait(100)
    assert driver.run("window.pwned === undefined") is True
    assert driver.run("document.querySelector('.legend h2').textContent") == HOSTILE_TEXTS[-1]
    assert driver.run("document.querySelectorAll('.legend img, .map-tooltip img').length") == 0
