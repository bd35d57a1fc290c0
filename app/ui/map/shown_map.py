# SPDX-License-Identifier: MIT
"""What the map shows, in light colours and independent of the page: for paper and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from app.models.map_look import MapLook
from app.services.geography.area_view import AreaView
from app.services.map_layers import LegendLine, over_land, territory_fill
from app.services.map_print.content import (
    MapContent,
    PrintDots,
    PrintHome,
    PrintLabel,
    PrintLegend,
    PrintOutline,
    PrintPie,
    PrintRing,
)
from app.services.workspace import Workspace
from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel
from app.ui.map.map_painter import MapPainter
from app.ui.map.map_view import MapView
from app.ui.map.overlay_painter import OverlayPainter
from app.ui.map.show_messages import ChartMarker, LegendSection, RingMarker
from app.ui.map.show_view import ShowView

_ALL_LINES = 100_000


@dataclass(slots=True)
class _Recorder:
    """Takes from the painter what a map view takes, and keeps it."""

    areas: AreaView | None = None
    rgba: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 4), np.uint8))
    groups: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    dots: PrintDots = field(default_factory=PrintDots)
    lines: tuple[tuple[str, Path], ...] = ()
    places: Path | None = None
    labels: dict[str, tuple[MapLabel, ...]] = field(default_factory=dict)
    homes: tuple[HomeMarker, ...] = ()
    legend: tuple[str, tuple[LegendEntry, ...], str] = ("", (), "")

    def show_view(self, view: AreaView) -> None:
        self.areas = view

    def set_colors(self, rgba: npt.NDArray[np.uint8], groups: npt.NDArray[np.int32]) -> None:
        self.rgba, self.groups = np.array(rgba, np.uint8), np.array(groups, np.int32)

    def set_points(
        self,
        xy: npt.NDArray[np.floating],
        rgba: npt.NDArray[np.uint8],
        radius: npt.NDArray[np.floating] | float = 4.0,
        _extra: object = None,
    ) -> None:
        # Paper shows every account as a dot; heat and clusters are for looking around.
        sizes = np.broadcast_to(np.asarray(radius, np.float32), len(xy))
        self.dots = PrintDots(np.array(xy, np.float32), np.array(rgba, np.uint8), np.array(sizes))

    def set_labels(self, label_set: str, labels: Sequence[MapLabel]) -> None:
        self.labels[label_set] = tuple(labels)

    def set_homes(self, homes: Sequence[HomeMarker]) -> None:
        self.homes = tuple(homes)

    def set_lines(self, lines: Sequence[tuple[str, Path]]) -> None:
        self.lines = tuple(lines)

    def set_places(self, path: Path) -> None:
        self.places = path

    def set_legend(self, title: str, entries: Sequence[LegendEntry], note: str = "") -> None:
        self.legend = (title, tuple(entries), note)


@dataclass(slots=True)
class _OverlayRecorder:
    """The same for what lies on the areas."""

    hidden: frozenset[str] = frozenset()
    circles: PrintDots = field(default_factory=PrintDots)
    pies: tuple[PrintPie, ...] = ()
    rings: tuple[PrintRing, ...] = ()
    sections: tuple[PrintLegend, ...] = ()

    def set_layers(self, look: MapLook) -> None:
        self.hidden = frozenset(
            each.layer.value for each in look.looks if not each.is_shown or each.opacity <= 0
        )

    def set_circles(
        self,
        xy: npt.NDArray[np.floating],
        rgba: npt.NDArray[np.uint8],
        radius: npt.NDArray[np.floating],
    ) -> None:
        self.circles = PrintDots(
            np.array(xy, np.float32), np.array(rgba, np.uint8), np.array(radius, np.float32)
        )

    def set_charts(self, charts: Sequence[ChartMarker]) -> None:
        self.pies = tuple(PrintPie(c.lon, c.lat, c.radius, c.slices) for c in charts)

    def set_rings(self, rings: Sequence[RingMarker]) -> None:
        self.rings = tuple(PrintRing(r.lon, r.lat, r.km, r.text, r.rgba) for r in rings)

    def set_legend(self, sections: Sequence[LegendSection]) -> None:
        self.sections = tuple(_legend(s.title, s.entries, s.note) for s in sections)


def _legend(title: str, entries: Sequence[LegendEntry], note: str) -> PrintLegend:
    return PrintLegend(
        title,
        tuple(LegendLine(each.text, each.rgba, each.is_hatched) for each in entries),
        note,
        tuple(each.count for each in entries),
        tuple(each.radius for each in entries),
    )


@dataclass(frozen=True, slots=True)
class ShownMap:
    """What the map showed when it was asked.

    Attributes:
        areas: The view; its polygons are read when the content is made, in any thread.
    """

    areas: AreaView
    recorded: _Recorder
    overlays: _OverlayRecorder
    drawn: tuple[PrintOutline, ...]
    is_metric: bool

    def content(self) -> MapContent:
        """The same for painting, with the polygons read."""
        kept = self.recorded
        title, entries, note = kept.legend
        over = self.overlays
        labels = (label for each in kept.labels.values() for label in each)
        return MapContent(
            polygons=self.areas.packed(),
            rgba=kept.rgba,
            groups=kept.groups,
            lines=kept.lines,
            labels=tuple(_label(each) for each in labels),
            cities_path=kept.places,
            homes=tuple(PrintHome(h.lon, h.lat, h.rgba) for h in kept.homes),
            dots=kept.dots,
            legend=_legend(title, entries, note),
            is_metric=self.is_metric,
            circles=over.circles,
            pies=over.pies,
            rings=over.rings,
            drawn=self.drawn,
            sections=over.sections,
            hidden=over.hidden,
        )


def shown_map(
    workspace: Workspace, painter: MapPainter, *, shows_accounts: bool, is_metric: bool
) -> ShownMap:
    """What a painter draws, drawn anew in light colours.

    Args:
        workspace: The open plan.
        painter: Of the window's map: its level, colouring and marked accounts count.
        shows_accounts: Whether accounts are dots.
        is_metric: Kilometres instead of miles.
    """
    recorder = _Recorder()
    copy = MapPainter(workspace, cast("MapView", recorder))
    copy.take_choices(painter)
    copy.is_dark = False
    copy.most_legend_lines = _ALL_LINES
    copy.draw_all()
    if not shows_accounts:
        recorder.dots = PrintDots()
    if recorder.areas is None:
        raise LookupError("the painter showed no areas")
    overlays = _OverlayRecorder()
    over = OverlayPainter(workspace, cast("ShowView", overlays))
    over.look = painter.look
    over.account_section = copy.account_section if shows_accounts else None
    over.draw_all(copy.view_key)
    over.draw_legend()
    return ShownMap(recorder.areas, recorder, overlays, _drawn(workspace), is_metric)


def _drawn(workspace: Workspace) -> tuple[PrintOutline, ...]:
    """The outer outlines of the areas that were drawn by hand, as the screen shows them."""
    fills = {t.id: territory_fill(t.color_index, dark=False) for t in workspace.territories}
    return tuple(
        PrintOutline(area.rings[0], over_land(fills[area.territory_id], dark=False))
        for area in workspace.drawn_areas
    )


def _label(label: MapLabel) -> PrintLabel:
    return PrintLabel(
        label.lon,
        label.lat,
        label.text,
        label.kind,
        "\n".join(filter(None, (label.sub, *label.figures))),
        label.min_zoom,
        label.max_zoom,
        label.rank,
    )
