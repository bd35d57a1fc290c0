# SPDX-License-Identifier: MIT
"""The map document refers to nothing outside itself, in the live and in the exported form."""

import re
import subprocess
import sys
from pathlib import Path

import folium
import pytest
from folium import plugins

from app.models.errors import AppError
from app.services.live_page import STAMP_NAME, ensure_live_page, page_folder
from app.services.map_document import (
    DataBlock,
    OfflineMap,
    OutsideAddressError,
    build_live_document,
    move_inline_parts,
    refuse_outside_addresses,
    render_document,
)
from tests.helpers.shared import ROOT

RESOURCES = ROOT / "resources"
TEMPLATES = RESOURCES / "map" / "templates"


def test_the_live_document_has_no_inline_script_and_no_outside_address(tmp_path: Path) -> None:
    build_live_document(RESOURCES, tmp_path)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    refuse_outside_addresses(html)
    assert not re.search(r"<(script|style)>", html)
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", html)
    scripts = re.findall(r'src="(page_[^"]+)"', html)
    assert scripts
    assert all((tmp_path / name).is_file() for name in scripts)


def test_the_same_templates_give_the_same_document(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        build_live_document(RESOURCES, folder)
    names = [sorted(path.name for path in folder.iterdir()) for folder in folders]
    assert names[0] == names[1]
    assert len({(folder / "index.html").read_bytes() for folder in folders}) == 1


def test_scripts_of_an_older_document_are_removed(tmp_path: Path) -> None:
    old = tmp_path / "page_9_0123456789ab.js"
    old.write_text("old", encoding="utf-8")
    build_live_document(RESOURCES, tmp_path)
    assert not old.exists()


def test_a_plain_folium_map_is_refused() -> None:
    with pytest.raises(OutsideAddressError):
        refuse_outside_addresses(folium.Map(tiles=None).get_root().render())


def test_an_element_with_outside_links_is_refused() -> None:
    offline_map = OfflineMap()
    offline_map.add_child(plugins.Fullscreen())
    with pytest.raises(OutsideAddressError):
        refuse_outside_addresses(offline_map.get_root().render())


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://example.com/x.js"></script>',
        '<img src="//example.com/x.png">',
        "<link href='HTTP://example.com/x.css'>",
        '<a href="javascript:alert(1)">x</a>',
        '<form action="http://example.com">',
        '<img srcset=" https://example.com/x.png 2x">',
        '<object data="file:///etc/hostname">',
        '<img src="\\\\example.com\\x.png">',
    ],
)
def test_outside_addresses_are_refused(html: str) -> None:
    with pytest.raises(OutsideAddressError):
        refuse_outside_addresses(html)


def test_addresses_inside_the_folder_are_fine() -> None:
    refuse_outside_addresses('<script src="leaflet/leaflet.js"></script><img src="a.png">')


def test_a_data_block_refuses_markup() -> None:
    with pytest.raises(ValueError, match="markup"):
        DataBlock(TEMPLATES, "facts", "application/json", "</script>")


def test_inline_parts_move_in_order() -> None:
    html, parts = move_inline_parts("<style>a{}</style><script>one</script><script>two</script>")
    assert list(parts.values()) == ["a{}", "one", "two"]
    links = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert links == list(parts)


def test_the_start_call_comes_last() -> None:
    html = render_document(TEMPLATES, "live_start", [])
    assert html.index("L.map(") < html.index("Evenfield.areaLayer") < html.index("startLive")


def _resources_with_page(tmp_path: Path) -> Path:
    """A resources folder with our templates and an empty bundle."""
    templates = tmp_path / "map" / "templates"
    templates.mkdir(parents=True)
    for path in TEMPLATES.glob("*.html"):
        (templates / path.name).write_bytes(path.read_bytes())
    page_folder(tmp_path).mkdir(parents=True)
    (page_folder(tmp_path) / "evenfield_map.js").write_text("", encoding="utf-8")
    return tmp_path


def test_the_live_page_is_made_once_and_again_when_a_template_changes(tmp_path: Path) -> None:
    resources = _resources_with_page(tmp_path)
    folder = ensure_live_page(resources)
    page = folder / "index.html"
    assert (folder / STAMP_NAME).is_file()
    page.write_text("kept", encoding="utf-8")
    ensure_live_page(resources)
    assert page.read_text(encoding="utf-8") == "kept"
    template = resources / "map" / "templates" / "live_start.html"
    template.write_text(template.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    ensure_live_page(resources)
    assert page.read_text(encoding="utf-8") != "kept"


def test_a_missing_bundle_has_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="not installed completely"):
        ensure_live_page(tmp_path)


def test_the_start_path_does_not_import_folium() -> None:
    modules = "app.services.live_page, app.services.html_export"
    code = f"import sys, {modules}; print('folium' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
