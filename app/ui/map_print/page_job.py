# SPDX-License-Identifier: MIT
"""Pages of the open plan: taken from it on the main thread, laid out in any other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from app.models.geounit import GeoLevel
from app.models.ids import TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.rep import Rep
from app.models.territory import Territory
from app.services.html_export import plan_subtitle
from app.services.map_layers import mercator, over_land, territory_fill
from app.services.map_print.content import PrintDots, PrintHome
from app.services.map_print.drawing import Page
from app.services.map_print.extents import everything_bounds, overview_bounds, territory_bounds
from app.services.map_print.frame import Bounds
from app.services.map_print.label_placing import TextMeasure
from app.services.map_print.map_book import (
    BookTerritory,
    MapBook,
    book_pages,
    territory_content,
    territory_text,
)
from app.services.map_print.page import PageText, map_page
from app.services.workspace import Workspace
from app.ui.formats import count, day, measure_value, moment, plural, signed_percent
from app.ui.map.shown_map import ShownMap
from app.ui.map_print.export_choice import ExportChoice

_MOST_MEASURES = 10
_DOT = np.array((58, 68, 74, 255), np.uint8)
_DOT_RADIUS = 3.0


@dataclass(frozen=True, slots=True)
class PageJob:
    """One page, independent of the plan from then on.

    Attributes:
        territory: The territory that the page is about, or None.
    """

    shown: ShownMap
    bounds: Bounds
    text: PageText
    choice: ExportChoice
    territory: BookTerritory | None = None

    def page(self, measure: TextMeasure, least_step: float = 0.0) -> Page:
        """The page, laid out.

        Args:
            measure: Says how wide a text is.
            least_step: Shapes are simplified to this grid at least, in points.
        """
        content = self.shown.content()
        if self.territory is not None:
            content = territory_content(content, self.territory)
        form = self.choice.form()
        form = replace(form, step=max(form.step, least_step))
        return map_page(content, self.bounds, self.text, form, measure)


@dataclass(frozen=True, slots=True)
class BookJob:
    """A map book, independent of the plan from then on."""

    shown: ShownMap
    bounds: Bounds
    words: PageText
    territories: tuple[BookTerritory, ...]
    choice: ExportChoice

    def book(self) -> MapBook:
        """What its pages show."""
        words = self.words
        return MapBook(
            self.shown.content(),
            self.bounds,
            words.title,
            words.subtitle,
            words.small,
            words.right,
            self.territories,
        )

    def pages(self, measure: TextMeasure) -> tuple[Iterator[Page], int]:
        """The pages, each made when it is asked for, and how many they are."""
        book = self.book()
        return book_pages(book, self.choice.form(), measure), book.page_count


def page_job(
    workspace: Workspace, shown: ShownMap, view: Bounds | None, choice: ExportChoice
) -> PageJob:
    """What is needed for one page.

    Args:
        workspace: The open plan.
        shown: What the map shows.
        view: West, south, east, north that the window shows, or None before it shows any.
        choice: What the user chose.
    """
    words = _words(workspace)
    right = f"{words.right} · Page 1 of 1"
    if choice.extent == "territory" and choice.territory is not None:
        territory = workspace.territory(choice.territory)
        found = book_territory(workspace, territory)
        bounds = found.bounds or everything_bounds(workspace)
        text = territory_text(found, words.title, words.small, right)
        return PageJob(shown, bounds, text, choice, found)
    text = PageText(words.title, words.subtitle, words.small, right)
    return PageJob(shown, _bounds(workspace, view, choice), text, choice)


def book_job(workspace: Workspace, shown: ShownMap, choice: ExportChoice) -> BookJob:
    """What is needed for a map book: all territories that are compared, in their order."""
    territories = tuple(book_territory(workspace, each) for each in workspace.leaf_territories)
    return BookJob(shown, overview_bounds(workspace), _words(workspace), territories, choice)


def book_territory(workspace: Workspace, territory: Territory) -> BookTerritory:
    """A territory as a page shows it."""
    rep = workspace.rep_of(territory.id)
    rows = workspace.holdings.accounts_of_territory(territory.id)
    accounts = workspace.accounts
    dots = PrintDots(
        mercator(accounts.lon[rows], accounts.lat[rows]),
        np.tile(_DOT, (len(rows), 1)),
        np.full(len(rows), _DOT_RADIUS, np.float32),
    )
    return BookTerritory(
        [t.id for t in workspace.territories].index(territory.id),
        territory.name,
        rep.name if rep is not None else "Vacant",
        territory_facts(workspace, territory.id),
        territory_bounds(workspace, territory.id),
        dots,
        _home(rep, territory),
    )


def _home(rep: Rep | None, territory: Territory) -> tuple[PrintHome, ...]:
    if rep is None or rep.lon is None or rep.lat is None:
        return ()
    fill = territory_fill(territory.color_index, dark=False)
    return (PrintHome(rep.lon, rep.lat, over_land(fill, dark=False)),)


def territory_facts(workspace: Workspace, territory: TerritoryId) -> tuple[tuple[str, str], ...]:
    """Rep, accounts, areas and the totals of the measures, as words and values."""
    rep = workspace.rep_of(territory)
    areas = len(workspace.holdings.geounits_of_territory(territory))
    facts = [
        ("Rep", rep.name if rep is not None else "Vacant"),
        ("Accounts", count(len(workspace.holdings.accounts_of_territory(territory)))),
        ("Areas", count(areas)),
    ]
    listed = [m for m in workspace.measures if m.id != ACCOUNT_COUNT][:_MOST_MEASURES]
    for measure in listed:
        report = workspace.balance(measure.id)
        row = next((each for each in report.rows if each.territory_id == territory), None)
        if row is None:
            continue
        facts.append((measure.name, measure_value(row.total, measure.kind)))
        if measure.id == workspace.main_measure.id:
            facts.append(("Deviation from ideal", signed_percent(row.deviation_fraction)))
    return tuple(facts)


def _words(workspace: Workspace) -> PageText:
    """Title, small print and date of a plan."""
    today = day(datetime.now().astimezone().date())
    title = workspace.info.name
    small = (_sources(workspace), _data_state(workspace))
    return PageText(title, plan_subtitle(workspace), small, today)


def _bounds(workspace: Workspace, view: Bounds | None, choice: ExportChoice) -> Bounds:
    if choice.extent == "view" and view is not None:
        return view
    if choice.extent == "all" and choice.kind not in {"html", "book"}:
        return everything_bounds(workspace)
    return overview_bounds(workspace)


def _sources(workspace: Workspace) -> str:
    """Who made the areas, each once."""
    listed = (workspace.geography.layer(level).attribution for level in GeoLevel)
    parts = [part.strip() for each in listed for part in each.split(";")]
    return " · ".join(dict.fromkeys(part[:1].upper() + part[1:] for part in parts if part))


def _data_state(workspace: Workspace) -> str:
    """Which state of the plan it is: its last edit, and when it was."""
    done = [step for step in workspace.history_steps() if not step.is_undone]
    name = f"Plan “{workspace.info.name}”"
    if not done:
        return f"{name}, without edits since it was made ({moment(workspace.info.created_at_utc)})"
    last = done[-1]
    edits = plural(len(done), "edit", "edits")
    return f"{name}, {edits}, the last one {moment(last.at_utc)}: {last.label}"
