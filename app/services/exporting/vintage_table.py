# SPDX-License-Identifier: MIT
"""What became of areas in a newer layer, and what was found about a layer, as tables to write."""

from collections.abc import Sequence

from app.services.boundaries.prepared import Finding, LayerFinding
from app.services.boundaries.vintage import AreaChange, Change, VintageReport
from app.services.exporting.table import ExportColumn, ExportTable

FINDING_WORDS = {
    Finding.REPAIRED: "Outline repaired",
    Finding.EMPTY: "Left out: no outline",
    Finding.MISPLACED: "Left out: not on the earth",
    Finding.NO_CODE: "Left out: no code",
    Finding.MERGED: "Rows with this code joined",
    Finding.OVERLAP: "Overlaps another area",
    Finding.CUT: "Cut at the edge of the map",
}


def vintage_table(report: VintageReport) -> ExportTable:
    """One line per area, changed ones first and those that stayed at the end."""
    kept = [row for row in report.changes if row.change is Change.KEPT]
    rows = [*report.changed, *kept]
    return ExportTable(
        "What changes",
        (
            ExportColumn("Code", [row.code for row in rows]),
            ExportColumn("Name", [row.name for row in rows]),
            ExportColumn("What happens", [row.change.value for row in rows]),
            ExportColumn("Other areas", [others_words(row, report) for row in rows]),
        ),
    )


def others_words(row: AreaChange, report: VintageReport) -> str:
    """The areas that one went to or came from: "11742 Holtsville (98 %), 11713 (2 %)"."""
    parts = [
        f"{_named(code, report)} ({share:.0%})"
        for code, share in zip(row.others, row.shares, strict=True)
    ]
    return ", ".join(parts)


def finding_table(findings: Sequence[LayerFinding]) -> ExportTable:
    """One line per finding."""
    return ExportTable(
        "Findings",
        (
            ExportColumn("Code", [finding.code for finding in findings]),
            ExportColumn("Name", [finding.name for finding in findings]),
            ExportColumn("What", [FINDING_WORDS[finding.finding] for finding in findings]),
            ExportColumn("Detail", [detail_words(finding) for finding in findings]),
        ),
    )


def detail_words(finding: LayerFinding) -> str:
    """What a finding says besides its kind."""
    if finding.finding is Finding.OVERLAP:
        return f"with {finding.other}, {finding.share:.1%} of the smaller area"
    if finding.finding is Finding.MERGED:
        return f"{finding.share:,.0f} rows"
    return ""


def _named(code: str, report: VintageReport) -> str:
    name = report.name_of.get(code, "")
    return name if name.startswith(code) else f"{code} {name}".strip()
