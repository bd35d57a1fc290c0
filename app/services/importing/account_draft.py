# SPDX-License-Identifier: MIT
"""Drafting an import of accounts: what would be added and changed, and what is wrong."""

from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from app.models.account import PlacedBy
from app.models.changes import Changes
from app.services.importing.account_after import accounts_after
from app.services.importing.account_columns import account_columns, is_too_long
from app.services.importing.account_updates import place_updates, text_updates
from app.services.importing.account_work import AccountWork
from app.services.importing.cleaning import MAX_TEXT_LENGTH
from app.services.importing.corrected import Corrected
from app.services.importing.draft import ImportDraft, OwnerSummary, ProblemKind
from app.services.importing.fields import TableKind
from app.services.importing.finishing import finished_draft
from app.services.importing.given import Given
from app.services.importing.gone import find_gone, gone_writes
from app.services.importing.mapping import Mapping, header_signature
from app.services.importing.measure_draft import draft_measures
from app.services.importing.merging import extra_texts, filled, with_repaired
from app.services.importing.outcomes import Outcome
from app.services.importing.owners import RepFinder
from app.services.importing.placing import (
    PLACE_COLUMNS,
    Places,
    address_columns,
    find_places,
    report_places,
)
from app.services.importing.problems import (
    ProblemList,
    counted,
    report_dates,
    report_numbers,
)
from app.services.importing.repairs import repair_of
from app.services.importing.row_choice import ChosenRows, choose_rows
from app.services.importing.table import ImportedTable, text_column
from app.services.importing.writes import CellColumn, PutRows, RowBlock

Rows = npt.NDArray[np.int64]


def draft_accounts(table: ImportedTable, mapping: Mapping, given: Given) -> ImportDraft:
    """What an import of these accounts would do; nothing is written."""
    current, choices, watch = given.current, given.choices, given.watch
    watch.at(0.05, "Reading the columns")
    problems = ProblemList(table)
    columns = account_columns(table, mapping, watch)
    work = AccountWork(table, mapping, given, problems, columns, {}, Corrected(current))
    _report_columns(work)
    watch.at(0.2, "Finding the accounts")
    chosen = _chosen_rows(work)
    watch.at(0.3, "Placing the accounts")
    new, new_places = _new_rows(work, chosen.new)
    watch.at(0.6, "Comparing with the plan")
    updates, is_changed, moved_places = _updates(work, chosen)
    measures, measure_changed = draft_measures(columns, current, chosen, work.changed_fields)
    is_changed |= measure_changed
    watch.at(0.9, "Counting")
    owners = _owners(work, chosen)
    work.corrected.report(problems, takes_file=choices.takes_file)
    gone = find_gone(current, header_signature(table.headers), chosen, choices)
    _set_outcomes(work, chosen, is_changed)
    draft = finished_draft(
        TableKind.ACCOUNTS,
        problems,
        current,
        writes=(
            PutRows("account", new, is_new=True),
            *(PutRows("account", block) for block in updates),
            *measures.writes,
            *work.corrected.writes(),
            *gone_writes(gone, current, chosen, choices),
        ),
        changes=Changes(all_accounts=True, settings=bool(measures.new)),
        changed_fields=work.changed_fields,
        owners=owners,
        new_measures=tuple(measure.name for measure in measures.new),
        measures=measures.names,
        placed=_sum_counts(new_places, moved_places),
        gone=gone,
        plan_after=partial(accounts_after, current, new, updates, measures.new),
    )
    columns.let_go()
    return draft


def _report_columns(work: AccountWork) -> None:
    columns, problems = work.columns, work.problems
    if columns.is_id_made:
        problems.add_without_rows(
            ProblemKind.NO_ID_COLUMN,
            "No column is the account id",
            "The name with the postal code or city tells the accounts apart.",
            "Choose the column with the id, if the file has one.",
        )
    pairs = [(column.header, numbers) for column, numbers in columns.measures]
    for field, numbers in (("lon", columns.lon), ("lat", columns.lat)):
        header = work.mapping.header_for(field)
        if numbers is not None and header is not None:
            pairs.append((header, numbers))
    for header, numbers in pairs:
        report_numbers(problems, header, numbers)
    for field, is_unread in columns.unread_dates.items():
        header = work.mapping.header_for(field)
        if header is not None:
            report_dates(problems, header, np.flatnonzero(is_unread).tolist())
    shortened = np.flatnonzero(is_too_long(columns, work.table, MAX_TEXT_LENGTH)).tolist()
    problems.add(
        ProblemKind.SHORTENED_TEXT,
        shortened,
        sentence=f"{counted(len(shortened), 'row has', 'rows have')} a text of more than "
        f"{MAX_TEXT_LENGTH:,} characters",
        effect="It is cut there.",
        remedy="Check whether the file was read with the right delimiter.",
    )


