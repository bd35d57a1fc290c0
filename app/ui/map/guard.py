# SPDX-License-Identifier: MIT
"""The request guard: nothing but our own scheme is ever fetched."""

import logging

from PySide6.QtCore import QObject
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

_LOG = logging.getLogger(__name__)
_LOCAL_SCHEMES = frozenset({"app", "blob", "data"})
_MOST_REMEMBERED = 200


class RequestGuard(QWebEngineUrlRequestInterceptor):
    """Refuses every request that does not stay inside the program, and counts.

    Attributes:
        blocked: Addresses that were refused, oldest first, the last ones only.
        blocked_count: How many were refused since the start.
        requests_left: How many requests were let through to another place than the program
            itself. The About window shows it; it stays 0.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocked: list[str] = []
        self.blocked_count = 0
        self.requests_left = 0

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        scheme = info.requestUrl().scheme()
        if scheme in _LOCAL_SCHEMES:
            return
        info.block(True)
        self.blocked_count += 1
        self.blocked.append(info.requestUrl().toString())
        del self.blocked[:-_MOST_REMEMBERED]
        # The address may hold what a user typed, so the log gets the scheme alone.
        _LOG.warning("a request with the scheme %r was refused", scheme)
