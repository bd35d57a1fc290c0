# SPDX-License-Identifier: MIT
"""The live map page on disk, made once and again only when its ingredients change.

folium builds the page but takes more than a second to import, so it stays out of the start of the
program: this module asks for it only when the page is missing or out of date.
"""

import hashlib
from pathlib import Path

from app.models.errors import AppError

STAMP_NAME = "index.stamp"
_DOCUMENT_VERSION = b"3"


def page_folder(resources: Path) -> Path:
    """Where the packaged map page lies."""
    return resources / "vendor" / "map"


def ensure_live_page(resources: Path) -> Path:
    """The folder of the packaged page, with an ``index.html`` that is up to date.

    Raises:
        AppError: The page's scripts were never built.
    """
    folder = page_folder(resources)
    if not (folder / "evenfield_map.js").is_file():
        raise AppError(
            "The map is not installed completely.",
            meaning="Plans open, but no map can be shown.",
            remedy="Install the program again, or run the set-up of the source folder.",
        )
    stamp = folder / STAMP_NAME
    wanted = ingredients_hash(resources)
    is_current = stamp.is_file() and stamp.read_text(encoding="ascii") == wanted
    if not (is_current and (folder / "index.html").is_file()):
        # folium takes about 1.5 s to import; it is needed only when the page is out of date.
        from app.services.map_document import build_live_document  # noqa: PLC0415

        build_live_document(resources, folder)
        stamp.write_text(wanted, encoding="ascii")
    return folder


def ingredients_hash(resources: Path) -> str:
    """A hash of all that the page's document depends on."""
    digest = hashlib.sha256(_DOCUMENT_VERSION)
    for path in sorted((resources / "map" / "templates").glob("*.html")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
