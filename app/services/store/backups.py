# SPDX-License-Identifier: MIT
"""Older states of plans: one folder for each plan, one file for each moment."""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.services.store.publish import discard
from app.services.store.schema import FILE_SUFFIX

_log = logging.getLogger(__name__)

MAX_BYTES = 2_000_000_000
"""Of all backups of one plan together."""

_KEEP_ALL = timedelta(days=2)
_KEPT_NEWEST = 3
_TIME_FORMAT = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)(?:-(\d+))?(?:-([a-z]+))?" + re.escape(FILE_SUFFIX))

_STAGES: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (12, lambda at: at.date()),
    (10, lambda at: at.isocalendar()[:2]),
    (9, lambda at: (at.year, at.month)),
)
"""How many are kept of those older than two days: one each of so many days, then of so many
weeks before them, then of so many months."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup.

    Attributes:
        at: When it was made, UTC.
        reason: Before what, for example ``import``; may be empty.
    """

    path: Path
    at: datetime
    reason: str
    size: int


def folder_of(backups: Path, plan_id: str) -> Path:
    """The folder with the backups of a plan."""
    return backups / plan_id


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """The backups in a folder, newest first; other files are passed over."""
    found: list[Backup] = []
    for path in folder.glob("*" + FILE_SUFFIX):
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        try:
            at = datetime.strptime(match[1], _TIME_FORMAT).replace(tzinfo=UTC)
            found.append(Backup(path, at, match[3] or "", path.stat().st_size))
        except (ValueError, OSError):
            continue
    return tuple(sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True))


def new_backup_path(folder: Path, now: datetime, reason: str) -> Path:
    """A free name for a backup made now.

    Args:
        folder: Where it will be.
        now: The time, UTC.
        reason: Before what it is made; other than letters are left out.
    """
    word = re.sub("[^a-z]", "", reason.lower())
    for count in range(1, 1000):
        parts = [now.strftime(_TIME_FORMAT), str(count) if count > 1 else "", word]
        path = folder / ("-".join(part for part in parts if part) + FILE_SUFFIX)
        if not path.exists():
            return path
    message = "a thousand backups in one second"
    raise RuntimeError(message)


def to_remove(backups: Iterable[Backup], now: datetime, max_bytes: int = MAX_BYTES) -> list[Backup]:
    """Backups that are no longer kept, oldest first.

    All of the last two days are kept, then one a day, one a week, one a month. Those dated in
    the future are always kept: the clock was wrong then, or is wrong now.

    Args:
        backups: Newest first.
        now: The time, UTC.
        max_bytes: Beyond it the oldest go first, but never the newest three.
    """
    kept: list[Backup] = []
    removed: list[Backup] = []
    stage = count = 0
    last: object = None
    for backup in backups:
        if now - backup.at <= _KEEP_ALL:
            kept.append(backup)
            continue
        period = _STAGES[stage][1](backup.at) if stage < len(_STAGES) else None
        if period is not None and period != last and count == _STAGES[stage][0]:
            stage, count = stage + 1, 0
            last = _STAGES[stage][1](kept[-1].at) if stage < len(_STAGES) else None
            period = _STAGES[stage][1](backup.at) if stage < len(_STAGES) else None
        if period is None or period == last:
            removed.append(backup)
            continue
        kept.append(backup)
        last, count = period, count + 1
    removed.extend(_beyond(kept, now, max_bytes))
    return sorted(removed, key=lambda backup: backup.at)


def thin(folder: Path, now: datetime) -> None:
    """Remove the backups that are no longer kept."""
    for backup in to_remove(list_backups(folder), now):
        _log.info("backup removed, %d bytes", backup.size)
        discard(backup.path)


def _beyond(kept: list[Backup], now: datetime, max_bytes: int) -> list[Backup]:
    total = sum(backup.size for backup in kept)
    removed: list[Backup] = []
    for backup in reversed(kept[_KEPT_NEWEST:]):
        if total <= max_bytes:
            break
        if backup.at <= now:
            removed.append(backup)
            total -= backup.size
    return removed
