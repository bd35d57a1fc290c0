# SPDX-License-Identifier: MIT
"""Drafting an import of visits and calls that took place."""

import numpy as np

from app.models.changes import Changes
from app.services.importing.draft import ImportDraft
from app.services.importing.fields import TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping
from app.services.importing.problems import ProblemList
from app.services.importing.record_columns import number_column, placed_rows, text_or_empty
from app.services.importing.record_draft import RecordRows, settle_records
from app.services.importing.table import ImportedTable

_MINUTES_PER_HOUR = 60.0


def draft_visits(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these visits would do; nothing is written."""
    current, problems = given.current, ProblemList(table)
    given.watch.at(0.2, "Finding the accounts")
    rows, accounts, days = placed_rows(table, mapping, current, problems)
    hours = number_column(table, mapping, "hours", problems)
    minutes = number_column(table, mapping, "minutes", problems) / _MINUTES_PER_HOUR
    spent = np.where(np.isnan(hours), minutes, hours)
    spent = np.where((spent >= 0) & (spent <= 1e6), spent, np.nan)
    given.watch.at(0.6, "Comparing with the plan")
    found = RecordRows(
        rows=rows,
        external_ids=text_or_empty(table, mapping, "external_id")[rows],
        account_ids=accounts,
        days=days,
        numbers={"hours": spent[rows]},
        texts={
            "owner": text_or_empty(table, mapping, "owner")[rows],
            "outcome": text_or_empty(table, mapping, "outcome")[rows],
        },
    )
    settled = settle_records(
        "visit", found, current.visits, current.next_id("visit"), problems.outcomes
    )
    return finished_draft(
        TableKind.VISITS,
        problems,
        current,
        writes=settled.writes,
        changes=Changes(records=True),
        plan_after=lambda: current,
    )
