# SPDX-License-Identifier: MIT
"""The owner file ``~$name`` next to an open plan: who is editing it.

The file is locked by the operating system for as long as the program runs, so the lock of a
killed program is gone at once. Where the disk of another computer does not pass locks on, the
name of the computer and the age of the file decide. All this is advice among well-behaved
programs; the comparison before each publishing is what protects the file.
"""

import errno
import getpass
import json
import os
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_STALE_AFTER_SECONDS = 24 * 3600
"""An owner on another computer that has not published for so long is taken for gone."""

_LOCK_AT = 1 << 20
"""Windows locks a byte behind the end, so that the text stays readable."""

_TRIES = 20


def author_name() -> str:
    """The name of the user's account on this computer, or an empty text."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class OwnedElsewhereError(Exception):
    """Another program has the plan open; the text is for the user."""


@dataclass(frozen=True, slots=True)
class _Owner:
    pid: int
    host: str
    user: str

    @property
    def sentence(self) -> str:
        place = "this computer" if self.host == socket.gethostname() else self.host
        who = self.user or "Another user"
        return f"{who} has it open on {place} (process {self.pid})."


class OwnerFile:
    """The right to publish one plan; `acquire` takes it and `release` gives it back."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, document: Path) -> "OwnerFile":
        """Become the owner of this plan file.

        Raises:
            OwnedElsewhereError: Another running program is.
            OSError: Nothing can be written next to the plan file.
        """
        path = document.with_name("~$" + document.name)
        for _ in range(_TRIES):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            owner = cls(path, descriptor)
            try:
                found = _read(path)
                if not _try_lock(descriptor, found) or _is_alive_elsewhere(found, path):
                    sentence = _sentence(found)
                elif _is_same_file(descriptor, path):
                    _write(descriptor)
                    return owner
                else:  # its owner removed it just now
                    sentence = ""
            except OSError:
                os.close(descriptor)
                raise
            os.close(descriptor)
            if sentence:
                raise OwnedElsewhereError(sentence)
        raise OwnedElsewhereError(_sentence(None))

    def touch(self) -> None:
        """Show other computers that the owner is still there."""
        with suppress(OSError):
            os.utime(self._path)

    def release(self) -> None:
        """Remove the owner file; a second call does nothing."""
        if self._descriptor is None:
            return
        with suppress(OSError):
            if sys.platform == "win32":
                os.close(self._descriptor)
                self._path.unlink(missing_ok=True)
            else:  # unlocking last leaves no moment in which two programs own it
                self._path.unlink(missing_ok=True)
                os.close(self._descriptor)
        self._descriptor = None


def _sentence(owner: _Owner | None) -> str:
    return owner.sentence if owner else "Another program has it open."


def _read(path: Path) -> _Owner | None:
    try:
        found = cast("object", json.loads(path.read_text("utf-8")[:10_000]))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    entry = cast("dict[str, object]", found)
    pid, host, user = entry.get("pid"), entry.get("host"), entry.get("user")
    if isinstance(pid, int) and isinstance(host, str) and isinstance(user, str):
        return _Owner(pid, host[:200], user[:200])
    return None


def _write(descriptor: int) -> None:
    owner = {"pid": os.getpid(), "host": socket.gethostname(), "user": author_name()}
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, json.dumps(owner).encode())


def _try_lock(descriptor: int, found: _Owner | None) -> bool:
    """Whether the file is ours now, for as long as it stays open."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCK_AT, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}:
            return False
        # The disk knows no locks: only a running process of this computer counts.
        return found is None or found.host != socket.gethostname() or not _runs(found.pid)
    return True


def _runs(pid: int) -> bool:
    if sys.platform == "win32" or pid in {0, os.getpid()}:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _is_same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def _is_alive_elsewhere(owner: _Owner | None, path: Path) -> bool:
    if owner is None or owner.host == socket.gethostname():
        return False
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return False
    return age < _STALE_AFTER_SECONDS
