# SPDX-License-Identifier: MIT
"""Settings kept as JSON: written as edits, read with care."""

from pathlib import Path

import pytest

from app.models.errors import EditRejected
from app.services.commands import PutSetting
from app.services.store.plan_settings import INDEX_WEIGHTS, read_setting
from tests.helpers.log_watch import LogWatch
from tests.helpers.tiny_plan import tiny_workspace


def test_a_setting_comes_back_and_undo_takes_it_away(tmp_path: Path) -> None:
    plan = tiny_workspace(tmp_path)
    store = plan.document.store
    assert read_setting(store, INDEX_WEIGHTS) is None
    assert plan.run(PutSetting(INDEX_WEIGHTS, {"1": 0.6}, "Weigh")).settings
    assert read_setting(store, INDEX_WEIGHTS) == {"1": 0.6}
    plan.undo()
    assert read_setting(store, INDEX_WEIGHTS) is None
    plan.close()


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    plan = tiny_workspace(tmp_path)
    with pytest.raises(EditRejected, match="no setting frobs"):
        plan.run(PutSetting("frobs", 1, "Frob"))
    plan.close()


def test_a_damaged_setting_counts_as_not_set(tmp_path: Path, log_watch: LogWatch) -> None:
    plan = tiny_workspace(tmp_path)
    with plan.document.store.transaction() as tx:
        tx.put("setting", ("key", "value"), [(INDEX_WEIGHTS, "{")])
    with log_watch.expect("cannot be read"):
        assert read_setting(plan.document.store, INDEX_WEIGHTS) is None
    plan.close()
