# SPDX-License-Identifier: MIT
"""What the map shows, in light colours and independent of the page: for paper and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from app.services.geography.area_view import AreaView
from app.services.map_layers import LegendLine
from app.services.map_print.content import (
    MapContent,
    PrintDots,
    PrintHome,
    PrintLabel,
    PrintLegend,
)
from app.services.workspace import Workspace
from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel
from app.ui.map.map_painter import MapPainter
from app.ui.map.map_view import MapView

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


@dataclass(frozen=True, slots=True)
class ShownMap:
    """What the map showed when it was asked.

    Attributes:
        areas: The view; its polygons are read when the content is made, in any thread.
    """

    areas: AreaView
    recorded: _Recorder
    is_metric: bool

    def content(self) -> MapContent:
        """The same for painting, with the polygons read."""
        kept = self.recorded
        title, entries, note = kept.legend
        lines = tuple(LegendLine(e.text, e.rgba, e.is_hatched) for e in entries)
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
            legend=PrintLegend(title, lines, note, tuple(entry.count for entry in entries)),
            is_metric=self.is_metric,
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
    return ShownMap(recorder.areas, recorder, is_metric)


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
