# SPDX-License-Identifier: MIT
"""The names of countries appear where there is room for them."""

from collections.abc import Sequence

from app.services.geography.geography import Geography
from app.ui.map.base_map import draw_base_labels
from app.ui.map.map_messages import MapLabel


class _Wall:
    """Keeps the labels that a map would show."""

    def __init__(self) -> None:
        self.sets: dict[str, Sequence[MapLabel]] = {}

    def set_places(self, _path: object) -> None:
        """Cities are not looked at here."""

    def set_labels(self, label_set: str, labels: Sequence[MapLabel]) -> None:
        self.sets[label_set] = labels


def test_countries_are_named_from_where_they_have_room(geography: Geography) -> None:
    wall = _Wall()
    draw_base_labels(geography, wall)  # pyright: ignore[reportArgumentType] only what it calls
    named = {label.text: label for label in wall.sets["countries"]}
    # 357,000 km2 at 51 degrees north show as 950 km squared: 52 pixels at zoom 3.1.
    assert 3.0 < named["Germany"].min_zoom < 3.2
    assert named["Canada"].min_zoom < 2 < named["Italy"].min_zoom < 4
    assert named["Liechtenstein"].min_zoom > 8
    assert all(label.max_zoom > label.min_zoom for label in named.values())
