# SPDX-License-Identifier: MIT
"""The tools of the map as a table: buttons, shortcuts, tooltips and hints read the same rows."""

from dataclasses import dataclass

from app.ui.map.tool_messages import MapTool


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """One tool.

    Attributes:
        key: Its name in code and actions (``tool_paint``).
        title: As the button and the menu say it.
        shortcut: One letter.
        tip: What it does, for the tooltip.
        hint: How it works, for the line beside its options; ``{target}`` is the active territory.
        has_brush, is_area: Whether a brush or an outline is dragged.
        edits: It changes the plan.
        group: Buttons of one group stand together.
    """

    key: str
    tool: MapTool
    icon: str
    title: str
    shortcut: str
    tip: str
    hint: str
    has_brush: bool = False
    is_area: bool = False
    edits: bool = False
    group: int = 0


TOOLS = (
    ToolSpec(
        *("pick", MapTool.PICK, "pointer", "Select", "V"),
        "Click an area to select it",
        "Click selects an area. Ctrl or Shift adds, Alt takes it out again.",
    ),
    ToolSpec(
        *("box", MapTool.BOX, "box", "Box", "X"),
        "Drag a box around areas",
        "Drag a box around areas. Shift adds, Alt takes out, Esc gives up.",
        is_area=True,
    ),
    ToolSpec(
        *("lasso", MapTool.LASSO, "lasso", "Lasso", "L"),
        "Draw freely around areas",
        "Draw around areas. Shift adds, Alt takes out, Esc gives up.",
        is_area=True,
    ),
    ToolSpec(
        *("radius", MapTool.RADIUS, "radius", "Radius", "R"),
        "Drag a circle from its middle",
        "Drag from the middle outwards. Shift adds, Alt takes out, Esc gives up.",
        is_area=True,
    ),
    ToolSpec(
        *("paint", MapTool.PAINT, "brush", "Paint", "B"),
        "Paint areas into the active territory",
        "You paint into {target}. Alt takes areas out, right-drag moves the map, Esc gives up.",
        has_brush=True,
        edits=True,
        group=1,
    ),
    ToolSpec(
        *("push", MapTool.PUSH, "push", "Push border", "P"),
        "Move a border: start inside a territory and drag across its border",
        "Start inside a territory and drag across its border: what you touch joins it.",
        has_brush=True,
        edits=True,
        group=1,
    ),
    ToolSpec(
        *("split", MapTool.SPLIT, "split", "Split", "S"),
        "Cut a territory in two along a line",
        "Click along the cut, double-click or Enter ends it, Backspace takes a corner back.",
        edits=True,
        group=2,
    ),
    ToolSpec(
        *("draw", MapTool.DRAW, "polygon", "Draw an area", "D"),
        "Draw a free area for the active territory; it serves the accounts inside",
        "Click corners (they snap to borders, Alt frees them), Enter ends. "
        "Click an area to change it.",
        edits=True,
        group=2,
    ),
)
TOOL_BY_KEY = {spec.key: spec for spec in TOOLS}
