# SPDX-License-Identifier: MIT
"""The map book: an overview, then a page for each territory with its figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.services.map_layers import Rgba, over_land
from app.services.map_print.content import MapContent, PrintDots, PrintHome, PrintLabel
from app.services.map_print.drawing import Page
from app.services.map_print.frame import Bounds
from app.services.map_print.label_placing import TextMeasure
from app.services.map_print.page import PageForm, PageText, map_page
from app.services.map_print.panel import PanelRow

_PALED = 0.72
"""How much of the land is mixed into the colours of what belongs to others."""
_LAND = (246, 244, 239)


@dataclass(frozen=True, slots=True)
class BookTerritory:
    """One territory of a map book.

    Attributes:
        position: Among the plan's territories: the group of its areas.
        facts: What it is and what it has, as words and values: rep, accounts, measures.
        bounds: What its page shows; None where it has neither areas nor accounts.
        dots: Its own accounts.
        homes: Where its rep lives, if that is known.
    """

    position: int
    name: str
    rep: str
    facts: tuple[tuple[str, str], ...]
    bounds: Bounds | None
    dots: PrintDots
    homes: tuple[PrintHome, ...] = ()


@dataclass(frozen=True, slots=True)
class MapBook:
    """Everything in a map book.

    Attributes:
        bounds: What the overview shows.
        right: The date, for the foot of each page.
    """

    content: MapContent
    bounds: Bounds
    title: str
    subtitle: str
    small: tuple[str, ...]
    right: str
    territories: tuple[BookTerritory, ...]

    @property
    def page_count(self) -> int:
        """The overview and one page per territory that can be shown."""
        return 1 + len(self.shown)

    @property
    def shown(self) -> tuple[BookTerritory, ...]:
        """The territories that have areas or accounts."""
        return tuple(each for each in self.territories if each.bounds is not None)


def book_pages(
    book: MapBook,
    form: PageForm,
    measure: TextMeasure,
) -> Iterator[Page]:
    """The pages, each made when it is asked for.

    Args:
        book: What they show.
        form: Size, and what is on them.
        measure: Says how wide a text is.
    """
    count = book.page_count
    legend = replace(book.content.legend, ends=_overview_ends(book))
    text = PageText(book.title, book.subtitle, book.small, _right(book, 1, count))
    overview = replace(book.content, legend=legend)
    yield map_page(overview, book.bounds, text, form, measure)
    for number, territory in enumerate(book.shown, 2):
        assert territory.bounds is not None  # noqa: S101 what `shown` says
        content = territory_content(book.content, territory)
        page_text = territory_text(territory, book.title, book.small, _right(book, number, count))
        yield map_page(content, territory.bounds, page_text, form, measure)


def territory_text(
    territory: BookTerritory, plan: str, small: tuple[str, ...], right: str
) -> PageText:
    """The words around the map of a territory.

    Args:
        territory: Which.
        plan: Name of the plan.
        small: Small print.
        right: Date and page.
    """
    rows = [PanelRow("fact", name, value) for name, value in territory.facts]
    figures = (PanelRow("heading", "Figures"), *rows) if rows else ()
    return PageText(territory.name, f"{territory.rep} · {plan}", small, right, figures)


def territory_content(content: MapContent, territory: BookTerritory) -> MapContent:
    """The map with one territory in its colour and all others pale."""
    own = content.groups == territory.position
    rgba = np.array(content.rgba, np.uint8)
    colored = ~own & (rgba[:, 3] > 0)
    # Few colours are mixed once each instead of once per area.
    known, which = np.unique(rgba[colored], axis=0, return_inverse=True)
    pale = np.array([paled(tuple(row)) for row in known.tolist()], np.uint8).reshape(-1, 4)
    rgba[colored] = pale[which.reshape(-1)]
    labels = tuple(_label(each, territory) for each in content.labels)
    legend = replace(content.legend, lines=())
    # How many there are counts the whole plan, which is not what this page is about.
    sections = tuple(replace(section, ends=()) for section in content.sections)
    return replace(
        content,
        rgba=rgba,
        labels=labels,
        homes=territory.homes,
        dots=territory.dots,
        legend=legend,
        sections=sections,
    )


def _label(label: PrintLabel, territory: BookTerritory) -> PrintLabel:
    """The territory's own name first; those of others as quiet as countries."""
    if label.kind != "territory":
        return label
    if label.text == territory.name:
        return replace(label, rank=-1)
    return replace(label, kind="country", sub="")


def paled(rgba: Sequence[int]) -> Rgba:
    """The colour in which a territory is mere context."""
    red, green, blue, _ = over_land((rgba[0], rgba[1], rgba[2], rgba[3]), dark=False)
    mixed = [
        round(own + (land - own) * _PALED)
        for own, land in zip((red, green, blue), _LAND, strict=True)
    ]
    return mixed[0], mixed[1], mixed[2], 255


def _overview_ends(book: MapBook) -> tuple[str, ...]:
    """Per line of the legend the page of the territory that it names."""
    pages: dict[str, list[int]] = {}
    for number, each in enumerate(book.shown, 2):
        pages.setdefault(each.name, []).append(number)
    ends: list[str] = []
    for line in book.content.legend.lines:
        # Territories may share a name: the legend has them in the order of the pages.
        left = pages.get(line.text, [])
        ends.append(f"p. {left.pop(0)}" if left else "")
    return tuple(ends)


def _right(book: MapBook, number: int, count: int) -> str:
    return f"{book.right} · Page {number} of {count}"
