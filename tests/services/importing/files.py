# SPDX-License-Identifier: MIT
"""Hand-made files and plans for the tests of the import."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import xlsxwriter

from app.models.account import PlacedBy
from app.models.rows import Cell
from app.services.commands.base import Edit
from app.services.geography.addresses import AddressColumns, PlacedColumns, PlacementNote
from app.services.geography.geography import Geography
from app.services.history import EditHistory
from app.services.importing.choices import Choices
from app.services.importing.commands import import_command
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, Problem, ProblemKind
from app.services.importing.drafting import prepare
from app.services.importing.given import Given
from app.services.importing.guessing import guess_mapping
from app.services.importing.mapping import Mapping
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.services.importing.table import ImportedTable
from app.services.importing.writes import PutRows
from app.services.store.store import Store
from tests.helpers.tiny_geography import TinyGeography

BOSTON = (-71.06, 42.36, "US", "25", "25025")
"""Where `fake_place` puts what it knows: lon, lat, country, state, county."""


def write(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def csv_table(folder: Path, text: str, name: str = "list.csv") -> ImportedTable:
    """A text file as it is read."""
    return read_table(write(folder, name, text))


def workbook(
    folder: Path, sheets: dict[str, Sequence[Sequence[object]]], name: str = "book.xlsx"
) -> Path:
    """A workbook with these cells."""
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell)
    return path


def zip_file(path: Path, entries: dict[str, bytes]) -> Path:
    """A ZIP container with these entries."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, entry in entries.items():
            archive.writestr(name, entry)
    path.write_bytes(content.getvalue())
    return path


def open_document(path: Path, rows: str, *, end: int | None = None) -> Path:
    """A workbook in the OpenDocument format with these rows, its content cut at `end`."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    entries = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode()[:end],
        "META-INF/manifest.xml": b"<manifest/>",
    }
    return zip_file(path, entries)


def open_document_row(*cells: str) -> str:
    """One row of such a workbook."""
    made = (
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{''.join(made)}</table:table-row>"


def fake_place(columns: AddressColumns) -> PlacedColumns:
    """Knows one ZIP area, 02139, with or without its zero, and any coordinates on Earth."""
    count = len(columns)
    lon = columns.lon if len(columns.lon) else np.full(count, np.nan)
    lat = columns.lat if len(columns.lat) else np.full(count, np.nan)
    rules: list[PlacedBy] = []
    notes: list[PlacementNote] = []
    for row in range(count):
        is_lost = columns.postal_code[row] == "2139"
        notes.append(PlacementNote.ZIP_ZEROS_ADDED if is_lost else PlacementNote.NONE)
        if lon[row] == lon[row]:
            rules.append(PlacedBy.COORDINATES)
        elif is_lost or columns.postal_code[row].startswith("02139"):
            rules.append(PlacedBy.POSTAL_CODE)
        else:
            rules.append(PlacedBy.NOT_PLACED)
    is_zip = np.array([rule is PlacedBy.POSTAL_CODE for rule in rules], dtype=bool)
    is_placed = np.array([rule is not PlacedBy.NOT_PLACED for rule in rules], dtype=bool)

    def codes(code: str) -> list[str]:
        return [code if placed else "" for placed in is_placed]

    return PlacedColumns(
        np.where(is_zip, BOSTON[0], lon),
        np.where(is_zip, BOSTON[1], lat),
        rules,
        codes(BOSTON[2]),
        codes(BOSTON[3]),
        codes(BOSTON[4]),
        ["02139" if zipped else "" for zipped in is_zip],
        notes,
    )


def draft_of(
    table: ImportedTable,
    store: Store | None = None,
    mapping: Mapping | None = None,
    choices: Choices | None = None,
) -> ImportDraft:
    """The draft of a table as guessed, for an empty plan or this one."""
    current = read_current_plan(store) if store else CurrentPlan.empty()
    given = Given(current, fake_place, cast("Geography", TinyGeography()), choices or Choices())
    return prepare(table, mapping or guess_mapping(table, current), given)


def run(store: Store, draft: ImportDraft) -> None:
    """Write a draft as the window does."""
    command = import_command(draft)
    geography = TinyGeography()
    EditHistory(store).run(
        command.label, lambda tx: command.apply(Edit(tx, cast("Geography", geography)))
    )


def imported(folder: Path, text: str, store: Store | None = None) -> Store:
    """A plan into which this text was imported."""
    store = store or Store.in_memory()
    run(store, draft_of(csv_table(folder, text), store))
    return store


def problem(draft: ImportDraft, kind: ProblemKind) -> Problem:
    """The one problem of a kind."""
    (found,) = (p for p in draft.problems if p.kind is kind)
    return found


def written(draft: ImportDraft, table: str, column: str) -> Sequence[Cell]:
    """The cells of a column that the draft's first write to a table puts."""
    found = next(w for w in draft.writes if isinstance(w, PutRows) and w.table == table)
    return found.block.column(column)
