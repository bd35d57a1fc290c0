# SPDX-License-Identifier: MIT
"""A native crash leaves a report for the next start; any other end leaves none."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.crash_watch import CrashWatch
from tests.helpers.shared import ROOT

_CHILD = """
import os, signal, sys
from pathlib import Path
from app.services.crash_watch import CrashWatch
customer = "Zephyrine Hardware"
watch = CrashWatch(Path(sys.argv[1]))
watch.start()
{end}
"""


def _run(folder: Path, end: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", _CHILD.format(end=end), folder],
        cwd=ROOT,
        check=False,
        capture_output=True,
    ).returncode


def _report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """What the next start finds; pytest's own fault handler stays in place."""
    monkeypatch.setattr("faulthandler.enable", lambda *_args, **_options: None)
    monkeypatch.setattr("faulthandler.disable", lambda: None)
    watch = CrashWatch(folder)
    report = watch.start()
    watch.stop()
    return report


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_native_crash_is_reported_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    assert _run(tmp_path, f"os.kill(os.getpid(), {int(number)})") == -number
    report = _report(tmp_path, monkeypatch)
    assert report is not None
    assert "Fatal Python error" in report
    assert "Zephyrine" not in report
    assert str(tmp_path) not in report
    assert _report(tmp_path, monkeypatch) is None


@pytest.mark.parametrize("end", ["watch.stop()", "os._exit(3)", "raise SystemExit(1)"])
def test_other_ends_are_no_native_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    _run(tmp_path, end)
    assert _report(tmp_path, monkeypatch) is None
    assert list(tmp_path.iterdir()) == []


def test_the_file_of_a_running_program_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, cwd=ROOT
    ) as other:
        theirs = tmp_path / f"native_crash_{other.pid}.txt"
        theirs.write_text("being written", encoding="utf-8")
        assert _report(tmp_path, monkeypatch) is None
        assert theirs.exists()
        other.communicate(b"\n")


def test_a_log_folder_that_cannot_be_made_is_survived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", encoding="utf-8")
    assert _report(tmp_path / "logs", monkeypatch) is None
