# SPDX-License-Identifier: MIT
"""A boundary file of the user: opened, looked at, prepared; all of it in a child process."""

import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from app.models.errors import ImportProblem
from app.services.boundaries import child_work
from app.services.boundaries.child_work import Opened, Packed, Problem, Step
from app.services.boundaries.file_layer import FileLayer, LayerPlace
from app.services.boundaries.formats import unreadable
from app.services.boundaries.packing import unpack_layer
from app.services.boundaries.prepared import PreparedLayer
from app.services.child_process import ChildStopped, Limits, limits_for, messages_of
from app.services.importing.table import Watch

MEMORY_LIMIT_BYTES = 5 * 1024**3
"""Of address space, of which the libraries take a fifth before anything is read."""
_READ = Limits(300.0, MEMORY_LIMIT_BYTES)
_PREPARE = Limits(900.0, MEMORY_LIMIT_BYTES)
_START_SECONDS = 30.0
_SECONDS_PER_MEGABYTE = 5.0
"""Of the file, packed or not; a slow computer needs one."""


class BoundaryFile:
    """A file that was opened; `close` removes the copy that it is read from.

    Args:
        path: The user's file; `places` and `layer` say what is in it.
    """

    def __init__(
        self, path: Path, folder: "tempfile.TemporaryDirectory[str]", opened: Opened
    ) -> None:
        self.path = path
        self.places = opened.places
        self.layer = opened.layer
        self._folder = folder

    @classmethod
    def open(cls, path: Path, watch: Watch) -> "BoundaryFile":
        """Open a file and read its largest layer.

        Raises:
            ImportProblem: It holds no areas, is damaged, or too large.
            TaskCancelled: The user stopped it.
        """
        # On Windows a child that was ended may hold its copy for a moment longer.
        folder = tempfile.TemporaryDirectory(prefix="evenfield-", ignore_cleanup_errors=True)
        try:
            return cls(path, folder, _opened(path, folder.name, watch))
        except BaseException:
            folder.cleanup()
            raise

    def read(self, place: LayerPlace, watch: Watch) -> FileLayer:
        """Read another layer of the file, which becomes `layer`.

        Raises:
            ImportProblem: It holds no areas or is damaged.
            TaskCancelled: The user stopped it.
        """
        limits = _limits(Path(place.path), _READ)
        for message in _messages(place.label, child_work.read_place, (place,), limits, watch):
            if isinstance(message, FileLayer):
                self.layer = message
                return message
        raise _stopped(place.label, "memory")

    def prepare(
        self,
        codes: Sequence[str],
        names: Sequence[str],
        watch: Watch,
        rows: Sequence[int] | None = None,
    ) -> PreparedLayer:
        """The areas of `layer`, ready for the map.

        Args:
            codes: Per row; rows with an empty one are left out.
            names: Per row.
            rows: The rows that are wanted; None for all.

        Raises:
            ImportProblem: No area can be used.
            TaskCancelled: The user stopped it.
        """
        place = self.layer.place
        limits = _limits(Path(place.path), _PREPARE)
        arguments = (place, tuple(codes), tuple(names), rows)
        for message in _messages(place.label, child_work.prepare_place, arguments, limits, watch):
            if isinstance(message, Packed):
                return unpack_layer(message.content)
        raise _stopped(place.label, "memory")

    def close(self) -> None:
        """Remove the copy; nothing can be read any more."""
        self._folder.cleanup()


def _opened(path: Path, folder: str, watch: Watch) -> Opened:
    limits = _limits(path, _READ)
    arguments = (str(path), folder)
    for message in _messages(path.name, child_work.open_file, arguments, limits, watch):
        if isinstance(message, Opened):
            return message
    raise _stopped(path.name, "memory")


def _limits(path: Path, limits: Limits) -> Limits:
    try:
        return limits_for(path, limits, _START_SECONDS, _SECONDS_PER_MEGABYTE)
    except OSError as error:
        raise unreadable(path.name, error) from error


def _messages(
    name: str, work: Callable[..., None], arguments: tuple[Any, ...], limits: Limits, watch: Watch
) -> Generator[object]:
    """What the child says, with its steps told and its problems raised."""
    share, text = 0.0, f"Opening {name}"

    def at(_seconds: float) -> None:
        watch.at(share, text)

    try:
        with closing(messages_of(work, arguments, limits, at)) as messages:
            for message in messages:
                if isinstance(message, Problem):
                    raise ImportProblem(
                        message.message, meaning=message.meaning, remedy=message.remedy
                    )
                if isinstance(message, Step):
                    share, text = message.share, message.text
                    continue
                yield message
    except ChildStopped as error:
        raise _stopped(name, error.reason) from error


def _stopped(name: str, reason: str) -> ImportProblem:
    if reason == "slow":
        return ImportProblem(
            f"{name} took too long to be read; it may be damaged.",
            meaning="Nothing was added.",
            remedy="Download or export it again, or choose a file with coarser borders.",
        )
    return ImportProblem(
        f"{name} could not be read: it is damaged, or larger than this computer can take.",
        meaning="Nothing was added.",
        remedy="Download or export it again, or choose a file with coarser borders.",
    )
