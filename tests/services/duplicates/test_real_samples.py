# SPDX-License-Identifier: MIT
"""The customer that every messy sample holds twice is found in it, and nothing else."""

import pytest

from app.services.duplicates.finding import find_duplicates
from app.services.duplicates.scoring import LIKELY
from app.services.importing.readers import read_table
from tests.helpers.shared import SHARED, needs_shared
from tests.services.duplicates.invented import Row, columns_of

_FIELD_BY_HEADER = {
    "Account ID": "external_id",
    "Id": "external_id",
    "Record ID": "external_id",
    "Account Name": "name",
    "Company name": "name",
    "Billing Street": "street",
    "Billing City": "city",
    "City": "city",
    "Billing State/Province": "region",
    "Billing Zip/Postal Code": "postal_code",
    "Postal Code": "postal_code",
    "Phone Number": "phone",
    "Company Domain Name": "website",
}


@needs_shared
@pytest.mark.parametrize(
    ("file_name", "reason"),
    [
        ("cp1252_semicolon_de.csv", "Same street and ZIP"),
        ("excel_lost_leading_zeros.csv", "Same street and city"),
        ("excel_unicode_text_utf16le_tab.txt", "Same street and ZIP"),
        ("hubspot_companies_export.csv", "Same domain"),
        ("mac_cr_only.csv", "Same street and ZIP"),
        ("sf_report_details_footer.csv", "Same street and ZIP"),
        ("utf8_bom_crlf.csv", "Same street and ZIP"),
    ],
)
def test_acme_is_found_twice(file_name: str, reason: str) -> None:
    table = read_table(SHARED / "samples" / "messy" / file_name)
    wanted = {h: f for h, f in _FIELD_BY_HEADER.items() if h in table.headers}
    cells = {field: table.columns[header].tolist() for header, field in wanted.items()}
    rows = [
        Row(**dict(zip(cells, texts, strict=True)), country="")
        for texts in zip(*cells.values(), strict=True)
    ]
    report = find_duplicates(columns_of(rows))
    likely = [report.pair(at) for at in range(len(report)) if report.score[at] >= LIKELY]
    names = {
        report.text(account, "name") for pair in likely for account in (pair.first, pair.second)
    }
    assert {name.casefold().strip("., inc") for name in names} == {"acme"}
    assert reason in likely[0].reasons
