# SPDX-License-Identifier: MIT
"""The settings of a plan that are kept as JSON: which there are, and reading them."""

import json
import logging
from typing import cast

from app.services.store.store import Store

_log = logging.getLogger(__name__)

INDEX_WEIGHTS = "index_weights"
WORK_SETTINGS = "work_settings"
MATCH_WEIGHTS = "match_weights"
REVENUE_MEASURE = "revenue_measure"
POTENTIAL_MEASURE = "potential_measure"
VISITS_MEASURE = "visits_measure"

HELD_BY_KEY: tuple[tuple[str, str], ...] = (
    (INDEX_WEIGHTS, "weight by measure id of the index that territories are balanced on"),
    (WORK_SETTINGS, "speeds, detours and administration of the estimate of workload"),
    (MATCH_WEIGHTS, "weight by criterion of how well a rep fits a territory"),
    (
        REVENUE_MEASURE,
        "id of the measure that counts as revenue per year, -4: sales; null: guessed",
    ),
    (POTENTIAL_MEASURE, "id of the measure that counts as potential per year; null: guessed"),
    (VISITS_MEASURE, "id of the measure that counts as visits per year; null: visit classes say"),
)
"""Every key, and what its JSON value holds."""

KEYS = frozenset(key for key, _ in HELD_BY_KEY)


def read_setting(store: Store, key: str) -> object:
    """The value of a setting; None where it was never set or cannot be read.

    Args:
        store: The plan file.
        key: One of `KEYS`.
    """
    rows = store.rows("SELECT value FROM setting WHERE key = ?", (key,))
    if not rows:
        return None
    try:
        return cast("object", json.loads(str(rows[0][0])))
    except (ValueError, RecursionError):
        # A plan from a stranger may hold anything here; without the setting it still opens.
        _log.warning("the setting %s of the plan cannot be read", key)
        return None


def setting_text(value: object) -> str:
    """The text of a value in the plan file; `read_setting` gives the value back."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
