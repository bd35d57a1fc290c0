# SPDX-License-Identifier: MIT
"""The ``app:`` scheme: packaged files by a fixed list, and bulk data in bounded slots."""

import logging
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

_LOG = logging.getLogger(__name__)

SCHEME = b"app"
ORIGIN = "app://bundle/"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src blob:; form-action 'none'; "
    "base-uri 'none'; frame-src 'none'; object-src 'none'"
)
_MIME_BY_SUFFIX = {
    ".css": b"text/css",
    ".html": b"text/html",
    ".js": b"text/javascript",
    ".json": b"application/json",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".ttf": b"font/ttf",
}
_BINARY = b"application/octet-stream"
_DATA_FOLDER = "data/"
_GENERATIONS_KEPT = 3
SUPERSEDED = b"\x00"
"""Answers a request that came too late; the page passes it over, as newer content follows."""


def register_scheme() -> None:
    """Makes ``app:`` known to the engine; by the book before the QApplication, once."""
    if QWebEngineUrlScheme.schemeByName(SCHEME).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flags = QWebEngineUrlScheme.Flag
    scheme.setFlags(flags.SecureScheme | flags.CorsEnabled | flags.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


class DataSlots:
    """What the page may fetch beside the packaged files: bytes, or a file of the program.

    Each name keeps its last few generations only, so that a fetch under way still finds its
    bytes while the store stays bounded.
    """

    def __init__(self) -> None:
        self._contents: OrderedDict[str, bytes | Path] = OrderedDict()
        self._paths_by_name: dict[str, list[str]] = {}
        self._next = 0

    def put(self, name: str, content: bytes | Path) -> str:
        """Offers the content under a new address and returns it.

        Args:
            name: What the content is for; an older content of the same name is dropped soon.
            content: Bytes, or the path of a file that is read when the page asks.
        """
        self._next += 1
        path = f"{_DATA_FOLDER}{self._next}"
        self._contents[path] = content
        generations = self._paths_by_name.setdefault(name, [])
        generations.append(path)
        for old in generations[:-_GENERATIONS_KEPT]:
            del self._contents[old]
        del generations[:-_GENERATIONS_KEPT]
        return ORIGIN + path

    def get(self, path: str) -> bytes | Path | None:
        """The content at an address; `SUPERSEDED` where newer content has taken its place."""
        found = self._contents.get(path)
        number = path.removeprefix(_DATA_FOLDER)
        if found is None and number.isascii() and number.isdigit() and int(number) <= self._next:
            return SUPERSEDED
        return found


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers the page's requests.

    Args:
        folder: The packaged page; its files are listed once and nothing else is ever read.
        slots: Bulk data of the moment.
    """

    def __init__(self, folder: Path, slots: DataSlots, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slots = slots
        self._files = {
            path.relative_to(folder).as_posix(): path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in _MIME_BY_SUFFIX
        }

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        path = job.requestUrl().path(QUrl.ComponentFormattingOption.FullyDecoded).lstrip("/")
        content = self._slots.get(path) if path.startswith(_DATA_FOLDER) else self._files.get(path)
        if content is None or job.requestMethod() != b"GET":
            _LOG.warning("the map page asked for something that is not there")
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        # The value must be a list, against the stub: bytes alone are taken for single letters.
        policy = [QByteArray(CONTENT_SECURITY_POLICY.encode())]
        headers = {QByteArray(b"Content-Security-Policy"): policy}
        job.setAdditionalResponseHeaders(headers)  # pyright: ignore[reportArgumentType]
        suffix = content.suffix if isinstance(content, Path) else ""
        job.reply(QByteArray(_MIME_BY_SUFFIX.get(suffix, _BINARY)), _device(content, job))


def _device(content: bytes | Path, job: QWebEngineUrlRequestJob) -> QIODevice:
    """A readable device that lives as long as the request."""
    if isinstance(content, Path):
        file = QFile(str(content), job)
        file.open(QIODevice.OpenModeFlag.ReadOnly)
        return file
    buffer = QBuffer(job)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
