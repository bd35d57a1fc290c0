# SPDX-License-Identifier: MIT
"""What the user chose about a map that leaves the program."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QSettings

from app.models.ids import TerritoryId
from app.services.map_print.page import PageForm
from app.services.map_print.paper import PAPERS, POINTS_PER_INCH, paper

KINDS: tuple[tuple[str, str], ...] = (
    ("png", "Image"),
    ("svg", "Drawing"),
    ("pdf", "PDF page"),
    ("book", "Map book"),
    ("html", "Web page"),
)
RESOLUTIONS = (96, 150, 300, 600)
_SUFFIX = {"png": ".png", "svg": ".svg", "pdf": ".pdf", "book": ".pdf", "html": ".html"}
_FILTER = {
    "png": "PNG image (*.png)",
    "svg": "SVG drawing (*.svg)",
    "pdf": "PDF document (*.pdf)",
    "book": "PDF document (*.pdf)",
    "html": "Web page (*.html)",
}
_SETTINGS = "export_map"
_FINEST_PRINT_DPI = 720


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """One way in which a map leaves the program.

    Attributes:
        kind: A key of `KINDS`.
        extent: "view" (what the window shows), "accounts" (where most of them are), "all",
            "territory", or "each" for one file per territory.
        territory: Which, where the extent is one territory.
        dpi: Of an image.
        accounts: Whether pages and pictures show accounts.
        web_accounts: Whether web pages hold accounts with their names; off until it is chosen,
            since the file goes to other people.
    """

    kind: str = "png"
    extent: str = "view"
    territory: TerritoryId | None = None
    paper: str = "a4"
    landscape: bool = True
    dpi: int = 300
    legend: bool = True
    labels: bool = True
    accounts: bool = True
    web_accounts: bool = False

    @property
    def shows_accounts(self) -> bool:
        """Whether this kind of file shows accounts."""
        return self.web_accounts if self.kind == "html" else self.accounts

    @property
    def suffix(self) -> str:
        """How its file's name ends."""
        return _SUFFIX[self.kind]

    @property
    def file_filter(self) -> str:
        """For the file dialog."""
        return _FILTER[self.kind]

    @property
    def points(self) -> tuple[float, float]:
        """Width and height of the paper in points."""
        return paper(self.paper).size(landscape=self.landscape)

    def form(self) -> PageForm:
        """The page that was chosen."""
        width, height = self.points
        dpi = self.dpi if self.kind == "png" else _FINEST_PRINT_DPI
        # Half a pixel of a picture; a tenth of a point on paper.
        step = POINTS_PER_INCH / dpi / (2 if self.kind == "png" else 1)
        return PageForm(
            width, height, self.legend, self.labels, self.accounts, self.kind != "png", step
        )


def stored_choice(settings: QSettings) -> ExportChoice:
    """The choice of the last time; what cannot be understood is as at first."""
    first = ExportChoice()
    kept: dict[str, Any] = {}
    for name, value in asdict(first).items():
        stored = settings.value(f"{_SETTINGS}/{name}")
        if stored is None or name == "territory":
            continue
        text = str(stored)
        if isinstance(value, bool):
            kept[name] = text.lower() == "true"
        elif isinstance(value, int):
            kept[name] = int(text) if text.isdigit() else value
        else:
            kept[name] = text
    choice = replace(first, **kept)
    known = {
        "kind": {key for key, _ in KINDS},
        "extent": {"view", "accounts", "all", "each"},
        "paper": {each.key for each in PAPERS},
        "dpi": set(RESOLUTIONS),
    }
    wrong = {
        name: getattr(first, name) for name in known if getattr(choice, name) not in known[name]
    }
    return replace(choice, **wrong)


def store_choice(settings: QSettings, choice: ExportChoice) -> None:
    """Remember a choice; which territory it was means nothing in another plan."""
    for name, value in asdict(choice).items():
        if name != "territory":
            settings.setValue(f"{_SETTINGS}/{name}", value)
