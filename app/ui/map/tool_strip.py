# SPDX-License-Identifier: MIT
"""The strip over the map with its tools and what they can be told."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from app.models.ids import TerritoryId
from app.models.territory import Territory
from app.ui.map.tool_messages import StrokeSource
from app.ui.map.tool_options import ToolOptions
from app.ui.map.tool_table import TOOL_BY_KEY, TOOLS
from app.ui.parts import icon_button, row
from app.ui.theme import set_kind
from app.ui.widgets.segmented import Segmented

_SMALLEST, _LARGEST = 2, 120
_SOURCES = (
    (StrokeSource.ALL, "From everybody"),
    (StrokeSource.UNASSIGNED, "Only unassigned"),
    (StrokeSource.ONE, "Only where I start"),
)


class ToolStrip(QFrame):
    """Buttons of the tools and, beside them, the options of the one that is chosen.

    Args:
        options: What the widgets show and change.
        parent: The widget that holds it.

    Signals:
        tool_chosen(str): Key of a tool.
        marking_toggled(bool): Mark what changes from now on, or stop that.
    """

    tool_chosen = Signal(str)
    marking_toggled = Signal(bool)

    def __init__(self, options: ToolOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.options = options
        self._tool = TOOL_BY_KEY["pick"]
        self._coarser: tuple[tuple[str, str], ...] | None = None
        self._buttons = self._make_tools()
        self.mode = Segmented(
            "What box, lasso and radius do", (("select", "Select"), ("assign", "Assign"))
        )
        self.mode.setToolTip("Select what you enclose, or give it to the active territory at once")
        self.mode.chosen.connect(lambda key: options.set_assigns(key == "assign"))
        self.size_slider = self._make_slider()
        self.source = _combo("Whose areas", "Limit which areas a stroke may take", 164)
        self.source.activated.connect(self._on_source)
        self.inside = _combo("Keep inside", "Keep a stroke in the area in which it begins", 132)
        self.inside.activated.connect(lambda _at: options.set_inside(self.inside.currentData()))
        self.marking = icon_button(
            "changes",
            "Mark changes: what changes hands from now on keeps "
            "its old colour as outline, until you accept it",
            self._on_marking,
        )
        self.marking.setCheckable(True)
        parts = (self.mode, self.size_slider, self.source, self.inside, self.marking)
        self.setLayout(row(*self._spaced_tools(), None, *parts, margin=(8, 4, 8, 4), gap=4))
        self.set_territories(())
        self.set_coarser(())
        options.changed.connect(self._refresh)
        self._refresh()

    def tool_button(self, key: str) -> QToolButton:
        """The button of a tool."""
        return self._buttons[key]

    def set_tool(self, key: str) -> None:
        """Show another tool as chosen, with its options; says nothing to listeners."""
        self._tool = TOOL_BY_KEY[key]
        self._buttons[key].setChecked(True)
        self._refresh()

    def set_editable(self, editable: bool) -> None:
        """Grey the tools that change the plan."""
        for spec in TOOLS:
            self._buttons[spec.key].setEnabled(editable or not spec.edits)
        self.mode.setEnabled(editable)

    def set_marking(self, on: bool) -> None:
        """Show whether changes are marked; says nothing to listeners."""
        self.marking.setChecked(on)

    def set_territories(self, territories: Sequence[Territory]) -> None:
        """Offer these territories as the only source."""
        self.source.clear()
        for source, text in _SOURCES:
            self.source.addItem(text, (source, None))
        for territory in territories:
            self.source.addItem(f"Only from {territory.name}", (StrokeSource.ONE, territory.id))
        self._refresh()

    def set_coarser(self, levels: Sequence[tuple[str, str]]) -> None:
        """Offer these coarser areas (key and name) to keep strokes inside."""
        if tuple(levels) == self._coarser:
            return
        self._coarser = tuple(levels)
        self.inside.clear()
        self.inside.addItem("Anywhere", "")
        for key, name in levels:
            self.inside.addItem(f"Inside one {name}", key)
        self._refresh()

    def _make_tools(self) -> dict[str, QToolButton]:
        group = QButtonGroup(self)
        result: dict[str, QToolButton] = {}
        for spec in TOOLS:
            name = f"{spec.title} ({spec.shortcut}): {spec.tip}"
            made = icon_button(spec.icon, name, partial(self.tool_chosen.emit, spec.key))
            made.setCheckable(True)
            group.addButton(made)
            result[spec.key] = made
        return result

    def _spaced_tools(self) -> list[QWidget | int]:
        parts: list[QWidget | int] = []
        for before, spec in zip((None, *TOOLS), TOOLS, strict=False):
            if before is not None and before.group != spec.group:
                parts.append(8)
            parts.append(self._buttons[spec.key])
        return parts

    def _make_slider(self) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setRange(_SMALLEST, _LARGEST)
        made.setPageStep(10)
        made.setFixedWidth(92)
        made.setAccessibleName("Brush size")
        made.setToolTip("Brush size; on the map also with [ and ], or Ctrl and the wheel")
        made.valueChanged.connect(self.options.set_radius)
        return made

    def _refresh(self) -> None:
        options, spec = self.options, self._tool
        assigns = spec.has_brush or (spec.is_area and options.assigns)
        self.mode.setVisible(spec.is_area)
        self.mode.set_chosen("assign" if options.assigns else "select")
        self.size_slider.setVisible(spec.has_brush)
        with QSignalBlocker(self.size_slider):
            self.size_slider.setValue(options.radius)
        self.source.setVisible(assigns)
        self.source.setCurrentIndex(self._source_at(options.source, options.source_territory))
        self.inside.setVisible(spec.has_brush or spec.is_area)
        self.inside.setCurrentIndex(max(0, self.inside.findData(options.inside)))

    def _source_at(self, source: StrokeSource, territory: TerritoryId | None) -> int:
        for at in range(self.source.count()):
            if self.source.itemData(at) == (source, territory):
                return at
        return 0

    def _on_source(self, at: int) -> None:
        source, territory = self.source.itemData(at)
        self.options.set_source(source, territory)

    def _on_marking(self) -> None:
        self.marking_toggled.emit(self.marking.isChecked())


def _combo(name: str, tip: str, width: int) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(tip)
    made.setFixedWidth(width)
    made.view().setMinimumWidth(width + 60)
    return made
