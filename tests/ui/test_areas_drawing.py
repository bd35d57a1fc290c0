# SPDX-License-Identifier: MIT
"""The small drawing of the areas of a file."""

import traceback

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication

from app.models.errors import TaskCancelled
from app.services.boundaries.file_layer import Preview
from app.ui.dialogs.boundary_wizard.areas_drawing import drawn
from app.ui.tasks import TaskContext

SQUARE = Preview(
    ring_start=np.array([0, 5]),
    row_of_ring=np.array([0]),
    xy=np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]),
)
RED, BLACK = QColor("#ff0000"), QColor("#000000")


def test_an_area_is_filled_in_the_middle_of_the_room(qapp: QApplication) -> None:
    context = TaskContext(lambda _fraction, _text: None)
    image = drawn(SQUARE, QSize(100, 60), 1.0, (RED, BLACK), context)
    assert image.pixelColor(50, 30) == RED
    assert image.pixelColor(5, 30).alpha() == 0


def test_a_cancelled_drawing_leaves_no_painter_at_work(qapp: QApplication) -> None:
    context = TaskContext(lambda _fraction, _text: None)
    context.cancel()
    with pytest.raises(TaskCancelled) as caught:
        drawn(SQUARE, QSize(100, 60), 1.0, (RED, BLACK), context)
    painters = [
        value
        for frame, _ in traceback.walk_tb(caught.tb)
        for value in frame.f_locals.values()
        if isinstance(value, QPainter)
    ]
    assert len(painters) == 1
    assert not painters[0].isActive()
