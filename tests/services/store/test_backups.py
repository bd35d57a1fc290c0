# SPDX-License-Identifier: MIT
"""Backups: all of two days, then one a day, a week, a month; never one of the future."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.services.store import backups
from app.services.store.backups import Backup

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)


def backup(at: datetime, size: int = 1) -> Backup:
    return Backup(Path(at.isoformat()), at, "", size)


def kept_of(all_backups: list[Backup], now: datetime = NOW, max_bytes: int = 10**9) -> list[Backup]:
    """Those that are kept, newest first."""
    newest_first = sorted(all_backups, key=lambda one: one.at, reverse=True)
    removed = set(backups.to_remove(newest_first, now, max_bytes))
    return [one for one in newest_first if one not in removed]


def test_of_a_year_with_four_backups_a_day_the_right_ones_are_kept() -> None:
    all_backups = [backup(NOW - timedelta(hours=6 * number)) for number in range(4 * 500)]
    kept = kept_of(all_backups)
    ages = [NOW - one.at for one in kept]
    recent = [age for age in ages if age <= timedelta(days=2)]
    assert len(recent) == 9
    assert len(kept) == 9 + 12 + 10 + 9
    daily = [one.at for one in kept[9:21]]
    # Two days ago at 12:00 is the last of the recent ones; each day gives its newest.
    assert daily[0] == datetime(2026, 3, 29, 6, tzinfo=UTC)
    assert daily[1:] == [datetime(2026, 3, 28 - number, 18, tzinfo=UTC) for number in range(11)]
    weekly = [one.at for one in kept[21:31]]
    # The last daily one is Wednesday 18 March; the weeks before it give their Sundays.
    assert weekly == [
        datetime(2026, 3, 15, 18, tzinfo=UTC) - timedelta(weeks=number) for number in range(10)
    ]
    monthly = [(one.at.year, one.at.month, one.at.day) for one in kept[31:]]
    assert monthly == [
        *((2025, 12, 31), (2025, 11, 30), (2025, 10, 31), (2025, 9, 30), (2025, 8, 31)),
        *((2025, 7, 31), (2025, 6, 30), (2025, 5, 31), (2025, 4, 30)),
    ]


def test_thinning_every_day_for_a_year_keeps_a_useful_ladder() -> None:
    kept: list[Backup] = []
    for number in range(365):
        now = NOW + timedelta(days=number)
        kept = kept_of([*kept, backup(now)], now)
    ages = sorted((NOW + timedelta(days=364) - one.at).days for one in kept)
    assert ages[:15] == list(range(15))
    assert max(ages) > 120
    assert len(kept) <= 3 + 12 + 10 + 9


def test_backups_dated_in_the_future_are_never_removed() -> None:
    future = [backup(NOW + timedelta(days=number), 100) for number in range(1, 400)]
    past = [backup(NOW - timedelta(days=number), 100) for number in range(400)]
    kept = kept_of(future + past, max_bytes=1)
    assert set(future) <= set(kept)


def test_beyond_the_limit_the_oldest_go_first_but_three_stay() -> None:
    all_backups = [backup(NOW - timedelta(hours=number), 10) for number in range(20)]
    assert kept_of(all_backups, max_bytes=50) == all_backups[:5]
    assert kept_of(all_backups, max_bytes=1) == all_backups[:3]


def test_the_newest_of_the_past_is_always_kept() -> None:
    chance = random.Random(5)
    for _ in range(200):
        some = [backup(NOW - timedelta(hours=chance.randrange(20_000))) for _ in range(30)]
        kept = kept_of(some)
        assert max(one.at for one in some) in {one.at for one in kept}


def test_names_tell_time_and_reason_and_never_clash(tmp_path: Path) -> None:
    paths = [backups.new_backup_path(tmp_path, NOW, "Import!")]
    paths[0].write_bytes(b"1")
    paths.append(backups.new_backup_path(tmp_path, NOW, "import"))
    paths[1].write_bytes(b"22")
    (tmp_path / "other.evenfield").touch()
    (tmp_path / "20269999T000000Z.evenfield").touch()
    found = backups.list_backups(tmp_path)
    assert [(one.at, one.reason, one.size) for one in found] == [
        (NOW, "import", 1),
        (NOW, "import", 2),
    ]
    assert {one.path for one in found} == set(paths)


@pytest.mark.parametrize("reason", ["", "import", "../../evil", "Ünï code"])
def test_reasons_make_safe_names(reason: str, tmp_path: Path) -> None:
    path = backups.new_backup_path(tmp_path, NOW, reason)
    assert path.parent == tmp_path
    path.touch()
    assert len(backups.list_backups(tmp_path)) == 1


def test_thinning_touches_backups_only(tmp_path: Path) -> None:
    for number in range(40):
        backups.new_backup_path(tmp_path, NOW - timedelta(days=3, minutes=number), "").touch()
    (tmp_path / "mine.txt").touch()
    backups.thin(tmp_path, NOW)
    assert len(backups.list_backups(tmp_path)) == 1
    assert (tmp_path / "mine.txt").exists()