def _updates(
    work: AccountWork, chosen: ChosenRows
) -> tuple[list[RowBlock], npt.NDArray[np.bool_], Places]:
    """Rows of known accounts that change, whether each of them does, and how it was moved."""
    text_block, is_changed, merged = text_updates(work, chosen)
    place_block, is_moved, places = place_updates(work, chosen, merged)
    blocks = [block for block in (text_block, place_block) if len(block)]
    return blocks, is_changed | is_moved, places


def _chosen_rows(work: AccountWork) -> ChosenRows:
    columns = work.columns
    chosen = choose_rows(
        columns.text["external_id"],
        columns.address_kind,
        work.given.current.row_by_external_id,
        work.problems,
        work.mapping.header_for("external_id"),
    )
    return _without_unknown(work, chosen)


def _without_unknown(work: AccountWork, chosen: ChosenRows) -> ChosenRows:
    """In a table without names that meets the plan, an unknown id is a row to leave out."""
    if "name" in work.columns.text or not len(chosen.known) or not len(chosen.new):
        return chosen
    rows = chosen.new.tolist()
    header = work.mapping.header_for("external_id")
    work.problems.skip(
        ProblemKind.NOT_IN_PLAN,
        rows,
        sentence=f"{counted(len(rows), 'id is', 'ids are')} not in the plan",
        effect="They are left out: without a name they cannot become accounts.",
        remedy="Import the list with names and addresses first.",
        details=work.problems.details(rows, header, "is not in the plan."),
        reason="The id is not in the plan, and the row has no name.",
    )
    return replace(chosen, new=np.empty(0, dtype=np.int64))


def _new_rows(work: AccountWork, rows: Rows) -> tuple[RowBlock, Places]:
    columns = work.columns
    text = {field: column[rows] for field, column in columns.text.items()}
    text["name"] = filled(text.get("name"), text["external_id"])
    if "status" in text:
        text["status"] = filled(text["status"], text_column(["customer"] * len(rows)))
    lon = columns.lon.values[rows] if columns.lon else np.full(len(rows), np.nan)
    lat = columns.lat.values[rows] if columns.lat else np.full(len(rows), np.nan)
    county = None if columns.county is None else columns.county[rows]
    places = find_places(work.given.place, address_columns(text, lon, lat, county))
    if places.repaired_zips:
        text["postal_code"] = with_repaired(text["postal_code"], places.repaired_zips)
    report_places(work.problems, places, rows, work.mapping, "accounts")
    first = work.given.current.next_id("account")
    names = ("id", *text, *PLACE_COLUMNS)
    ids = range(first, first + len(rows))
    cells: tuple[CellColumn, ...] = (ids, *text.values(), *places.columns)
    if columns.extra:
        names, cells = (*names, "extra"), (*cells, extra_texts(columns.extra, rows, None))
    return RowBlock(names, cells), places


def _owners(work: AccountWork, chosen: ChosenRows) -> OwnerSummary:
    owners = work.columns.text.get("owner")
    rows = np.concatenate((chosen.new, chosen.known))
    named = work.given.current.text["owner"] if owners is None else owners[rows]
    finder = RepFinder(work.given.current.reps, work.given.current.owner_aliases)
    summary = finder.summary(named)
    header = work.mapping.header_for("owner")
    if owners is not None and header and work.given.current.reps and summary.unmet:
        values = set(summary.unmet)
        concerned = [int(row) for row in rows if owners[row] in values]
        work.problems.add(
            ProblemKind.UNKNOWN_OWNER,
            concerned,
            sentence=f"{counted(len(concerned), 'account has', 'accounts have')} an owner who is "
            "no rep of the plan",
            effect="The owner is kept as it is.",
            remedy="Import the list of reps, or choose who is meant.",
            details=work.problems.details(concerned, header, "is no rep."),
            repair=repair_of(
                work.table,
                header,
                "Owner",
                concerned,
                sorted(rep.name or rep.email for rep in work.given.current.reps),
                finder.nearest,
            ),
        )
    return summary


def _set_outcomes(work: AccountWork, chosen: ChosenRows, is_changed: npt.NDArray[np.bool_]) -> None:
    outcomes = work.problems.outcomes
    first = work.given.current.next_id("account")
    ids = np.arange(first, first + len(chosen.new), dtype=np.int64)
    outcomes.set(chosen.new, Outcome.ADDED, ids)
    known_ids = work.given.current.account_ids[chosen.known_at]
    outcomes.set(chosen.known, Outcome.UNCHANGED, known_ids)
    merged_ids = work.given.current.account_ids[chosen.merged_at]
    outcomes.set(chosen.merged, Outcome.UNCHANGED, merged_ids)
    outcomes.set(chosen.known[is_changed], Outcome.UPDATED)


def _sum_counts(first: Places, second: Places) -> dict[PlacedBy, int]:
    return {
        rule: first.counts.get(rule, 0) + second.counts.get(rule, 0)
        for rule in PlacedBy
        if rule in first.counts or rule in second.counts
    }
