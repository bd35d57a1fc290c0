# SPDX-License-Identifier: MIT
"""A page holds what it should, inside its margins, and nothing on top of anything else."""

from dataclasses import replace

import numpy as np
import pytest

from app.models.errors import ExportProblem
from app.services.map_layers import LegendLine
from app.services.map_print.content import MapContent, PrintDots, PrintLabel, PrintLegend
from app.services.map_print.drawing import (
    Box,
    Dots,
    Fill,
    Frame,
    HomeSign,
    Item,
    Page,
    Stroke,
    Words,
    printable,
)
from app.services.map_print.frame import MapFrame
from app.services.map_print.label_placing import LabelPlacer, fitting
from app.services.map_print.map_book import (
    BookTerritory,
    MapBook,
    book_pages,
    territory_content,
)
from app.services.map_print.page import PageForm, PageText, map_page
from app.services.map_print.panel import PanelRow, panel_items
from app.services.map_print.paper import MOST_PIXELS, paper, pixel_size
from tests.helpers.print_content import BOUNDS, grid_content, stub_measure

A4 = paper("a4").size(landscape=True)
TEXT = PageText(
    "My plan", "2 territories", ("Areas: made up", "Plan, 3 edits"), "1 May · Page 1 of 1"
)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> MapContent:
    """The made-up map."""
    return grid_content(tmp_path_factory.mktemp("print"))


def words(page: Page) -> list[str]:
    """All texts of a page in drawing order."""
    return [item.text for item in page.items if isinstance(item, Words)]


def box_of(item: Words) -> Box:
    """The room that a text takes."""
    wide = stub_measure(item.text, item.size)
    left = item.x - wide * (0.0, 0.5, 1.0)[item.align + 1]
    return Box(left, item.y - item.size * 0.8, wide, item.size)


@pytest.mark.parametrize("landscape", [True, False])
@pytest.mark.parametrize("key", ["a4", "letter", "a3", "slide"])
def test_everything_lies_inside_the_page(content: MapContent, key: str, landscape: bool) -> None:
    page = map_page(
        content, BOUNDS, TEXT, PageForm(*paper(key).size(landscape=landscape)), stub_measure
    )
    whole = Box(0, 0, page.width, page.height).inside(20)
    for item in page.items:
        if isinstance(item, Words):
            box = box_of(item)
            assert box.left >= whole.left
            assert box.right <= whole.right
            assert box.bottom <= whole.bottom


def test_a_page_says_what_it_is_and_of_when(content: MapContent) -> None:
    shown = words(map_page(content, BOUNDS, TEXT, PageForm(*A4), stub_measure))
    for expected in ("My plan", "2 territories", "Areas: made up", "Plan, 3 edits", "N", "0"):
        assert expected in shown
    assert TEXT.right in shown
    assert any(text.startswith("1 : ") for text in shown)
    assert any(text.endswith(" mi") for text in shown)


def test_a_picture_states_no_scale_in_numbers(content: MapContent) -> None:
    form = PageForm(*A4, has_scale=False)
    shown = words(map_page(content, BOUNDS, TEXT, form, stub_measure))
    assert not any(text.startswith("1 : ") for text in shown)


def test_what_is_left_out_is_not_there(content: MapContent) -> None:
    bare = PageForm(*A4, has_legend=False, has_labels=False, has_dots=False)
    page = map_page(content, BOUNDS, TEXT, bare, stub_measure)
    assert not {"North", "South", "Territories", "In dispute"} & set(words(page))
    full = map_page(content, BOUNDS, TEXT, PageForm(*A4), stub_measure)
    assert words(full).count("North") == 2
    assert {"Territories", "In dispute", "Unassigned", "Jane Doe"} <= set(words(full))

    def dots(items: tuple[Item, ...]) -> int:
        return sum(len(item.xy) for item in items if isinstance(item, Dots))

    assert (dots(page.items), dots(full.items)) == (0, 1)


def test_the_map_grows_where_there_is_no_legend(content: MapContent) -> None:
    def map_width(form: PageForm) -> float:
        page = map_page(content, BOUNDS, TEXT, form, stub_measure)
        return max(i.box.width for i in page.items[1:] if isinstance(i, Frame))

    assert map_width(PageForm(*A4, has_legend=False)) > map_width(PageForm(*A4)) + 100


def test_colours_are_opaque_and_disputes_are_hatched(content: MapContent) -> None:
    page = map_page(content, BOUNDS, TEXT, PageForm(*A4), stub_measure)
    assert all(item.rgba[3] == 255 for item in page.items if isinstance(item, Fill))
    striped = [i for i in page.items if isinstance(i, Stroke) and i.rgba == (86, 84, 80, 255)]
    assert len(striped) == 2
    assert sum(isinstance(item, HomeSign) for item in page.items) == 1


def test_names_do_not_touch_each_other_or_the_scale_bar() -> None:
    frame = MapFrame(Box(0, 0, 400, 300), 0.2, 0.3, 4000.0)
    bar = Box(0, 270, 120, 30)
    placer = LabelPlacer(frame, stub_measure, [], [bar])
    chance = np.random.default_rng(1)
    at = chance.uniform((-108, 40), (-72, 60), (60, 2))
    placer.place_all([PrintLabel(x, y, f"Name {i}", sub="A rep") for i, (x, y) in enumerate(at)])
    boxes = [box_of(item) for item in placer.items if isinstance(item, Words)]
    assert len(boxes) > 20
    assert placer.left_out
    for number, box in enumerate(boxes):
        assert not box.meets(bar)
        assert not any(box.meets(other) for other in boxes[number + 1 :])


