# SPDX-License-Identifier: MIT
"""Real sales data and geography beside the project; tests that read them skip where it is absent.

Set EVENFIELD_SHARED to the folder with `samples`, `geodata` and `instances`; without it the folder
`shared` beside the project is used.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
"""The project folder."""

SHARED = Path(os.environ.get("EVENFIELD_SHARED", ROOT.parent / "shared"))

needs_shared = pytest.mark.skipif(
    not (SHARED / "samples").is_dir(),
    reason="the real sample data is not here; set EVENFIELD_SHARED to its folder",
)
