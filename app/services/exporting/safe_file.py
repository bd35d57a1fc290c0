# SPDX-License-Identifier: MIT
"""Replacing a file as a whole, with sentences for what a disk can refuse."""

import errno
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.models.errors import ExportProblem

_NOTHING = "The plan is unchanged, and a file that was there before is as it was."


@contextmanager
def replaced_file(target: Path) -> Generator[BinaryIO]:
    """A file to write to, which becomes `target` once the block ends without an error.

    Raises:
        ExportProblem: The disk is full, the folder read-only, or the file open elsewhere.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.stem[:40]}-", suffix=".part", dir=target.parent
        )
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _allow_reading(temporary)
        temporary.replace(target)
        temporary = None
    except OSError as error:
        raise export_problem(target, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _allow_reading(path: Path) -> None:
    """Give the file the rights of any new file; temporary ones are readable by their owner only."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)


def export_problem(target: Path, error: OSError) -> ExportProblem:
    """What the system refused, in words."""
    folder = target.parent.name or str(target.parent)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ExportProblem(
            f"There is not enough room for {target.name}.",
            meaning=_NOTHING,
            remedy="Free some space, or save it to another drive.",
        )
    if error.errno == errno.EROFS or (
        error.errno in (errno.EACCES, errno.EPERM) and not os.access(target.parent, os.W_OK)
    ):
        return ExportProblem(
            f"The folder {folder} is read-only.",
            meaning=_NOTHING,
            remedy="Choose another folder.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
        return ExportProblem(
            f"{target.name} is open in another program.",
            meaning=_NOTHING,
            remedy="Close it there, or choose another name.",
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return ExportProblem(
            f"The folder {folder} is not there any more.",
            meaning=_NOTHING,
            remedy="Choose another folder.",
        )
    if error.errno == errno.EISDIR:
        return ExportProblem(
            f"{target.name} is a folder.", meaning=_NOTHING, remedy="Choose another name."
        )
    return ExportProblem(
        f"{target.name} could not be written ({error.strerror or 'the system gave no reason'}).",
        meaning=_NOTHING,
        remedy="Choose another folder or name.",
    )
