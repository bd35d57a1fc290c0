# SPDX-License-Identifier: MIT
"""Notices that the last run ended in a native crash (of Qt, the map or a driver)."""

import faulthandler
import os
import platform
from io import TextIOWrapper
from pathlib import Path

import app
from app.services.app_log import shortened

_LONGEST_REPORT = 20_000


class CrashWatch:
    """Keeps a file open into which a dying process writes where it was.

    The file of a run that ended well is removed, so one that is found and not empty belongs to
    a run that crashed. It holds names of functions and files, no data.

    Args:
        folder: The program's log folder.
    """

    def __init__(self, folder: Path) -> None:
        # One file per process: a second window must not take the first one's file for a crash.
        self._path = folder / f"native_crash_{os.getpid()}.txt"
        self._folder = folder
        self._file: TextIOWrapper | None = None

    def start(self) -> str | None:
        """Begins to watch.

        Returns:
            The report of the last native crash, or None where there was none.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            report = self._take_old_reports()
            self._file = self._path.open("w", encoding="utf-8")
        except OSError:
            return None
        faulthandler.enable(self._file, all_threads=True)
        return report

    def stop(self) -> None:
        """Ends the watch; call it last on the way out."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        self._path.unlink(missing_ok=True)

    def _take_old_reports(self) -> str | None:
        """The newest report that earlier runs left; all of them are removed."""
        newest: str | None = None
        for path in sorted(self._folder.glob("native_crash_*.txt"), key=_modified):
            process = path.stem.rpartition("_")[2]
            if path != self._path and process.isdigit() and _is_running(int(process)):
                continue
            newest = _take(path) or newest
        return f"{versions()}\n\n{shortened(newest)}" if newest else None


def versions() -> str:
    """One line on the program and the system, for reports."""
    return f"Evenfield {app.__version__}, Python {platform.python_version()}, {platform.platform()}"


def _take(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")[:_LONGEST_REPORT].strip()
        path.unlink()
    except OSError:
        # On Windows the file of a running program cannot be removed: not ours to report.
        return ""
    return text


def _modified(path: Path) -> float:
    return path.stat().st_mtime


def _is_running(process: int) -> bool:
    """Whether a process with this number lives; a wrong True only keeps a file for longer."""
    if os.name == "nt":
        # There is no harmless signal on Windows; an open file cannot be removed there anyway.
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
