# SPDX-License-Identifier: MIT
"""The program's log: what happened and for how long, never whose data it was.

Our own messages are written with ids, counts and durations, so they are kept whole. What other
libraries say is kept as the fixed text of their message, without the values filled in, and an
exception as its type and place, without its words: both may quote a cell of a customer list.
"""

import logging
import logging.handlers
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

LOG_NAME = "evenfield.log"
_FILE_BYTES = 1_000_000
_FILE_COUNT = 5
_OWN = "app"
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"

# A root, then folders; a space may be part of a folder's name, so some more words may go.
_FOLDERS = re.compile(r"(?<!\w)(?:[A-Za-z]:)?[\\/](?:[^\\/:*?\"<>|\n]+[\\/])+")


class AppLog:
    """The rotating log file.

    Args:
        folder: Where it is kept; made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handler: logging.Handler | None = None

    @property
    def path(self) -> Path:
        """The newest file of the log."""
        return self._folder / LOG_NAME

    def start(self) -> None:
        """Writes from now on; a folder that cannot be written leaves the program without a log."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handler = _QuietFile(self.path)
        except OSError:
            return
        handler.setFormatter(_Redacting(_FORMAT))
        root = logging.getLogger()
        root.addHandler(handler)
        root.setLevel(logging.WARNING)
        logging.getLogger(_OWN).setLevel(logging.INFO)
        self._handler = handler

    def stop(self) -> None:
        """Closes the file."""
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None


def shortened(text: str) -> str:
    """The text with every path cut to ``…/file``, so that it names no person and no folder."""
    return _FOLDERS.sub("…/", text)


def trace(error: BaseException) -> str:
    """Types and places of an exception and its causes, first cause first, without their words."""
    return "\n".join(line for link in reversed(list(_causes(error))) for line in _lines_of(link))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )


def _lines_of(error: BaseException) -> Iterator[str]:
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        safe = logging.makeLogRecord(record.__dict__)
        if not _is_ours(record.name):
            safe.msg, safe.args = str(record.msg), None
        error = record.exc_info[1] if record.exc_info else None
        safe.exc_info, safe.exc_text, safe.stack_info = None, None, None
        text = shortened(super().format(safe))
        return f"{text}\n{trace(error)}" if error is not None else text


def _is_ours(logger_name: str) -> bool:
    return logger_name == _OWN or logger_name.startswith(f"{_OWN}.")


class _QuietFile(logging.handlers.RotatingFileHandler):
    """A full disk must not turn every log record into an error of its own."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_FILE_BYTES, backupCount=_FILE_COUNT - 1, encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        """Drops the record."""
