# SPDX-License-Identifier: MIT
"""What Evenfield is, whose data and software it stands on, and what left this computer."""

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from app.ui.fonts import TITLE
from app.ui.formats import plural
from app.ui.parts import button, column, label, row
from app.ui.resources import RESOURCES
from app.ui.theme import set_kind
from app.ui.widgets.icon_label import IconLabel

ATTRIBUTIONS = RESOURCES / "geo" / "attributions.json"
_OWN_PARTS = (
    ("Inter", "SIL Open Font License 1.1", "The type face. © The Inter Project Authors."),
    ("Qt for Python", "LGPL 3", "The window. © The Qt Company Ltd. and other contributors."),
    ("Leaflet", "BSD 2-Clause", "The map page. © Volodymyr Agafonkin and contributors."),
    ("folium", "MIT", "The map document. © Rob Story and contributors."),
    ("Tol colour schemes", "", "The territory colours. By Paul Tol."),
)


class AboutDialog(QDialog):
    """Version, attributions and the number of requests that left this computer.

    Args:
        requests_left: Gives that number when the dialog opens.
        parent: The window.
        attributions: File with the sources of the geographic data.
    """

    def __init__(
        self,
        requests_left: Callable[[], int],
        parent: QWidget | None = None,
        attributions: Path = ATTRIBUTIONS,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Evenfield")
        self.resize(540, 560)
        head = row(
            IconLabel("evenfield", "text", 48),
            column(
                label("Evenfield", size=TITLE, semibold=True),
                label(f"Version {program_version()}", "muted"),
                gap=2,
            ),
            None,
            gap=16,
        )
        amount = requests_left()
        words = f"{plural(amount, 'request', 'requests')} left this computer."
        self.requests = label(words, semibold=True)
        shield = row(
            IconLabel("shield" if amount == 0 else "warning", "good" if amount == 0 else "danger"),
            self.requests,
            None,
        )
        promise = label(
            "Evenfield works entirely on your own computer: no map service, no account, no "
            "telemetry. Whatever tries to reach the network is blocked and counted here.",
            "muted",
            wraps=True,
        )
        close = button("Close", self.accept, kind="primary")
        close.setDefault(True)
        self.setLayout(
            column(
                head,
                4,
                shield,
                promise,
                label("Data and software", semibold=True),
                self._sources(attributions),
                row(None, close),
                margin=20,
                gap=10,
            )
        )
        close.setFocus()

    def _sources(self, attributions: Path) -> QScrollArea:
        inside = QWidget()
        set_kind(inside, "surface")
        lines = column(margin=12, gap=10)
        for name, licence, words in (*read_attributions(attributions), *_OWN_PARTS):
            title = f"{name}  ·  {licence}" if licence else name
            entry = column(label(title, wraps=True), gap=0)
            if words:
                entry.addWidget(label(words, "muted", wraps=True))
            lines.addLayout(entry)
        lines.addStretch(1)
        inside.setLayout(lines)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName("Data and software that Evenfield stands on")
        return scroll


def program_version() -> str:
    """The version that is installed; a packaged program carries it too."""
    try:
        return version("evenfield")
    except PackageNotFoundError:
        return "0.1.0"


def read_attributions(path: Path) -> list[tuple[str, str, str]]:
    """Name, licence and words of every source of geographic data; empty where none are there."""
    if not path.exists():
        return []
    found = json.loads(path.read_text(encoding="utf-8"))
    entries = found.get("sources", []) if isinstance(found, dict) else found
    return [_attribution(entry) for entry in entries if isinstance(entry, dict)]


def _attribution(entry: dict[str, object]) -> tuple[str, str, str]:
    def text(key: str) -> str:
        return str(entry.get(key, ""))

    vintage = f" ({text('vintage')})" if text("vintage") else ""
    changes = f" Changed: {text('changes')}." if text("changes") else ""
    return text("what"), text("data_license"), f"{text('source')}{vintage}.{changes}"
