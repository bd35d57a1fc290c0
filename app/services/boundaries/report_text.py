# SPDX-License-Identifier: MIT
"""What became of areas, as the plan file keeps it with a boundary layer."""

import json
from typing import cast

from app.services.boundaries.vintage import AreaChange, Change, VintageReport

MAX_CHANGES = 20_000
"""Of a report that is kept; the sheet that can be saved beforehand has all."""
_MAX_TEXT = 200


def report_text(report: VintageReport | None) -> str:
    """A JSON object with the counts, and the areas that changed; "{}" for no report."""
    if report is None:
        return "{}"
    rows = [
        [row.change.name, row.code, row.name, list(row.others), [round(s, 4) for s in row.shares]]
        for row in report.changed[:MAX_CHANGES]
    ]
    counts = {change.name: amount for change, amount in report.counts.items()}
    return json.dumps({"counts": counts, "changes": rows}, ensure_ascii=False)


def report_of(text: str) -> VintageReport | None:
    """The areas that changed, from a plan file; None where there is no report.

    A text that is not ours counts as none: a plan may come from a stranger, and nothing depends on
    its report.
    """
    try:
        match json.loads(text):
            case {"changes": [*rows]}:
                changes = tuple(map(_change, rows[:MAX_CHANGES]))
            case _:
                return None
    except (ValueError, KeyError, RecursionError):
        return None
    is_whole = all(len(change.others) == len(change.shares) for change in changes)
    return VintageReport(changes, {}) if changes and is_whole else None


def _change(row: object) -> AreaChange:
    kind, code, name, others, shares = _items(row)
    return AreaChange(
        Change[str(kind)],
        _line(str(code)),
        _line(str(name)),
        tuple(_line(str(other)) for other in _items(others)),
        tuple(float(str(share)) for share in _items(shares)),
    )


def _items(listed: object) -> list[object]:
    if not isinstance(listed, list):
        message = "not a list"
        raise ValueError(message)  # noqa: TRY004 the caller takes all that is not ours alike
    return cast("list[object]", listed)


def _line(text: str) -> str:
    return "".join(sign for sign in text[:_MAX_TEXT] if sign.isprintable())
