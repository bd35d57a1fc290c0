# SPDX-License-Identifier: MIT
"""A small drawing of the areas of a file."""

import itertools

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.boundaries.file_layer import Preview
from app.ui.formats import plural
from app.ui.tasks import Task, TaskContext, TaskRunner
from app.ui.tokens import tokens_of

_MARGIN = 12
_RINGS_AT_A_TIME = 400
_MANY_RINGS = 500


class AreasDrawing(QWidget):
    """Draws outlines to fit; 33,000 areas are drawn in the background within half a second.

    Args:
        tasks: Runs the drawing; not one that shows progress.
    """

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._preview: Preview | None = None
        self._picture: QPixmap | None = None
        self._drawn_as: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 180)
        self.setAccessibleName("Drawing of the areas")

    def sizeHint(self) -> QSize:
        return QSize(380, 320)

    def show_areas(self, preview: Preview, rows: int) -> None:
        """Draw other areas.

        Args:
            rows: How many there are, for whoever cannot see them.
        """
        self._preview, self._picture = preview, None
        self.setAccessibleName(f"Drawing of {plural(rows, 'area', 'areas')}")
        self._drawn_as = ()
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether the drawing is complete."""
        return self._picture is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        self._draw_anew()
        if self._picture is not None:
            with QPainter(self) as painter:
                painter.drawPixmap(0, 0, self._picture)

    def _draw_anew(self) -> None:
        """Start the drawing where none is there for this size and theme."""
        if self._preview is None:
            return
        tokens = tokens_of(self.palette())
        ratio = self.devicePixelRatioF()
        wanted = (id(self._preview), self.size().toTuple(), tokens.is_dark, ratio)
        if wanted == self._drawn_as:
            return
        self._drawn_as = wanted
        preview, size = self._preview, self.size()
        fill, line = QColor(tokens.accent_soft), QColor(tokens.accent)

        def work(context: TaskContext) -> QImage:
            return drawn(preview, size, ratio, (fill, line), context)

        def done(image: QImage) -> None:
            if wanted == self._drawn_as:
                self._picture = QPixmap.fromImage(image)
                self.update()

        self._tasks.run(Task("Drawing the areas", work, done, lambda _error: None))


def drawn(
    preview: Preview,
    size: QSize,
    ratio: float,
    colors: tuple[QColor, QColor],
    context: TaskContext,
) -> QImage:
    """The areas as a picture.

    Args:
        size: In device-independent pixels.
        colors: Of areas and of borders.

    Raises:
        TaskCancelled: It is not wanted any more.
    """
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    fill, line = colors
    # Where areas are smaller than a few pixels, full lines would leave one dark spot.
    line.setAlphaF(max(0.25, min(1.0, 2000 / len(preview.ring_start))))
    points = _fitted(preview, QRectF(0, 0, size.width(), size.height()))
    # Cancelling raises in here. A painter that is still active then lives on in the traceback,
    # and crashes Qt where it is collected after its image.
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(fill)
        painter.setPen(QPen(line, 0.5))
        for start in range(0, len(preview.ring_start) - 1, _RINGS_AT_A_TIME):
            context.progress(-1)
            painter.drawPath(
                _path(preview.ring_start[start : start + _RINGS_AT_A_TIME + 1], points)
            )
    return image


def _path(ends: npt.NDArray[np.integer], points: list[list[float]]) -> QPainterPath:
    """Rings that follow one another, each closed.

    Args:
        ends: Where each begins among the points, and where the last one ends.
        points: The corners of all.
    """
    path = QPainterPath()
    for start, end in itertools.pairwise(ends):
        path.addPolygon([QPointF(x, y) for x, y in points[start:end]])
        path.closeSubpath()
    return path


def _fitted(preview: Preview, room: QRectF) -> list[list[float]]:
    """The corners in pixels, in the middle of the room."""
    xy = preview.xy
    low, high = xy.min(axis=0), xy.max(axis=0)
    if len(preview.ring_start) > _MANY_RINGS:
        # A few islands far off, as those of Alaska, must not make all else small.
        low, high = np.quantile(xy[preview.ring_start[:-1]], [0.01, 0.99], axis=0)
        low, high = low - 0.06 * (high - low), high + 0.06 * (high - low)
    extent = np.maximum(high - low, 1e-9)
    inner = np.array([room.width(), room.height()]) - 2 * _MARGIN
    scale = float((inner / extent).min())
    offset = np.array([room.width(), room.height()]) / 2 - scale * (low + high) / 2
    return (xy * scale + offset).tolist()
