# SPDX-License-Identifier: MIT
"""Drafting an import of contacts, which are counted per account."""

from dataclasses import replace

import numpy as np

from app.models.changes import Changes
from app.models.ids import MeasureId
from app.models.measure import Measure, MeasureKind
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft
from app.services.importing.fields import TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping
from app.services.importing.measure_draft import measure_called, measure_writes, value_write
from app.services.importing.outcomes import Outcome
from app.services.importing.problems import ProblemList
from app.services.importing.record_columns import known_accounts
from app.services.importing.table import ImportedTable

CONTACTS = "Contacts"
"""Name of the measure that holds the number of contacts."""


def draft_contacts(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """The number of contacts per account, as the measure "Contacts".

    The list is taken as complete for the accounts that it names: their count is what it holds.
    """
    current, problems = given.current, ProblemList(table)
    rows = known_accounts(table, mapping, current, problems)
    used = np.flatnonzero(rows >= 0)
    counts = np.bincount(rows[used], minlength=len(current)).astype(np.float64)
    named = np.flatnonzero(counts > 0)
    known = measure_called(current.account_measures(), CONTACTS)
    is_new = known is None
    measure = known or _new_measure(current)
    old = current.measure_values.get(measure.id, np.full(len(current), np.nan))
    differs = ~(old[named] == counts[named])
    is_changed = np.zeros(len(current), dtype=bool)
    is_changed[named[differs]] = True
    ids = current.account_ids[rows[used]]
    problems.outcomes.set(used, Outcome.UNCHANGED, ids)
    problems.outcomes.set(used[is_changed[rows[used]]], Outcome.UPDATED)
    changed = named[differs]
    writes = (
        *measure_writes([measure] if is_new else []),
        value_write(measure.id, current.account_ids[changed], counts[changed]),
    )
    return finished_draft(
        TableKind.CONTACTS,
        problems,
        current,
        writes=writes,
        changes=Changes(all_accounts=True, settings=is_new),
        changed_fields={CONTACTS: len(changed)} if len(changed) else {},
        measures=(measure.name,),
        new_measures=(measure.name,) if is_new else (),
        plan_after=lambda: replace(
            current,
            measures=(*current.measures, *([measure] if is_new else [])),
            measure_values={**current.measure_values, measure.id: old},
            next_ids=current.next_ids_after(measure=is_new),
        ),
    )


def _new_measure(current: CurrentPlan) -> Measure:
    id_ = MeasureId(current.next_id("measure"))
    return Measure(id_, CONTACTS, MeasureKind.COUNT, "Contacts per account")
