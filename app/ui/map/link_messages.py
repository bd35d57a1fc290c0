# SPDX-License-Identifier: MIT
"""The message about links: areas that a bridge or ferry joins."""

from dataclasses import dataclass
from typing import ClassVar

from app.ui.map.tool_messages import place


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link, as a line between points in the two areas: lon and lat in degrees."""

    lon: float
    lat: float
    other_lon: float
    other_lat: float

    def payload(self) -> dict[str, object]:
        return {
            "from": place(self.lon, self.lat),
            "to": place(self.other_lon, self.other_lat),
        }


@dataclass(frozen=True, slots=True)
class LinksChanged:
    """All links."""

    NAME: ClassVar[str] = "linksChanged"
    links: tuple[LinkLine, ...]

    def payload(self) -> dict[str, object]:
        return {"links": [each.payload() for each in self.links]}
