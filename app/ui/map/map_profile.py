# SPDX-License-Identifier: MIT
"""The web profile that all maps share: private, hardened, without network."""

from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)

from app.ui.map.guard import RequestGuard
from app.ui.map.scheme import SCHEME, DataSlots, SchemeHandler

_ATTRIBUTE = QWebEngineSettings.WebAttribute
_OFF = (
    _ATTRIBUTE.AutoLoadIconsForPage,
    _ATTRIBUTE.DnsPrefetchEnabled,
    _ATTRIBUTE.ErrorPageEnabled,
    _ATTRIBUTE.FullScreenSupportEnabled,
    _ATTRIBUTE.HyperlinkAuditingEnabled,
    _ATTRIBUTE.JavascriptCanAccessClipboard,
    _ATTRIBUTE.JavascriptCanOpenWindows,
    _ATTRIBUTE.LocalContentCanAccessFileUrls,
    _ATTRIBUTE.LocalContentCanAccessRemoteUrls,
    _ATTRIBUTE.LocalStorageEnabled,
    _ATTRIBUTE.NavigateOnDropEnabled,
    _ATTRIBUTE.PdfViewerEnabled,
    _ATTRIBUTE.PluginsEnabled,
    _ATTRIBUTE.ScreenCaptureEnabled,
    _ATTRIBUTE.WebGLEnabled,
)
# Connections between browsers look names up outside the request guard.
_REMOVE_PEER_CONNECTIONS = (
    "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel',"
    " 'WebTransport']) { try { delete globalThis[name]; } catch { globalThis[name] = undefined; }"
    " Object.defineProperty(globalThis, name, { value: undefined, writable: false }); }"
)


class MapProfile(QWebEngineProfile):
    """An off-the-record profile with our scheme, the guard and the channel's script.

    Args:
        page_folder: The packaged map page.
        parent: Must outlive every page of this profile; give the application.
    """

    def __init__(self, page_folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.slots = DataSlots()
        self.guard = RequestGuard(self)
        self.setUrlRequestInterceptor(self.guard)
        self._handler = SchemeHandler(page_folder, self.slots, self)
        self.installUrlSchemeHandler(SCHEME, self._handler)
        self.setSpellCheckEnabled(False)
        self.downloadRequested.connect(_refuse_download)
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        self.settings().setAttribute(_ATTRIBUTE.ShowScrollBars, False)
        self._inject("channel", _channel_script())
        self._inject("no peer connections", _REMOVE_PEER_CONNECTIONS)

    def _inject(self, name: str, source: str) -> None:
        script = QWebEngineScript()
        script.setName(name)
        script.setSourceCode(source)
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
        self.scripts().insert(script)


def _channel_script() -> str:
    """The client of the channel, as Qt ships it."""
    file = QFile(":/qtwebchannel/qwebchannel.js")
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    return bytes(file.readAll().data()).decode()


def _refuse_download(download: QWebEngineDownloadRequest) -> None:
    download.cancel()