def test_the_more_important_name_wins() -> None:
    frame = MapFrame(Box(0, 0, 60, 40), 0.2, 0.3, 400.0)
    placer = LabelPlacer(frame, stub_measure, [], [])
    low = PrintLabel(-81, 50, "Second", rank=2)
    placer.place_all([low, replace(low, text="First", rank=1)])
    assert next(item.text for item in placer.items if isinstance(item, Words)) == "First"


def test_a_name_gives_up_its_figures_and_then_its_rep() -> None:
    for height, expected in ((34, ["North", "Rep", "12"]), (23, ["North", "Rep"]), (15, ["North"])):
        frame = MapFrame(Box(0, 0, 60, height), 0.3, 0.3, 100.0)
        middle = (0.3 + 0.3) * 360 - 180
        lat = float(np.degrees(np.arctan(np.sinh((0.5 - 0.3 - height / 200) * 2 * np.pi))))
        placer = LabelPlacer(frame, stub_measure, [], [])
        placer.place_all([PrintLabel(middle, lat, "North", sub="Rep\n12", min_zoom=-9)])
        assert [item.text for item in placer.items if isinstance(item, Words)] == expected


def test_a_long_legend_says_how_many_lines_it_lacks() -> None:
    rows = [PanelRow("entry", f"Territory {i}", rgba=(1, 2, 3, 255)) for i in range(100)]
    items = panel_items(rows, Box(0, 0, 140, 120), stub_measure)
    shown = [item.text for item in items if isinstance(item, Words)]
    assert len(shown) == 10
    assert shown[-1] == "and 91 more"


def test_columns_share_the_rows() -> None:
    rows = [PanelRow("entry", str(i)) for i in range(9)]
    items = panel_items(rows, Box(0, 0, 460, 120), stub_measure)
    assert len({item.x for item in items if isinstance(item, Words)}) == 3


def test_a_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    assert fitting("abcdefgh", 100, 10, stub_measure) == "abcdefgh"
    assert fitting("abcdefgh", 25, 10, stub_measure) == "abcd…"
    assert printable("a\nb\x00\u202ec") == "a bc"


def test_dots_on_one_place_are_drawn_once(content: MapContent) -> None:
    many = PrintDots(
        np.repeat(content.dots.xy[:1], 5000, axis=0),
        np.repeat(content.dots.rgba[:1], 5000, axis=0),
        np.full(5000, 3.0, np.float32),
    )
    page = map_page(replace(content, dots=many), BOUNDS, TEXT, PageForm(*A4), stub_measure)
    assert sum(len(item.xy) for item in page.items if isinstance(item, Dots)) == 1


def test_pictures_end_at_ten_thousand_pixels() -> None:
    assert pixel_size(paper("a4").size(landscape=False), 300) == (2480, 3508)
    assert pixel_size(paper("letter").size(landscape=True), 300) == (3300, 2550)
    assert max(pixel_size(paper("a3").size(landscape=True), 600)) <= MOST_PIXELS
    with pytest.raises(ExportProblem, match="10,200 pixels"):
        pixel_size(paper("tabloid").size(landscape=True), 600)


def test_a_book_has_an_overview_and_a_page_per_territory_with_its_figures(
    content: MapContent,
) -> None:
    def territory(position: int, name: str, bounds: tuple | None) -> BookTerritory:
        facts = (("Accounts", "12"), ("Sales", f"{position + 1},000"))
        return BookTerritory(position, name, "Jane Doe", facts, bounds, PrintDots())

    box = (-120.0, 35.0, -96.0, 45.0)
    known = (territory(0, "North", box), territory(1, "South", box), territory(2, "Empty", None))
    book = MapBook(content, BOUNDS, "Plan", "sub", ("made up",), "1 May", known)
    pages = list(book_pages(book, PageForm(*A4), stub_measure))
    assert book.page_count == len(pages) == 3
    overview = words(pages[0])
    assert {"p. 2", "p. 3", "1 May · Page 1 of 3"} <= set(overview)
    south = words(pages[2])
    assert south[0] == "South"
    assert {"Sales", "2,000", "Accounts", "12", "1 May · Page 3 of 3"} <= set(south)
    assert "Territories" not in south


def test_a_territory_page_pales_what_belongs_to_others(content: MapContent) -> None:
    own = BookTerritory(0, "North", "", (), BOUNDS, PrintDots())
    counted = PrintLegend("Segment", (LegendLine("Retail", (1, 2, 3, 255)),), ends=("726",))
    paled = territory_content(replace(content, sections=(counted,)), own)
    # The count is that of the whole plan.
    assert [(section.title, section.ends) for section in paled.sections] == [("Segment", ())]
    assert (paled.rgba[content.groups == 0] == content.rgba[content.groups == 0]).all()
    other = paled.rgba[content.groups == 1][0].astype(int)
    assert other[:3].min() > content.rgba[content.groups == 1][0][:3].astype(int).min()
    assert (paled.rgba[content.groups == -1] == content.rgba[content.groups == -1]).all()


def test_equal_names_have_their_own_pages_in_the_overview(content: MapContent) -> None:
    lines = tuple(LegendLine("Same", (1, 2, 3, 255)) for _ in range(2))
    twins = replace(content, legend=PrintLegend("Territories", lines))
    known = tuple(BookTerritory(i, "Same", "", (), BOUNDS, PrintDots()) for i in range(2))
    book = MapBook(twins, BOUNDS, "Plan", "", (), "", known)
    first = words(next(book_pages(book, PageForm(*A4), stub_measure)))
    assert first.count("p. 2") == first.count("p. 3") == 1
