# SPDX-License-Identifier: MIT
"""The main job on a real customer list, through the window, by mouse."""

from pathlib import Path

import numpy as np
import pytest

from app.models.ids import RepId
from app.models.reports import BalanceLine
from app.services.alignment import NOBODY
from app.ui.dialogs.build_dialog import BuildDialog
from app.ui.dialogs.export_map.dialog import ExportMapDialog
from app.ui.dialogs.settle_dialog import SettleDialog
from tests.e2e.conftest import User
from tests.helpers.overlaps import overlaps_of
from tests.helpers.shared import SHARED, needs_shared

pytestmark = [pytest.mark.e2e, pytest.mark.webengine, needs_shared]
STORES = SHARED / "samples" / "adventureworks-oltp"
CHICAGO, DALLAS = (-87.9, 41.8), (-96.8, 32.8)


def import_stores(user: User) -> None:
    user.new_plan("Stores")
    for name in (
        "Sales_vStoreWithAddresses",
        "Sales_vStoreWithDemographics",
        "Sales_Store",
        "Sales_vSalesPerson",
    ):
        user.import_file(STORES / f"{name}.csv")


def build_from_owners(user: User, *, keep_claims: bool = False) -> None:
    user.do("build_territories")
    dialog = user.window.findChild(BuildDialog)
    assert isinstance(dialog, BuildDialog)
    if keep_claims:
        user.click(dialog.shared)
    user.wait(lambda: not dialog.tasks.is_busy)
    user.click(dialog.build)
    user.wait(lambda: not user.window.desk.tasks.is_busy and not dialog.isVisible())
    dialog.deleteLater()


def choose_measure(user: User, name: str) -> None:
    box = user.screen.toolbar.measures
    box.setCurrentIndex(box.findText(name))
    box.activated.emit(box.currentIndex())


def test_from_four_exports_to_staffed_territories(user: User, tmp_path: Path) -> None:
    import_stores(user)
    plan = user.plan
    assert len(plan.accounts) == 701
    assert [m.name for m in plan.measures[1:3]] == ["Annual sales", "Annual revenue"]
    assert len(plan.reps) == 17
    assert plan.accounts.is_placed.mean() > 0.98

    choose_measure(user, "Annual sales")
    build_from_owners(user)
    assert all(plan.rep_of(territory.id) is not None for territory in plan.territories)
    total = float(plan.accounts.measure(plan.main_measure.id).sum())
    report = plan.balance(plan.main_measure.id)
    assert sum(line.total for line in report.rows) == pytest.approx(total)
    assert report.rows[-1].line is BalanceLine.UNASSIGNED
    each_county_has_its_largest_owner(user)

    step = plan.history_status().undo_label
    user.restart()
    assert user.plan.history_status().undo_label == step
    user.do("undo")
    assert user.plan.territories == ()
    user.do("redo")
    export_everything(user, tmp_path)


def each_county_has_its_largest_owner(user: User) -> None:
    """Sum sales by county and owner in plain Python, and compare with who holds the county."""
    plan = user.plan
    sales = plan.accounts.measure(plan.main_measure.id)
    sums: dict[str, dict[str, float]] = {}
    for row, county in enumerate(plan.accounts.repository.text_column("county")):
        if county:
            owners = sums.setdefault(str(county), {})
            owner = str(plan.accounts.text("owner")[row])
            owners[owner] = owners.get(owner, 0.0) + float(sales[row])
    rep_by_id = {rep.external_id: rep.id for rep in plan.reps}
    for county, owners in sums.items():
        (holder,) = plan.holdings.territories_claiming(f"county:{county}")  # type: ignore[arg-type]
        best = max(owners.values())
        winners = {rep_by_id[owner] for owner, value in owners.items() if value == best}
        rep = plan.rep_of(holder)
        assert rep is not None
        assert RepId(rep.id) in winners


def export_web_page(user: User) -> None:
    user.do("export_map")
    dialog = user.window.findChild(ExportMapDialog)
    assert dialog is not None
    dialog.kinds.set_chosen("html")
    dialog.kinds.chosen.emit("html")
    user.click(dialog.export)


def export_everything(user: User, folder: Path) -> None:
    for name, export in (
        ("accounts.xlsx", lambda: user.do("export_accounts")),
        ("accounts.csv", lambda: user.do("export_accounts")),
        ("map.html", lambda: export_web_page(user)),
    ):
        user.will_save_as(folder / name)
        export()
        # The columns are read in turns of the window before the writing begins.
        user.wait((folder / name).exists)
        user.wait(lambda: not user.window.desk.tasks.is_busy)
        assert (folder / name).stat().st_size > 10_000
    lines = (folder / "accounts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 702
    assert "Territory" in lines[0]
    page = (folder / "map.html").read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_painting_follows_the_brush_and_one_undo_takes_it_back(user: User) -> None:
    import_stores(user)
    build_from_owners(user)
    user.settle()
    plan, screen = user.plan, user.screen
    screen.map.show_bounds((-100.0, 30.0, -85.0, 44.0))
    user.settle()
    target = plan.territories[0].id
    screen.territories.select_territory(target)
    before = plan.holdings.geounits_of_territory(target)
    user.click(screen.deck.strip.tool_button("paint"))
    user.settle()
    user.drag_on_map(CHICAGO, (-91.0, 38.5), (-94.0, 35.5), DALLAS)
    user.wait(lambda: "counties to" in (plan.history_status().undo_label or ""))
    user.settle()
    assert set(before) < set(plan.holdings.geounits_of_territory(target))
    user.do("undo")
    assert plan.holdings.geounits_of_territory(target) == before


def test_overlaps_are_listed_and_resolved(user: User) -> None:
    import_stores(user)
    build_from_owners(user, keep_claims=True)
    plan, pane = user.plan, user.screen.overlaps
    report = overlaps_of(plan)
    assert len(report.items) > 5
    user.do("show_overlaps")
    pane.show_list("overlaps")
    item = pane.overlaps.shown_items()[0]
    pane.overlaps.table.select_source_rows(np.array([item]))
    dialog = pane.ask([item], pane.overlaps.common_claimants([item])[0])
    assert isinstance(dialog, SettleDialog)
    user.wait(dialog.settle_button.isEnabled)
    user.click(dialog.settle_button)
    user.settle()
    assert len(overlaps_of(plan).items) == len(report.items) - 1
    assert (plan.account_territory == NOBODY).sum() == 0
