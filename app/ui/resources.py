# SPDX-License-Identifier: MIT
"""Where the files beside the program are, from source and when packaged."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
"""The `resources` folder; a packaged program keeps the same layout inside its bundle."""

ICONS = RESOURCES / "icons"
FONTS = RESOURCES / "vendor" / "fonts"
"""Fonts that the set-up brings; the system font is used where they are absent."""
