# SPDX-License-Identifier: MIT
"""Boundaries in the whole window: dropped, added, painted over, listed, kept, removed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.models.boundary_layer import BoundaryRole
from app.ui.dialogs.boundary_wizard.wizard import BoundaryWizard
from app.ui.panes.boundaries_pane import BoundariesPane
from tests.e2e.conftest import User
from tests.e2e.test_dropped_files import drop
from tests.helpers.boundary_files import NAMES, squares, write_areas, write_squares, zipped

pytestmark = [pytest.mark.e2e, pytest.mark.webengine]


def wizard_of(user: User) -> BoundaryWizard:
    """The window of boundaries, once it has read the file that it was opened with."""
    user.wait(lambda: user.window.findChild(BoundaryWizard) is not None)
    wizard = user.window.findChild(BoundaryWizard)
    assert isinstance(wizard, BoundaryWizard)
    user.wait(lambda: wizard.pages.currentIndex() == 1 and not wizard.tasks.is_busy)
    return wizard


def finish(user: User, wizard: BoundaryWizard) -> None:
    """Press Continue until the end."""
    for step in (1, 2, 3):
        user.wait(lambda step=step: wizard.pages.currentIndex() == step)
        user.wait(lambda: not wizard.tasks.is_busy)
        user.click(wizard.next)
    user.wait(lambda: not wizard.isVisible())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_dropped_download_of_the_census_makes_a_plan_with_it(user: User, tmp_path: Path) -> None:
    shape = write_squares(tmp_path / "cb_2020_us_zcta520_500k.shp", "EPSG:4269")
    archive = zipped(shape, tmp_path / "cb_2020_us_zcta520_500k.zip")
    drop(user.window.welcome, archive)
    wizard = wizard_of(user)
    form = wizard.choice_page.form
    assert form.attribution.text() == "U.S. Census Bureau"
    assert form.vintage.text() == "2020"
    finish(user, wizard)
    (layer,) = user.plan.areas.layers
    assert layer.file_name == "cb_2020_us_zcta520_500k.zip"


def test_own_regions_are_added_from_the_menu_listed_kept_and_removed(
    user: User, tmp_path: Path
) -> None:
    user.new_plan("Regions")
    user.will_open(write_areas(tmp_path / "ohio.geojson", squares(), {"Region": list(NAMES)}))
    user.do("add_boundaries")
    opened = user.window.findChild(BoundaryWizard)
    assert isinstance(opened, BoundaryWizard)
    user.click(opened.file_page.choose)
    finish(user, wizard_of(user))
    assert [layer.role for layer in user.plan.areas.layers] == [BoundaryRole.GROUP]
    user.settle()
    user.restart()
    assert [layer.name for layer in user.plan.areas.layers] == ["ohio"]
    user.do("show_boundaries")
    user.wait(lambda: user.window.findChild(BoundariesPane) is not None)
    pane = user.window.findChild(BoundariesPane)
    assert isinstance(pane, BoundariesPane)
    user.wait(lambda: pane.isVisible() and pane.table.array_model.rowCount() == 1)
    user.click(pane.remove)
    user.wait(lambda: not user.plan.areas.layers)
    user.do("undo")
    user.wait(lambda: len(user.plan.areas.layers) == 1)
