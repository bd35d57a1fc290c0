# SPDX-License-Identifier: MIT
"""The map document: folium elements of our own, rendered without any outside address.

The same elements make the live page, whose inline scripts are moved to files so that its content
policy can forbid inline scripts, and the exported file, which holds everything in itself.
"""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import folium
from branca.element import Figure, MacroElement
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

LEAFLET_JS = "leaflet/leaflet.js"
LEAFLET_CSS = "leaflet/leaflet.css"
BUNDLE_JS = "evenfield_map.js"
BUNDLE_CSS = "evenfield_map.css"
START_PLACE = (39.5, -96.5)
"""Latitude and longitude of the first view: the middle of the United States."""
START_ZOOM = 4.5


class OutsideAddressError(ValueError):
    """The document refers to something that is not part of it; a bug of ours, never shown."""


class OfflineMap(folium.Map):
    """A folium map whose links all stay in the packaged folder."""

    default_js = [("leaflet", LEAFLET_JS)]  # noqa: RUF012 - folium reads the class attribute
    default_css = [("leaflet_css", LEAFLET_CSS)]  # noqa: RUF012 - likewise

    def __init__(self) -> None:
        super().__init__(location=START_PLACE, tiles=None)  # pyright: ignore[reportUnknownMemberType] -- folium types its options loosely
        self.options.update(  # pyright: ignore[reportUnknownMemberType]
            {
                "attribution_control": False,
                "fade_animation": False,
                "max_bounds": [[-85, -180], [85, 180]],
                "max_bounds_viscosity": 0.8,
                "max_zoom": 13,
                "min_zoom": 1,
                "wheel_px_per_zoom_level": 110,
                "zoom": START_ZOOM,
                "zoom_delta": 0.5,
                "zoom_snap": 0.5,
            }
        )
        self._id = "page"


class AreaLayer(JSCSSMixin, Layer):
    """The areas: tiles of feature numbers, coloured through a table."""

    default_js = [("evenfield_map", BUNDLE_JS)]  # noqa: RUF012 - folium reads the class attribute
    default_css = [("evenfield_map_css", BUNDLE_CSS)]  # noqa: RUF012 - likewise

    def __init__(self, templates: Path) -> None:
        super().__init__(name="Areas", control=False)
        self._name = "AreaLayer"
        self._id = "page"
        self._template = _template(templates, "area_layer")
        self.options = {"max_native_zoom": 13, "max_zoom": 13}


class PageStart(MacroElement):
    """The call that starts the page; the last script of the document."""

    def __init__(
        self, templates: Path, name: str, offline_map: OfflineMap, areas: AreaLayer
    ) -> None:
        super().__init__()
        self._name = "PageStart"
        self._id = "page"
        self._template = _template(templates, name)
        self.map_name = offline_map.get_name()
        self.area_name = areas.get_name()


class DataBlock(MacroElement):
    """Data of an exported map; never run as a script.

    The element renders empty: branca takes what a macro has rendered for a template once more, so
    that a name like ``{{ ... }}`` would be worked out by Python. `render_document` fills it.

    Args:
        text: JSON from `script_safe_json`, or base64.
    """

    def __init__(self, templates: Path, block_id: str, media_type: str, text: str) -> None:
        if "<" in text:
            raise ValueError("a data block must not hold markup")
        super().__init__()
        self._name = "DataBlock"
        self._id = block_id
        self._template = _template(templates, "data_block")
        self.block_id = block_id
        self.media_type = media_type
        self.text = text


def _template(folder: Path, name: str) -> Template:
    return Template((folder / f"{name}.html").read_text(encoding="utf-8"))


def render_document(templates: Path, start: str, blocks: list[DataBlock]) -> str:
    """The HTML of a map with our layers, with links to the packaged files.

    Args:
        start: Name of the template that starts the page.
    """
    offline_map = OfflineMap()
    areas = AreaLayer(templates)
    offline_map.add_child(areas)
    for block in blocks:
        offline_map.add_child(block)
    figure = offline_map.get_root()
    if not isinstance(figure, Figure):
        raise TypeError("the map is not in a document")
    figure.title = "Map"
    offline_map.add_child(PageStart(templates, start, offline_map, areas))
    html = figure.render()  # pyright: ignore[reportUnknownMemberType] -- branca types it loosely
    return _filled(html, {block.block_id: block.text for block in blocks})


_EMPTY_BLOCK = re.compile(r'(<script type="[a-z/]+" id="(\w+)">)</script>')


def _filled(html: str, text_by_id: dict[str, str]) -> str:
    """The document with the data in its blocks; in one pass, so that no data is looked into.

    Raises:
        ValueError: A block has no place in the document; a bug of ours, never shown.
    """
    waiting = dict(text_by_id)
    html = _EMPTY_BLOCK.sub(lambda at: f"{at[1]}{waiting.pop(at[2])}</script>", html)
    if waiting:
        raise ValueError(f"no place for {', '.join(waiting)}")
    return html


def build_live_document(resources: Path, folder: Path) -> None:
    """Writes the live page's document and its scripts into the packaged folder.

    Raises:
        OutsideAddressError: The document refers to something outside the folder.
    """
    html = render_document(resources / "map" / "templates", "live_start", [])
    html, parts = move_inline_parts(html)
    refuse_outside_addresses(html)
    for old in folder.glob("page_*"):
        old.unlink()
    for name, text in parts.items():
        (folder / name).write_text(text, encoding="utf-8")
    fresh = folder / "index.html.tmp"
    fresh.write_text(html, encoding="utf-8")
    fresh.replace(folder / "index.html")


_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def move_inline_parts(html: str) -> tuple[str, dict[str, str]]:
    """Moves each inline script and style to a file of its own.

    Returns:
        The document with links instead, and the text of each file by name. The names follow the
        contents, because the engine keeps scripts in memory by address.
    """
    parts: dict[str, str] = {}

    def moved(match: re.Match[str]) -> str:
        kind, text = match.groups()
        mark = hashlib.sha256(text.encode()).hexdigest()[:12]
        name = f"page_{len(parts)}_{mark}.{'js' if kind == 'script' else 'css'}"
        parts[name] = text
        if kind == "script":
            return f'<script src="{name}"></script>'
        return f'<link rel="stylesheet" href="{name}"/>'

    return _INLINE.sub(moved, html), parts


class _AddressCollector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        loading = {"action", "data", "href", "poster", "src", "srcset"}
        self.addresses += [value or "" for name, value in attrs if name in loading]


def refuse_outside_addresses(html: str) -> None:
    """Makes sure that no element of the document loads anything from elsewhere.

    Raises:
        OutsideAddressError: Some address has a scheme or a host.
    """
    collector = _AddressCollector()
    collector.feed(html)
    for address in collector.addresses:
        if re.match(r"\s*([a-z][a-z0-9+.-]*:|[/\\]{2})", address, re.IGNORECASE):
            raise OutsideAddressError(address)
