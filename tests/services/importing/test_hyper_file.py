# SPDX-License-Identifier: MIT
"""Extracts of Tableau: known by their content, refused in words where their reader is missing."""

import importlib
from pathlib import Path

import pytest

from app.models.errors import ImportProblem
from app.services.importing.fields import TableKind
from app.services.importing.hyper_file import is_hyper, read_hyper
from tests.helpers.shared import SHARED, needs_shared
from tests.services.importing.tables import understood

SAMPLE = SHARED / "samples" / "interop" / "tableau" / "World Indicators.hyper"


def extract(folder: Path) -> Path:
    """A file that begins like an extract."""
    path = folder / "sales.hyper"
    path.write_bytes(b"Hyper\x08\x00\x00\x01" + bytes(100))
    return path


def test_an_extract_is_known_by_its_content(tmp_path: Path) -> None:
    assert is_hyper(extract(tmp_path))
    text = tmp_path / "words.hyper"
    text.write_text("Hyperlink,Name\nx,Acme\n")
    assert not is_hyper(text)
    assert not is_hyper(tmp_path)
    assert not is_hyper(tmp_path / "none.hyper")


def test_without_its_reader_an_extract_is_refused_with_a_way_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ImportProblem) as caught:
        read_hyper(extract(tmp_path))
    assert caught.value.message == (
        "sales.hyper is an extract of Tableau, and the part that reads such files is not installed."
    )
    assert "Export Data to CSV" in caught.value.remedy


@needs_shared
def test_a_real_extract_is_a_table_of_market_data() -> None:
    pytest.importorskip("tableauhyperapi")
    assert is_hyper(SAMPLE)
    (table,) = read_hyper(SAMPLE)
    assert len(table) == 2299
    assert table.columns["Country / Region"][1] == "Zimbabwe"
    assert understood(table).kind is TableKind.MARKET


def test_a_damaged_extract_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("tableauhyperapi")
    with pytest.raises(ImportProblem, match="could not be read as an extract"):
        read_hyper(extract(tmp_path))
