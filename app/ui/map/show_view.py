# SPDX-License-Identifier: MIT
"""The part of the map that shows what lies on the areas."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.map_look import MapLook
from app.ui.map.link_messages import LinkLine, LinksChanged
from app.ui.map.map_link import MapLink
from app.ui.map.map_state import MapState
from app.ui.map.show_messages import (
    ChartMarker,
    ChartsChanged,
    LayersChanged,
    LegendSection,
    OverlayLegendChanged,
    RingMarker,
    RingsChanged,
)


class ShowView:
    """Sends overlays and the look of layers; all of it is sent again to a page that restarted.

    Args:
        link: The connection to the page.
        state: What the page shows.
    """

    def __init__(self, link: MapLink, state: MapState) -> None:
        self._link = link
        self._state = state

    def set_layers(self, look: MapLook) -> None:
        """Hide, fade and order layers."""
        self._link.send(self._state.take(LayersChanged(look.order, look.looks)))

    def set_circles(
        self,
        xy: npt.NDArray[np.floating],
        rgba: npt.NDArray[np.uint8],
        radius: npt.NDArray[np.floating],
    ) -> None:
        """Circles of areas or territories at normalised Mercator places; radius 0 shows none."""
        self._link.send(self._state.take_circles(xy, rgba, radius))

    def set_charts(self, charts: Sequence[ChartMarker]) -> None:
        """Pies of territories."""
        self._link.send(self._state.take(ChartsChanged(tuple(charts))))

    def set_rings(self, rings: Sequence[RingMarker]) -> None:
        """Rings by distance around homes."""
        self._link.send(self._state.take(RingsChanged(tuple(rings))))

    def set_links(self, links: Sequence[LinkLine]) -> None:
        """Dashed lines between areas that a bridge or ferry joins."""
        self._link.send(self._state.take(LinksChanged(tuple(links))))

    def set_legend(self, sections: Sequence[LegendSection]) -> None:
        """What the overlays mean, below what the colours of the areas mean."""
        self._link.send(self._state.take(OverlayLegendChanged(tuple(sections))))
