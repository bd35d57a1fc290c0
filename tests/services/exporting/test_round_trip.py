# SPDX-License-Identifier: MIT
"""What was exported comes in again without a change."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.services.exporting.accounts_table import AccountExport, account_table
from app.services.exporting.csv_file import CsvStyle
from app.services.exporting.left_out import write_repair_sheet
from app.services.exporting.table import ExportTable
from app.services.exporting.writing import write_table
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import Tally
from app.services.importing.guessing import guess_mapping
from app.services.importing.readers import read_table
from app.services.importing.reading_plan import read_current_plan
from app.services.importing.repairs import PROBLEM_HEADER, ROW_HEADER
from app.services.store.store import Store
from tests.services.importing.files import csv_table, draft_of, imported, written

LIST = (
    "id,name,street,city,state,zip,country,owner,segment,Annual Sales,Visits,Color\n"
    '007,"Müller & Söhne","1 Main\nSuite 5",Boston,MA,02139,US,ann@x.com,Big,1234.5,3,red\n'
    "8,=HYPERLINK(1),@here,-Town,MA,2139,US,Bob,Small,-7,,\n"
    '9,"A ""quoted"", name",,,,,,,,,,"with, comma"\n'
)


def exported(plan: CurrentPlan) -> ExportTable:
    """The accounts of a plan as the window exports them."""
    count = len(plan)
    measures = [(measure, plan.measure_values[measure.id]) for measure in plan.measures]
    return account_table(
        AccountExport(
            text={
                name: list(cells)
                for name, cells in plan.text.items()
                if name not in ("extra", "gone_since")
            },
            territory=["North"] * count,
            rep=["Somebody Else"] * count,
            lon=np.full(count, np.nan),
            lat=np.full(count, np.nan),
            placed_by=list(plan.placed_by),
            unit_names={"County area": ["Suffolk County, MA"] * count},
            measures=measures,
            extra=list(plan.text["extra"]),
        )
    )


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("out.xlsx", None),
        ("out.csv", None),
        ("out.csv", CsvStyle.for_excel(".")),
        ("out.csv", CsvStyle.for_excel(",")),
        ("out.csv", CsvStyle("\t", guards_formulas=False)),
    ],
)
def test_an_export_comes_in_again_unchanged(
    tmp_path: Path, name: str, style: CsvStyle | None
) -> None:
    store = imported(tmp_path, LIST, Store.in_memory())
    plan = read_current_plan(store)
    path = tmp_path / name
    write_table(path, exported(plan), style)
    draft = draft_of(read_table(path), store)
    assert draft.changed_fields == {}
    assert draft.tally == Tally(3, 0, 0, 3, 0)


def test_an_export_makes_the_same_plan_anew(tmp_path: Path) -> None:
    plan = read_current_plan(imported(tmp_path, LIST, Store.in_memory()))
    path = tmp_path / "out.xlsx"
    write_table(path, exported(plan))
    table = read_table(path)
    again = Store.in_memory()
    mapping = guess_mapping(table, CurrentPlan.empty())
    draft = draft_of(table, again, mapping)
    assert draft.tally == Tally(3, 3, 0, 0, 0)
    names = written(draft, "account", "name")
    assert list(names) == list(plan.text["name"])
    assert list(written(draft, "account", "postal_code")) == ["02139", "02139", ""]
    assert [json.loads(str(text)) for text in written(draft, "account", "extra")] == [
        {"Color": "red"},
        {},
        {"Color": "with, comma"},
    ]


@pytest.mark.parametrize("name", ["left.csv", "left.xlsx"])
def test_rows_left_out_come_back_with_their_reason(tmp_path: Path, name: str) -> None:
    table = csv_table(tmp_path, "id,name,zip\n1,a,02139\n,=b,00501\n1,c,02140\n")
    draft = draft_of(table)
    path = tmp_path / name
    write_repair_sheet(path, table, draft.skipped_rows)
    again = read_table(path)
    assert again.headers == (ROW_HEADER, PROBLEM_HEADER, "id", "name", "zip")
    assert [row[0] for row in again.rows(5)] == ["2", "3"]
    assert again.rows(2)[1][1:3] == ("The id is empty.", "")
    assert again.rows(2)[1][4] == "00501"
    mapping = guess_mapping(again, CurrentPlan.empty())
    assert {mapping.column(h).target for h in (ROW_HEADER, PROBLEM_HEADER)} == {"ignore"}
