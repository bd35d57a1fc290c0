# SPDX-License-Identifier: MIT
"""Which files have passed the gate, by their SHA-256, so that the same bytes pass at once.

The list lies in the program's own folder beside the working copies. It is forgotten with every
new version of the program, whose gate may be stricter.
"""

import json
import logging
import os
from pathlib import Path
from typing import cast

import app
from app.services.store.gate import GateReport
from app.services.store.schema import SCHEMA_VERSION

_log = logging.getLogger(__name__)

_NAME = "passed.json"
_KEPT = 100


def find(folder: Path, sha256: str) -> GateReport | None:
    """What the gate said about a file with these bytes, if it passed before."""
    return _read(folder).get(sha256)


def add(folder: Path, sha256: str, report: GateReport) -> None:
    """Remember a file that passed, or that was just written by `publish.py`; never raises."""
    files = _read(folder)
    files.pop(sha256, None)
    files[sha256] = report
    newest = list(files.items())[-_KEPT:]
    entries = {key: [one.version, one.plan_id, one.revision] for key, one in newest}
    path = folder / _NAME
    temporary = path.with_name(f"{_NAME}.{os.getpid()}.tmp")
    try:
        temporary.write_text(json.dumps({"program": _program(), "files": entries}), "utf-8")
        temporary.replace(path)
    except OSError:
        _log.info("the list of files that passed could not be written")


def _program() -> str:
    return f"{app.__version__}/{SCHEMA_VERSION}"


def _read(folder: Path) -> dict[str, GateReport]:
    try:
        found = cast("dict[str, object]", json.loads((folder / _NAME).read_text("utf-8")))
        if found["program"] != _program():
            return {}
        entries = cast("dict[str, tuple[int, str, int]]", found["files"])
        return {
            str(sha256): GateReport(int(version), str(plan_id), int(revision))
            for sha256, (version, plan_id, revision) in entries.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
