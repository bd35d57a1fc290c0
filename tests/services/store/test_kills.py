# SPDX-License-Identifier: MIT
"""A program killed at any moment of saving loses no edit that it had reported as saved."""

import json
import subprocess
import sys

import pytest

from tests.helpers.plans import PROJECT


def killed(*words: str) -> dict[str, dict[str, int]]:
    """What bench/kill_saves.py prints."""
    found = subprocess.run(
        [sys.executable, "bench/kill_saves.py", *words],
        cwd=PROJECT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert found.stdout, found.stderr
    return json.loads(found.stdout)


def failures(tally: dict[str, int]) -> int:
    return tally["lost"] + tally["partial"] + tally["corrupt"]


def test_fifteen_kills_lose_nothing() -> None:
    found = killed("--kills", "15", "--control", "0")["real"]
    assert found["kills"] == 15
    assert found["acknowledged"] >= 15
    assert failures(found) == 0


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing_and_the_control_fails() -> None:
    found = killed("--kills", "200", "--control", "60")
    assert found["real"]["kills"] == 200
    assert failures(found["real"]) == 0
    assert failures(found["control"]) > 0
