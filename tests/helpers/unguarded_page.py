# SPDX-License-Identifier: MIT
"""A browser without any guard of ours, as other people have one.

Started as ``python -m tests.helpers.unguarded_page PAGE SECONDS SCRIPT`` in an environment without
our engine switches: opens the file, runs the script, waits, and ends.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineSettings
from PySide6.QtWidgets import QApplication

_MOST_START_MS = 2_000
_ATTRIBUTE = QWebEngineSettings.WebAttribute


def main(page_path: Path, seconds: float, script: str) -> int:
    """0 once the page was open for that long."""
    app = QApplication(sys.argv)
    profile = QWebEngineProfile(app)
    page = QWebEnginePage(profile, app)
    # The default lets a file reach the network of pages; browsers ask per site.
    page.settings().setAttribute(_ATTRIBUTE.LocalContentCanAccessRemoteUrls, True)
    page.loadFinished.connect(lambda _ok: page.runJavaScript(script))
    page.loadFinished.connect(lambda _ok: QTimer.singleShot(round(seconds * 1000), app.quit))
    # A page that goes on loading is watched for a little longer.
    QTimer.singleShot(round(seconds * 1000) + _MOST_START_MS, app.quit)
    page.load(QUrl.fromLocalFile(str(page_path)))
    app.exec()
    page.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
