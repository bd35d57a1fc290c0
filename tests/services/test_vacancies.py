# SPDX-License-Identifier: MIT
"""Vacancies of today and soon, and shares that do not add up."""

from datetime import date

import pytest

from app.models.ids import RepId, TerritoryId
from app.models.rep import Rep, RosterEntry, RosterRole
from app.services.roster import Roster
from app.services.vacancies import Vacancy, VacancyKind, share_sums, vacancies

T = TerritoryId(1)
ANN, BOB = RepId(1), RepId(2)


def found(*entries: RosterEntry, reps: tuple[Rep, ...] = ()) -> tuple[Vacancy, ...]:
    return vacancies((T,), Roster(entries, lambda: date(2026, 6, 15)), reps)


def test_a_territory_with_a_lasting_rep_is_no_vacancy() -> None:
    assert found(RosterEntry(T, ANN)) == ()
    assert found(RosterEntry(T, ANN, end_on="2026-12-31")) == ()


def test_a_vacant_territory_tells_who_had_it_and_who_comes() -> None:
    assert found() == (Vacancy(T, VacancyKind.VACANT),)
    assert found(RosterEntry(T, ANN, RosterRole.BACKUP)) == (Vacancy(T, VacancyKind.VACANT),)
    assert found(
        RosterEntry(T, ANN, end_on="2026-05-31"), RosterEntry(T, BOB, start_on="2026-07-01")
    ) == (Vacancy(T, VacancyKind.VACANT, ANN, "2026-05-31", BOB, "2026-07-01"),)


def test_an_end_within_three_months_is_told_unless_somebody_follows() -> None:
    ends = RosterEntry(T, ANN, end_on="2026-07-31")
    assert found(ends) == (Vacancy(T, VacancyKind.ENDS, ANN, "2026-07-31"),)
    assert found(ends, RosterEntry(T, BOB, start_on="2026-08-01")) == ()
    late = RosterEntry(T, BOB, start_on="2026-08-02")
    assert found(ends, late) == (
        Vacancy(T, VacancyKind.ENDS, ANN, "2026-07-31", BOB, "2026-08-02"),
    )
    assert found(ends, RosterEntry(T, BOB)) == ()


def test_the_last_working_day_of_a_rep_ends_what_the_rep_holds() -> None:
    entry = RosterEntry(T, ANN)
    leaves = found(entry, reps=(Rep(ANN, "Ann", end_on="2026-08-31"),))
    left = found(entry, reps=(Rep(ANN, "Ann", end_on="2026-06-01"),))
    assert leaves == (Vacancy(T, VacancyKind.ENDS, ANN, "2026-08-31"),)
    assert left == (Vacancy(T, VacancyKind.LEFT, ANN, "2026-06-01"),)


def test_shares_add_up_within_a_role_and_a_day() -> None:
    entries = (
        RosterEntry(T, ANN, share_fraction=0.6, end_on="2026-06-30"),
        RosterEntry(T, BOB, share_fraction=0.4),
        RosterEntry(T, ANN, RosterRole.OVERLAY, 0.5),
    )
    assert share_sums(entries, "2026-06-15") == {RosterRole.OVERLAY: 0.5}
    later = share_sums(entries, "2026-07-01")
    assert later == {RosterRole.PRIMARY: pytest.approx(0.4), RosterRole.OVERLAY: 0.5}
