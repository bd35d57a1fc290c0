# SPDX-License-Identifier: MIT
"""The roster in words: who else serves a territory, what else a rep does, what is vacant."""

from datetime import date

from app.models.ids import RepId, TerritoryId
from app.models.rep import RosterEntry, RosterRole
from app.services.vacancies import Vacancy, VacancyKind, share_sums
from app.services.workspace import Workspace
from app.ui.dialogs.roster_dialog import ROLE_WORDS
from app.ui.formats import day, percent


def roster_sentence(workspace: Workspace, territory: TerritoryId) -> str:
    """Who serves a territory beside its rep, who comes later, and shares that do not add up."""
    roster = workspace.roster
    entries, today = roster.of_territory(territory), roster.today
    holder = roster.holder(territory)
    names = {rep.id: rep.name for rep in workspace.reps}
    lines: list[str] = []
    for entry in entries:
        is_over = bool(entry.end_on) and entry.end_on < today
        is_holder = entry.rep_id == holder and entry.role is RosterRole.PRIMARY
        if is_over or (is_holder and not entry.end_on):
            continue
        lines.append(f"{names.get(entry.rep_id, '?')}: {_entry_words(entry, today)}")
    for role, whole in share_sums(entries, today).items():
        lines.append(f"Shares as {ROLE_WORDS[role].lower()} add up to {percent(whole)}.")
    return "\n".join(lines)


def other_roles(workspace: Workspace, rep: RepId) -> str:
    """What a rep does beside the territories held today, now or later."""
    roster = workspace.roster
    held = roster.held_by(rep)
    lines: list[str] = []
    for entry in roster.of_rep(rep):
        is_over = bool(entry.end_on) and entry.end_on < roster.today
        is_shown = entry.role is RosterRole.PRIMARY and entry.territory_id in held
        if is_over or is_shown or not workspace.has_territory(entry.territory_id):
            continue
        name = workspace.territory(entry.territory_id).name
        lines.append(f"{name}: {_entry_words(entry, roster.today)}")
    return "\n".join(lines)


def vacancy_words(vacancy: Vacancy, workspace: Workspace) -> str:
    """What is vacant, since when or from when, and who comes."""
    names = {rep.id: rep.name for rep in workspace.reps}
    rep = names.get(vacancy.rep, "") if vacancy.rep is not None else ""
    on = written_day(vacancy.day)
    words = {
        VacancyKind.VACANT: f"Vacant since {on}; held before by {rep}." if rep else "Vacant.",
        VacancyKind.LEFT: f"{rep} left on {on} and still holds it.",
        VacancyKind.ENDS: f"{rep} holds it until {on}.",
    }[vacancy.kind]
    if vacancy.next_rep is not None:
        words += f" {names.get(vacancy.next_rep, '')} begins on {written_day(vacancy.next_on)}."
    return words


def _entry_words(entry: RosterEntry, today: str) -> str:
    parts = [ROLE_WORDS[entry.role].lower()]
    if entry.share_fraction < 1:
        parts.append(percent(entry.share_fraction))
    if entry.start_on > today:
        parts.append(f"from {written_day(entry.start_on)}")
    if entry.end_on:
        parts.append(f"until {written_day(entry.end_on)}")
    return ", ".join(parts)


def written_day(text: str) -> str:
    """An ISO date in the manner of the user's system; what is no date as it stands."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
