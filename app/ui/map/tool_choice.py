# SPDX-License-Identifier: MIT
"""The tool that is chosen: what the page is told of it, and what the user reads about it."""

from app.ui.map.map_context import MapContext
from app.ui.map.tool_table import TOOL_BY_KEY, ToolSpec
from app.ui.map.tool_view import DEFAULT_PREVIEW

_NO_TARGET = "Choose a territory in the list: what you touch goes to it."


class ToolChoice:
    """One tool of the tool table at a time.

    Args:
        context: The map and its plan.

    Attributes:
        key: Of the tool.
    """

    def __init__(self, context: MapContext) -> None:
        self._context = context
        self.key = "pick"

    @property
    def spec(self) -> ToolSpec:
        """The row of the tool."""
        return TOOL_BY_KEY[self.key]

    @property
    def assigns(self) -> bool:
        """Whether a stroke of it changes who holds what."""
        return self.spec.has_brush or (self.spec.is_area and self._context.options.assigns)

    def choose(self, key: str) -> bool:
        """Take another tool; False where the plan can only be read and the tool would change it."""
        if self._context.session.is_read_only and TOOL_BY_KEY[key].edits:
            return False
        self.key = key
        self.show()
        return True

    def hint(self) -> str:
        """How the tool works."""
        spec, target = self.spec, self._context.selection.target
        goes_to_target = "{target}" in spec.hint or (spec.is_area and self.assigns)
        if goes_to_target and target is None:
            return _NO_TARGET
        name = "" if target is None else self._context.session.workspace.territory(target).name
        if spec.is_area and self.assigns:
            return f"What you enclose goes to {name}. Alt takes areas out instead, Esc gives up."
        return spec.hint.format(target=name)

    def show(self) -> None:
        """Tell the page the tool, the colour of what it touches, and what it may take."""
        context = self._context
        workspace, target, options = (
            context.session.workspace,
            context.selection.target,
            context.options,
        )
        preview = DEFAULT_PREVIEW
        if self.assigns and target is not None and workspace.has_territory(target):
            preview = context.painter.fill_of(workspace.territory(target))
        source = options.source_territory
        group = None if source is None else workspace.state.position_by_territory.get(source)
        context.view.tools.set_stroke_source(options.source, group, restricts=self.assigns)
        context.view.set_tool(self.spec.tool, radius=options.radius, preview=preview)
