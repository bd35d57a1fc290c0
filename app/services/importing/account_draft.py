# SPDX-License-Identifier: MIT
"""Drafting an import of accounts: what would be added and changed, and what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.account import PlacedBy
from app.models.rows import Cell
from app.services.importing.account_columns import (
    AccountColumns,
    account_columns,
    is_too_long,
)
from app.services.importing.cleaning import MAX_TEXT_LENGTH
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import (
    AccountDraft,
    OwnerSummary,
    ProblemKind,
    RowBlock,
    Tally,
)
from app.services.importing.fields import TableKind, field_of
from app.services.importing.mapping import Mapping, header_signature
from app.services.importing.measure_draft import draft_measures
from app.services.importing.merging import (
    extra_texts,
    filled,
    kept_where_empty,
    with_repaired,
)
from app.services.importing.owners import RepFinder
from app.services.importing.placing import (
    PLACE_COLUMNS,
    Placer,
    Places,
    address_columns,
    find_places,
    report_places,
)
from app.services.importing.problems import ProblemList, counted, report_numbers
from app.services.importing.row_choice import ChosenRows, choose_rows
from app.services.importing.table import ImportedTable, TextColumn, Watch, text_column

_ADDRESS_TEXTS = ("city", "region", "postal_code", "country_name")
Rows = npt.NDArray[np.int64]


@dataclass(slots=True)
class _Work:
    """What the steps of one draft share."""

    table: ImportedTable
    mapping: Mapping
    current: CurrentPlan
    place: Placer | None
    problems: ProblemList
    columns: AccountColumns
    changed_fields: dict[str, int]


def draft_accounts(
    table: ImportedTable, mapping: Mapping, current: CurrentPlan, place: Placer | None, watch: Watch
) -> AccountDraft:
    """What an import of these accounts would do; nothing is written."""
    watch.at(0.05, "Reading the columns")
    problems = ProblemList(table)
    columns = account_columns(table, mapping)
    work = _Work(table, mapping, current, place, problems, columns, {})
    _report_columns(work)
    chosen = choose_rows(
        columns.text["external_id"],
        columns.address_kind,
        current.row_by_external_id,
        problems,
        mapping.header_for("external_id"),
    )
    chosen = _without_unknown(work, chosen)
    watch.at(0.3, "Placing the accounts")
    new, new_places = _new_rows(work, chosen.new)
    watch.at(0.6, "Comparing with the plan")
    text_block, is_changed, merged = _text_updates(work, chosen)
    place_block, moved, moved_places = _place_updates(work, chosen, merged)
    is_changed |= moved
    measures, measure_changed = draft_measures(columns, current, chosen, work.changed_fields)
    is_changed |= measure_changed
    watch.at(0.9, "Counting")
    owners = _owners(work, chosen)
    updated = int(is_changed.sum())
    tally = Tally(
        row_count=len(table),
        added=len(chosen.new),
        updated=updated,
        unchanged=len(chosen.known) - updated,
        skipped=len(problems.skipped),
    )
    return AccountDraft(
        kind=TableKind.ACCOUNTS,
        file_name=table.file_name,
        tally=tally,
        new=new,
        updates=tuple(block for block in (text_block, place_block) if len(block)),
        changed_fields=work.changed_fields,
        problems=problems.finished(),
        owners=owners,
        skipped_rows=problems.skipped,
        fingerprint=current.fingerprint,
        mapping_json=mapping.to_json(),
        headers=header_signature(table.headers),
        measures=measures,
        placed=_sum_counts(new_places, moved_places),
    )


def _report_columns(work: _Work) -> None:
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
        report_numbers(
            problems,
            header,
            np.flatnonzero(numbers.is_unreadable).tolist(),
            np.flatnonzero(numbers.is_rounded).tolist(),
        )
    shortened = np.flatnonzero(is_too_long(columns, work.table, MAX_TEXT_LENGTH)).tolist()
    problems.add(
        ProblemKind.SHORTENED_TEXT,
        shortened,
        sentence=f"{counted(len(shortened), 'row has', 'rows have')} a text of more than "
        f"{MAX_TEXT_LENGTH:,} characters",
        effect="It is cut there.",
        remedy="Check whether the file was read with the right delimiter.",
    )


def _without_unknown(work: _Work, chosen: ChosenRows) -> ChosenRows:
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
    return ChosenRows(np.empty(0, dtype=np.int64), chosen.known, chosen.known_at)


def _new_rows(work: _Work, rows: Rows) -> tuple[RowBlock, Places]:
    columns = work.columns
    text = {field: column[rows] for field, column in columns.text.items()}
    text["name"] = filled(text.get("name"), text["external_id"])
    if "status" in text:
        text["status"] = filled(text["status"], text_column(["customer"] * len(rows)))
    lon = columns.lon.values[rows] if columns.lon else np.full(len(rows), np.nan)
    lat = columns.lat.values[rows] if columns.lat else np.full(len(rows), np.nan)
    places = find_places(work.place, address_columns(text, lon, lat))
    if places.repaired_zips:
        text["postal_code"] = with_repaired(text["postal_code"], places.repaired_zips)
    report_places(work.problems, places, rows, work.mapping, "accounts")
    names: tuple[str, ...] = (*text, *PLACE_COLUMNS)
    cells: tuple[Sequence[Cell], ...] = (*(c.tolist() for c in text.values()), *places.columns)
    if columns.extra:
        names, cells = (*names, "extra"), (*cells, extra_texts(columns.extra, rows, None))
    return RowBlock(names, cells), places


def _text_updates(
    work: _Work, chosen: ChosenRows
) -> tuple[RowBlock, npt.NDArray[np.bool_], dict[str, TextColumn]]:
    """Changed texts of known accounts; an empty cell keeps what the plan has."""
    current, rows, at = work.current, chosen.known, chosen.known_at
    is_changed = np.zeros(len(rows), dtype=bool)
    merged: dict[str, TextColumn] = {}
    for field, column in work.columns.text.items():
        old = current.text[field][at]
        if field == "external_id":
            continue
        merged[field] = kept_where_empty(column[rows], old, is_zip=field == "postal_code")
        differs = np.not_equal(merged[field], old).astype(bool)
        _count_change(work, field_of(TableKind.ACCOUNTS, field).label, differs)
        is_changed |= differs
    fields = dict(merged)
    if work.columns.extra:
        old = current.text["extra"][at]
        fields["extra"] = text_column(extra_texts(work.columns.extra, rows, old))
        differs = np.not_equal(fields["extra"], old).astype(bool)
        _count_change(work, "Kept columns", differs)
        is_changed |= differs
    picked = np.flatnonzero(is_changed)
    ids = current.account_ids[at][picked].tolist()
    cells = (ids, *(column[picked].tolist() for column in fields.values()))
    return RowBlock(("id", *fields), cells), is_changed, merged


def _place_updates(
    work: _Work, chosen: ChosenRows, merged: dict[str, TextColumn]
) -> tuple[RowBlock, npt.NDArray[np.bool_], Places]:
    """New places for known accounts whose address or coordinates changed."""
    current, at, columns = work.current, chosen.known_at, work.columns
    needs = np.zeros(len(at), dtype=bool)
    for field in _ADDRESS_TEXTS:
        if field in merged:
            needs |= np.not_equal(merged[field], current.text[field][at]).astype(bool)
    address_changed = needs.copy()
    old_lon, old_lat = current.lon[at], current.lat[at]
    is_exact = np.equal(current.placed_by[at], PlacedBy.COORDINATES.value).astype(bool)
    keeps_point = is_exact & ~address_changed
    lon, lat = np.where(keeps_point, old_lon, np.nan), np.where(keeps_point, old_lat, np.nan)
    if columns.lon is not None and columns.lat is not None:
        file_lon, file_lat = columns.lon.values[chosen.known], columns.lat.values[chosen.known]
        given = ~np.isnan(file_lon) & ~np.isnan(file_lat)
        is_same = is_exact & np.isclose(file_lon, old_lon) & np.isclose(file_lat, old_lat)
        needs |= given & ~is_same
        lon, lat = np.where(given, file_lon, lon), np.where(given, file_lat, lat)
    picked = np.flatnonzero(needs)
    full = {f: merged.get(f, current.text[f][at])[picked] for f in _ADDRESS_TEXTS}
    places = find_places(work.place, address_columns(full, lon[picked], lat[picked]))
    report_places(work.problems, places, chosen.known[picked], work.mapping, "accounts")
    _count_change(work, "Place on the map", needs)
    ids = current.account_ids[at][picked].tolist()
    return RowBlock(("id", *PLACE_COLUMNS), (ids, *places.columns)), needs, places


def _owners(work: _Work, chosen: ChosenRows) -> OwnerSummary:
    owners = work.columns.text.get("owner")
    before = work.current.text["owner"]
    rows = np.concatenate((chosen.new, chosen.known))
    named = before if owners is None else owners[rows]
    summary = RepFinder(work.current.reps).summary(named)
    if owners is not None and work.current.reps and summary.unmet:
        values = set(summary.unmet)
        concerned = [int(row) for row in rows if owners[row] in values]
        work.problems.add(
            ProblemKind.UNKNOWN_OWNER,
            concerned,
            sentence=f"{counted(len(concerned), 'account has', 'accounts have')} an owner who is "
            "no rep of the plan",
            effect="The owner is kept as it is.",
            remedy="Import the list of reps, or correct the owner.",
            details=work.problems.details(
                concerned, work.mapping.header_for("owner"), "is no rep."
            ),
        )
    return summary


def _count_change(work: _Work, label: str, differs: npt.NDArray[np.bool_]) -> None:
    count = int(differs.sum())
    if count:
        work.changed_fields[label] = count


def _sum_counts(first: Places, second: Places) -> dict[PlacedBy, int]:
    return {
        rule: first.counts.get(rule, 0) + second.counts.get(rule, 0)
        for rule in PlacedBy
        if rule in first.counts or rule in second.counts
    }
