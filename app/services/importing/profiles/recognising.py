# SPDX-License-Identifier: MIT
"""Recognising a file by the exports of the systems that we know."""

from collections.abc import Mapping

from app.services.importing.fields import IGNORE, field_of
from app.services.importing.profiles.base import Profile, Recognition, confidence_of, plain
from app.services.importing.table import ImportedTable

PROFILES: tuple[Profile, ...] = ()
"""Of profiles that fit equally well, the first is taken."""

_FILLED_ROWS = 2000


def recognise(table: ImportedTable) -> Recognition | None:
    """What a table is by the names of its columns and its ids, or None.

    The profile that explains the most columns is taken.
    """
    by_name = {plain(header): header for header in reversed(table.headers)}
    best: tuple[float, Profile] | None = None
    for profile in PROFILES:
        confidence = confidence_of(profile, table, by_name)
        if not confidence:
            continue
        known = len(by_name.keys() & (profile.targets.keys() | profile.any_of))
        rank = confidence + known / 100
        if best is None or rank > best[0]:
            best = (rank, profile)
    if best is None:
        return None
    profile = best[1]
    return Recognition(
        system=profile.system,
        object_label=profile.object_label,
        kind=profile.kind,
        target_by_header=_targets(profile, table, by_name),
        confidence=confidence_of(profile, table, by_name),
        implied=profile.implied,
        note=profile.note,
        is_of_no_use=profile.is_of_no_use,
    )


def _targets(profile: Profile, table: ImportedTable, by_name: Mapping[str, str]) -> dict[str, str]:
    """The field of each column that the profile knows."""
    chosen: dict[str, str] = {}
    if profile.is_of_no_use:
        return dict.fromkeys(table.headers, IGNORE)
    for target in dict.fromkeys(profile.targets.values()):
        headers = [
            by_name[name]
            for name, field in profile.targets.items()
            if field == target and name in by_name
        ]
        if field_of(profile.kind, target).takes_many or target == IGNORE:
            chosen |= dict.fromkeys(headers, target)
            continue
        has_it = next((h for h in headers if _is_filled(table, h)), headers[0] if headers else "")
        chosen |= {header: target if header == has_it else profile.kept for header in headers}
    for name, header in by_name.items():
        if name in profile.aside:
            chosen.setdefault(header, profile.kept)
        elif profile.ignored and name.startswith(profile.ignored):
            chosen.setdefault(header, IGNORE)
    return chosen


def _is_filled(table: ImportedTable, header: str) -> bool:
    return any(str(cell).strip() for cell in table.columns[header][:_FILLED_ROWS])
