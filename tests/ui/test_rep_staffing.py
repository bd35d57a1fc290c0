# SPDX-License-Identifier: MIT
"""Profiles of reps, rosters, managers, vacancies, and matching, as a user meets them."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.errors import AppError
from app.models.ids import RepId, TerritoryId
from app.models.rep import RosterEntry, RosterRole
from app.models.rep_match import MatchPart
from app.services.commands import ChangeRoster, SetTerritoryLock, UpdateRep
from app.ui.dialogs.match.match_dialog import MatchDialog
from app.ui.dialogs.roster_flow import edit_roster_of_rep, edit_roster_of_territory, open_match
from app.ui.panes.inspector import Inspector
from app.ui.panes.rep_pane import RepPane
from app.ui.selection import Focus
from app.ui.session import EditSession
from app.ui.widgets.date_line import DateLine

WAIT_MS = 5000


def id_of(session: EditSession, name: str) -> TerritoryId:
    return next(t.id for t in session.workspace.territories if t.name == name)


@pytest.fixture
def reps(session: EditSession, qtbot: QtBot) -> RepPane:
    made = RepPane(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


# Profile


def test_the_whole_profile_is_written_field_by_field(reps: RepPane, qtbot: QtBot) -> None:
    form = reps.form
    qtbot.keyClicks(form.lines["office_text"], "Dallas, TX 75201")
    form.numbers["part_time_fraction"].setValue(80)
    form.numbers["days_off"].setValue(23)
    form.numbers["experience_years"].setValue(4.5)
    form.words["languages"].set_tags(["Spanish"])
    form.start.setCurrentIndex(1)
    form.commit()
    rep = reps.session.workspace.reps[0]
    assert (rep.part_time_fraction, rep.days_off, rep.experience_years) == (0.8, 23.0, 4.5)
    assert rep.languages == ("Spanish",)
    assert rep.available_hours == pytest.approx(1600 * 0.8 * 0.9)
    assert rep.office_lon == pytest.approx(-96.8, abs=0.2)
    assert rep.base == (rep.office_lon, rep.office_lat)
    assert form.office_state.text() == "Found on the map."
    reps.session.undo()
    assert form.lines["office_text"].text() == ""


def test_a_long_field_shows_its_beginning(reps: RepPane) -> None:
    session = reps.session
    first = session.workspace.reps[0]
    session.run(UpdateRep(replace(first, title="Senior manager " * 9)))
    assert reps.form.lines["title"].text() == "Senior manager " * 9
    assert reps.form.lines["title"].cursorPosition() == 0


def test_what_a_field_rounds_is_no_edit(reps: RepPane) -> None:
    rep = reps.session.workspace.reps[0]
    exact = replace(rep, capacity_hours=1533.4, part_time_fraction=1 / 3, quota=None)
    reps.session.run(UpdateRep(exact))
    assert reps.form.shown_rep() == exact


def test_only_who_is_not_below_a_rep_can_be_the_manager(reps: RepPane) -> None:
    first, second, *_ = reps.session.workspace.reps
    reps.session.run(UpdateRep(replace(second, manager_id=first.id)))
    box = reps.form.manager
    offered = [box.itemText(at) for at in range(box.count())]
    assert offered == ["Nobody", "Chloë Martin", "Dmitri Petrov"]
    box.setCurrentIndex(2)
    reps.form.commit()
    assert reps.session.workspace.rep(first.id).manager_id == RepId(4)
    reps.show_view("team")
    top = reps.tree.topLevelItem(1)
    assert top is not None
    assert [top.text(0), top.text(3)] == ["Dmitri Petrov", "2"]


def test_a_date_is_read_in_both_forms_and_nonsense_is_marked(qtbot: QtBot) -> None:
    line = DateLine("First day")
    qtbot.addWidget(line)
    heard: list[str] = []
    line.day_changed.connect(lambda: heard.append(line.day()))
    for typed, wanted in (("2026-06-15", "2026-06-15"), ("7/4/2026", "2026-07-04")):
        line.clear()
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert line.day() == wanted
    line.clear()
    qtbot.keyClicks(line, "soon")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.property("kind") == "wrong"
    assert line.day() == "2026-07-04"
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert heard == ["2026-06-15", "2026-07-04", ""]


# Roster


def test_a_roster_is_edited_with_roles_shares_and_dates_in_one_step(
    session: EditSession, reps: RepPane
) -> None:
    lone = id_of(session, "Lone Star")
    dialog = edit_roster_of_territory(session, lone, reps)
    (line,) = dialog.lines
    line.end.set_day("2099-12-31")
    dialog.add_line()
    added = dialog.lines[1]
    added.other.setCurrentIndex(added.other.findText("Dmitri Petrov"))
    added.role.setCurrentIndex(added.role.findText("Overlay specialist"))
    added.share.setValue(40)
    assert dialog.sums.text() == (
        "Shares as overlay specialist add up to 40\u202f% today, not 100\u202f%."
    )
    dialog.save.click()
    assert session.workspace.roster.of_territory(lone) == (
        RosterEntry(lone, RepId(1), end_on="2099-12-31"),
        RosterEntry(lone, RepId(4), RosterRole.OVERLAY, 0.4),
    )
    assert session.workspace.history_status().undo_label == "Edit the roster of Lone Star"
    session.undo()
    assert len(session.workspace.roster.of_territory(lone)) == 1


def test_a_wrong_roster_is_refused_and_nothing_is_lost(
    session: EditSession, reps: RepPane, refusals: list[AppError]
) -> None:
    dialog = edit_roster_of_rep(session, RepId(1), reps)
    before = session.workspace.roster.entries
    dialog.lines[0].start.set_day("2027-01-01")
    dialog.lines[0].end.set_day("2026-01-01")
    dialog.save.click()
    assert [each.message for each in refusals] == ["A roster entry would end before it begins."]
    assert session.workspace.roster.entries == before


def test_the_cards_tell_other_roles_and_who_comes(session: EditSession, qtbot: QtBot) -> None:
    lone = id_of(session, "Lone Star")
    session.run(ChangeRoster((RosterEntry(lone, RepId(4), RosterRole.BACKUP),)))
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show()
    inspector.show_focus(Focus(rep=RepId(4)))
    assert inspector.rep.staffing.other_roles.text() == "Lone Star: backup"


# Vacancies


def test_vacancies_of_today_and_soon_are_listed_with_a_way_to_staff_them(reps: RepPane) -> None:
    session = reps.session
    assert reps.views.buttons()[2].text() == "Vacancies  1"
    reps.show_view("vacancies")
    assert len(reps.vacancies.match_buttons) == 1
    today = session.workspace.roster.today
    entry = RosterEntry(id_of(session, "Pacific"), RepId(2), end_on=today)
    session.run(ChangeRoster((entry,)))
    assert reps.views.buttons()[2].text() == "Vacancies  2"
    assert not reps.search.isVisible()


# Match


@pytest.fixture
def match(session: EditSession, reps: RepPane, qtbot: QtBot) -> MatchDialog:
    chicago = next(r for r in session.workspace.reps if r.name == "Chloë Martin")
    session.run(UpdateRep(replace(chicago, lon=-87.6, lat=41.9)))
    for rep, (lon, lat) in ((1, (-118.2, 34.0)), (2, (-95.4, 29.8))):
        session.run(UpdateRep(replace(session.workspace.rep(RepId(rep)), lon=lon, lat=lat)))
    dialog = open_match(session, id_of(session, "Lone Star"), reps)
    qtbot.waitUntil(lambda: dialog.work.ground is not None, timeout=WAIT_MS)
    return dialog


def only(dialog: MatchDialog, part: MatchPart) -> None:
    for each, slider in dialog.weights.sliders.items():
        slider.setValue(10 if each is part else 0)


def test_reps_are_ranked_with_reasons_and_the_weights_decide(
    match: MatchDialog, session: EditSession
) -> None:
    """Ana lives in Los Angeles and Ben in Houston; Ana owns all accounts of Lone Star."""
    only(match, MatchPart.FAMILIARITY)
    names = [each.accessibleName() for each in match.candidates.assign_buttons]
    assert sorted(names) == ["Assign Ben Okafor", "Assign Chloë Martin", "Assign Dmitri Petrov"]
    assert match.work.fits(match.weights.weights())[:, 0].argmax() == 0
    only(match, MatchPart.DISTANCE)
    assert match.candidates.assign_buttons[0].accessibleName() == "Assign Ben Okafor"
    words = match.work.words()
    row = [t.name for t in words.facts.territories].index("Lone Star")
    sentence = words.sentence(0, row)
    assert "has served 80 of its 80 accounts and holds it today" in sentence
    assert "from the centre of the accounts" in sentence
    assert session.workspace.settings.match_weights.of(MatchPart.DISTANCE) == 10.0
    assert session.workspace.history_status().undo_label == "Weigh the fit of reps"


def test_a_rep_is_assigned_from_the_list(match: MatchDialog, session: EditSession) -> None:
    only(match, MatchPart.DISTANCE)
    first = match.candidates.assign_buttons[0]
    assert first.accessibleName() == "Assign Ben Okafor"
    first.click()  # type: ignore[attr-defined]
    rep = session.workspace.rep_of(id_of(session, "Lone Star"))
    assert rep is not None
    assert rep.name == "Ben Okafor"
    assert not match.isVisible()


def find_all(match: MatchDialog, qtbot: QtBot) -> None:
    match.pages.set_chosen("all")
    with qtbot.waitSignal(match.work.found, timeout=WAIT_MS):
        match.pages.chosen.emit("all")
    qtbot.waitUntil(lambda: not match.work.is_busy, timeout=WAIT_MS)


def test_the_best_for_all_exchanges_reps_and_is_one_step(
    match: MatchDialog, session: EditSession, qtbot: QtBot
) -> None:
    only(match, MatchPart.DISTANCE)
    find_all(match, qtbot)
    page = match.staffing
    assert "Proved: no other staffing fits better" in page.proof.text()
    wanted = {(each.territory, each.rep) for each in page.table.accepted()}
    lone, pacific = id_of(session, "Lone Star"), id_of(session, "Pacific")
    assert wanted >= {(lone, RepId(2)), (pacific, RepId(1))}
    assert "120 accounts change rep" in page.accept.text()
    table, right = page.table, Qt.AlignmentFlag.AlignRight
    for column in (3, 5, 6, 7):  # titles stand above their numbers
        head, cell = table.horizontalHeaderItem(column), table.item(0, column)
        assert head is not None
        assert cell is not None
        assert head.textAlignment() & right == cell.textAlignment() & right == right
    averages = [float(each) for each in re.findall("([0-9]+)\u202f%", page.summary.text())]
    gained = re.fullmatch(
        "Where the average changes: near the accounts \\+([0-9.]+)\u202f%[.]", page.parts.text()
    )
    assert gained is not None
    assert float(gained[1]) == pytest.approx(averages[0] - averages[1], abs=1.0)
    steps = len(session.workspace.history_steps())
    page.accept.click()
    assert session.workspace.roster.holder(lone) == RepId(2)
    assert session.workspace.roster.holder(pacific) == RepId(1)
    assert len(session.workspace.history_steps()) == steps + 1
    session.undo()
    assert session.workspace.roster.holder(lone) == RepId(1)


def test_some_lines_can_be_accepted_and_pairs_can_be_kept(
    match: MatchDialog, session: EditSession, qtbot: QtBot
) -> None:
    only(match, MatchPart.DISTANCE)
    find_all(match, qtbot)
    table = match.staffing.table
    match.staffing.all.click()
    assert table.accepted() == ()
    assert not match.staffing.accept.isEnabled()
    names = [table.item(at, 0).text() for at in range(table.rowCount())]  # type: ignore[union-attr]
    with qtbot.waitSignal(match.work.found, timeout=WAIT_MS):
        table.item(names.index("Lone Star"), 1).setCheckState(Qt.CheckState.Checked)  # type: ignore[union-attr]
    lone = id_of(session, "Lone Star")
    assert lone in table.kept()
    assert lone not in {each.territory for each in table.accepted()}
    qtbot.waitUntil(lambda: not match.work.is_busy, timeout=WAIT_MS)


def test_after_the_best_staffing_there_is_nothing_to_accept(
    session: EditSession, reps: RepPane, qtbot: QtBot
) -> None:
    first = open_match(session, None, reps)
    qtbot.waitUntil(first.staffing.accept.isEnabled, timeout=WAIT_MS)
    assert not first.staffing.all.isHidden()
    first.staffing.accept.click()
    again = open_match(session, None, reps)
    page = again.staffing
    qtbot.waitUntil(lambda: page.accept.text() == "Nothing to accept", timeout=WAIT_MS)
    assert page.summary.text().startswith("Today’s staffing is the best one")
    assert page.all.isHidden()
    assert not page.accept.isEnabled()
    again.reject()


def test_a_locked_territory_keeps_its_rep(
    session: EditSession, reps: RepPane, qtbot: QtBot
) -> None:
    lone = id_of(session, "Lone Star")
    session.run(SetTerritoryLock(lone, is_locked=True, territory_name="Lone Star"))
    dialog = open_match(session, None, reps)
    qtbot.waitUntil(lambda: dialog.staffing.table.rowCount() == 4, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=WAIT_MS)
    assert lone in dialog.staffing.table.kept()
    dialog.reject()
