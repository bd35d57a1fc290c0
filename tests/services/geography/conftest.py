# SPDX-License-Identifier: MIT
"""The shipped geography, read once for all tests of this folder."""

from pathlib import Path

import pytest

from app.services.geography.geography import Geography
from tests.helpers.shared import ROOT

GEO = ROOT / "resources" / "geo"


@pytest.fixture(scope="session")
def geo_folder() -> Path:
    """`resources/geo`."""
    return GEO


@pytest.fixture(scope="session")
def geography() -> Geography:
    """The shipped areas."""
    return Geography.load(GEO)
