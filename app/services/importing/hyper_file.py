# SPDX-License-Identifier: MIT
"""Extracts of Tableau, read with Tableau's own engine where that optional part is installed."""

import importlib
import shutil
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from app.models.errors import ImportProblem
from app.services.importing.sniffing import MAX_FILE_BYTES, too_large
from app.services.importing.table import ImportedTable, Watch, cell_text, text_column

_MAGIC = b"hyper"
_HEAD_BYTES = 16
_NOTHING = "Nothing was imported."
_MAX_TABLES = 50
_ROWS_AT_A_TIME = 20_000


def is_hyper(path: Path) -> bool:
    """Whether a file is an extract of Tableau, by its content."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    # A text may begin with the word, but holds no zero bytes.
    return head[: len(_MAGIC)].lower() == _MAGIC and b"\0" in head


def read_hyper(path: Path, watch: Watch | None = None) -> list[ImportedTable]:
    """All tables of an extract that have rows.

    The engine is a program of its own; it works on a copy, writes no log and sends nothing.

    Raises:
        ImportProblem: The optional part is missing, or the file is damaged, too large or empty.
        TaskCancelled: The user stopped it.
    """
    engine = _engine(path.name)
    if path.stat().st_size > MAX_FILE_BYTES:
        raise too_large(path.name, path.stat().st_size, is_unpacked=False)
    with tempfile.TemporaryDirectory(prefix="evenfield-hyper-") as folder:
        copy = Path(folder) / "copy.hyper"
        shutil.copyfile(path, copy)
        try:
            tables = _tables(engine, copy, path.name, watch or Watch())
        except engine.HyperException as error:
            raise ImportProblem(
                f"{path.name} could not be read as an extract of Tableau.",
                meaning=_NOTHING,
                remedy="Open it in Tableau, export its data as CSV and import that file.",
            ) from error
    if not tables:
        raise ImportProblem(
            f"{path.name} has no table with rows.",
            meaning=_NOTHING,
            remedy="Check the filters of the extract in Tableau.",
        )
    return tables


def _engine(name: str) -> ModuleType:
    """Tableau's module, which few have: it takes 300 MB."""
    try:
        return importlib.import_module("tableauhyperapi")
    except ImportError as error:
        raise ImportProblem(
            f"{name} is an extract of Tableau, and the part that reads such files is not "
            "installed.",
            meaning=_NOTHING,
            remedy="In Tableau, choose Data > Export Data to CSV and import that file; or install "
            'the part with: pip install "evenfield[tableau]".',
        ) from error


def _tables(engine: ModuleType, copy: Path, name: str, watch: Watch) -> list[ImportedTable]:
    found: list[ImportedTable] = []
    no_usage_data = engine.Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU
    with (
        engine.HyperProcess(no_usage_data, parameters={"log_config": ""}) as process,
        engine.Connection(process.endpoint, str(copy)) as connection,
    ):
        names = [
            table
            for schema in connection.catalog.get_schema_names()
            for table in connection.catalog.get_table_names(schema)
        ]
        for table in names[:_MAX_TABLES]:
            definition = connection.catalog.get_table_definition(table)
            title = table.name.unescaped
            label = name if len(names) == 1 else f"{name}, {title}"
            read = _table(engine, connection, definition, label, watch)
            if read is not None:
                found.append(read)
    return found


def _table(
    engine: ModuleType,
    connection: Any,  # noqa: ANN401 of a module that may be missing
    definition: Any,  # noqa: ANN401 of the same module
    label: str,
    watch: Watch,
) -> ImportedTable | None:
    shapes = (engine.TypeTag.GEOGRAPHY, engine.TypeTag.BYTES)
    kept = [column for column in definition.columns if column.type.tag not in shapes]
    left_out = [str(c.name.unescaped) for c in definition.columns if c.type.tag in shapes]
    headers = tuple(str(column.name.unescaped) for column in kept)
    cells: list[list[str]] = [[] for _ in headers]
    if not headers:
        return None
    query = f"SELECT {', '.join(str(c.name) for c in kept)} FROM {definition.table_name}"  # noqa: S608 names as the engine quotes them
    with connection.execute_query(query) as rows:
        for count, row in enumerate(rows):
            if count % _ROWS_AT_A_TIME == 0:
                watch.at(0.5, f"Reading {label}: {count:,} rows")
            for column, cell in zip(cells, row, strict=True):
                column.append(cell_text(cell))
    if not cells[0]:
        return None
    notes = (f"Shapes were left out: {', '.join(left_out)}.",) if left_out else ()
    return ImportedTable(
        file_name=label,
        headers=headers,
        columns={h: text_column(column) for h, column in zip(headers, cells, strict=True)},
        row_numbers=np.arange(1, len(cells[0]) + 1, dtype=np.int64),
        notes=notes,
    )
