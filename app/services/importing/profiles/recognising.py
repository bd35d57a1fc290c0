# SPDX-License-Identifier: MIT
"""Recognising a file by the exports of the systems that we know."""

from collections.abc import Mapping, Sequence

from app.services.importing.fields import IGNORE, field_of
from app.services.importing.profiles import (
    dynamics,
    hubspot,
    pipedrive,
    salesforce_objects,
    salesforce_reports,
    salesforce_territories,
    spotio,
    zoho,
)
from app.services.importing.profiles.base import (
    Profile,
    Recognition,
    confidence_of,
    headers_by_name,
)
from app.services.importing.table import ImportedTable

PROFILES: tuple[Profile, ...] = (
    *salesforce_objects.ALL,
    *salesforce_territories.ALL,
    *salesforce_reports.ALL,
    *hubspot.ALL,
    *zoho.ALL,
    *spotio.ALL,
    *dynamics.ALL,
    *pipedrive.ALL,
)
"""Of profiles that fit equally well, the first is taken."""

_LOOKED_AT = 2000
_NEARLY = 0.9


def recognise(table: ImportedTable) -> Recognition | None:
    """What a table is by the names of its columns and its ids, or None.

    The profile that explains the most columns is taken.
    """
    by_name = headers_by_name(table.headers)
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
        note=profile.note_for(table, by_name),
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
        has_it = _fullest(table, headers)
        chosen |= {header: target if header == has_it else profile.kept for header in headers}
    for name, header in by_name.items():
        if name in profile.aside:
            chosen.setdefault(header, profile.kept)
        elif profile.ignored and name.startswith(profile.ignored):
            chosen.setdefault(header, IGNORE)
    return chosen


def _fullest(table: ImportedTable, headers: Sequence[str]) -> str:
    """The first of these columns that has nearly as many filled cells as any of them."""
    filled = {
        header: sum(bool(str(cell).strip()) for cell in table.columns[header][:_LOOKED_AT])
        for header in headers
    }
    most = max(filled.values(), default=0)
    return next((h for h, count in filled.items() if count >= most * _NEARLY), "")
