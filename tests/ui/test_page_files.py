# SPDX-License-Identifier: MIT
"""Pictures have their colours where they should be; documents hold their words as text."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from app.models.errors import ExportProblem, TaskCancelled
from app.services.map_layers import mercator, over_land
from app.services.map_print.content import MapContent, PrintDots
from app.services.map_print.drawing import Box, Clip, Page, printable
from app.services.map_print.frame import MapFrame
from app.services.map_print.map_book import BookTerritory, MapBook, book_pages
from app.services.map_print.map_figure import LAND, WATER
from app.services.map_print.page import PageForm, PageText, map_page
from app.services.map_print.paper import paper
from app.ui.map_print.page_files import page_image, pdf_bytes, png_bytes, svg_bytes
from app.ui.map_print.page_painter import FontMeasure
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.print_content import BOUNDS, center, grid_content

A4 = paper("a4").size(landscape=True)
SMALL = ("Areas: made up", "Plan, 3 edits")
TEXT = PageText("My plan", "2 territories", SMALL, "1 May · Page 1 of 1")
_TOLERANCE = 3


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> MapContent:
    """The made-up map."""
    return grid_content(tmp_path_factory.mktemp("print"))


@pytest.fixture
def measure(app: QApplication) -> FontMeasure:
    """The type of the window."""
    return FontMeasure(app.font())


def page_of(content: MapContent, measure: FontMeasure, text: PageText = TEXT) -> Page:
    """The whole map on A4."""
    return map_page(content, BOUNDS, text, PageForm(*A4), measure)


def pixel(image: QImage, page: Page, place: tuple[float, float]) -> tuple[int, int, int]:
    """The colour of a picture at a longitude and latitude."""
    box = next(item.box for item in page.items if isinstance(item, Clip) and item.box)
    frame = MapFrame.fitted(BOUNDS, Box(box.left, box.top, box.width, box.height), 10.0)
    x, y = frame.place(mercator(np.array([place[0]]), np.array([place[1]])))[0]
    scale = image.width() / page.width
    color = QColor(image.pixel(round(x * scale), round(y * scale)))
    return color.red(), color.green(), color.blue()


def is_like(found: tuple[int, int, int], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= _TOLERANCE for a, b in zip(found, wanted[:3], strict=True))


def shown_color(content: MapContent, feature: int) -> tuple[int, ...]:
    """The colour of a feature on paper."""
    red, green, blue, alpha = (int(part) for part in content.rgba[feature])
    return over_land((red, green, blue, alpha), dark=False)


def off_label(feature: int) -> tuple[float, float]:
    """A place in a feature that its label leaves free."""
    lon, lat = center(feature)
    return lon + 1.6, lat - 1.6


def test_a_picture_has_the_colours_where_the_areas_are(
    content: MapContent, measure: FontMeasure, app: QApplication
) -> None:
    page = page_of(content, measure)
    image = QImage.fromData(png_bytes(page, A4, 150, app.font()))
    assert (image.width(), image.height()) == (1754, 1240)
    assert image.dotsPerMeterX() == round(150 / 0.0254)
    first = shown_color(content, 9)
    second = shown_color(content, 17)
    assert is_like(pixel(image, page, off_label(9)), first)
    assert is_like(pixel(image, page, off_label(17)), second)
    assert is_like(pixel(image, page, off_label(33)), LAND)
    assert is_like(pixel(image, page, (-96, 51)), WATER)
    # The border between the territories is dark, that between two areas of one is not.
    west, _ = center(9)
    assert sum(pixel(image, page, (west + 1.5, 40.0))) < 3 * 90
    assert sum(pixel(image, page, (west + 3.0, 41.0))) > 3 * 90


def test_an_area_in_dispute_is_striped(
    content: MapContent, measure: FontMeasure, app: QApplication
) -> None:
    page = page_of(content, measure)
    image = page_image(page, 3508, 2480, app.font())
    lon, lat = center(4)
    seen = {pixel(image, page, (lon + 1.2 + step / 40, lat + 1.2)) for step in range(20)}
    assert any(is_like(each, (86, 84, 80)) for each in seen)
    assert any(each[0] > 230 for each in seen)


def test_a_drawing_holds_its_names_as_text(
    content: MapContent, measure: FontMeasure, app: QApplication
) -> None:
    root = ET.fromstring(svg_bytes(page_of(content, measure), A4, "My plan", app.font()))  # noqa: S314 our own
    texts = {"".join(each.itertext()).strip() for each in root.iter() if each.tag.endswith("}text")}
    assert {"My plan", "North", "South", "Jane Doe", "Territories", "In dispute"} <= texts
    width, height = (float(side) for side in root.attrib["viewBox"].split()[2:])
    assert width / height == pytest.approx(A4[0] / A4[1], rel=1e-3)
    # What leaves the map is cut off: everything on it stands in a clipped group.
    assert any("clip-path" in each.attrib for each in root.iter())


@pytest.mark.parametrize("name", [*HOSTILE_TEXTS[:44], "a\x00b\x0bc", "\ufffe ]]> &amp; 'x' \"y\""])
def test_hostile_names_stay_text_in_a_drawing(
    content: MapContent, measure: FontMeasure, app: QApplication, name: str
) -> None:
    text = replace(TEXT, title=name)
    root = ET.fromstring(svg_bytes(page_of(content, measure, text), A4, name, app.font()))  # noqa: S314 likewise
    known = {"svg", "title", "desc", "defs", "g", "path", "rect", "circle", "ellipse", "text"}
    known |= {"style", "polyline", "polygon", "clipPath", "line", "use"}
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= known
    keys = {key for each in root.iter() for key in each.attrib}
    assert not any(key.startswith("on") or "href" in key for key in keys)
    texts = ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("}text")]
    assert any(printable(name)[:40].split("…")[0][:12] in each for each in texts)


@pytest.fixture
def reader(app: QApplication) -> Iterator[QPdfDocument]:
    """Reads documents."""
    document = QPdfDocument(app)
    yield document
    document.close()
    document.deleteLater()


def load(reader: QPdfDocument, content: bytes) -> QBuffer:
    """Opens a document; the buffer must live as long as it is read."""
    buffer = QBuffer(reader)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader.load(buffer)
    assert reader.status() is QPdfDocument.Status.Ready
    return buffer


def test_a_document_page_has_its_size_its_words_and_its_colours(
    content: MapContent, measure: FontMeasure, app: QApplication, reader: QPdfDocument
) -> None:
    page = page_of(content, measure)
    load(reader, pdf_bytes([page], 1, A4, "My plan", app.font()))
    assert reader.pageCount() == 1
    size = reader.pagePointSize(0)
    assert (size.width(), size.height()) == pytest.approx(A4, abs=0.6)
    text = reader.getAllText(0).text()
    for expected in ("My plan", "North", "Jane Doe", "In dispute", "Plan, 3 edits", "Page 1 of 1"):
        assert expected in text
    assert reader.metaData(QPdfDocument.MetaDataField.Title) == "My plan"
    image = reader.render(0, QSize(1684, 1190))
    first = shown_color(content, 9)
    assert is_like(pixel(image, page, off_label(9)), first)


def test_names_beyond_latin_can_be_selected(
    content: MapContent, measure: FontMeasure, app: QApplication, reader: QPdfDocument
) -> None:
    text = replace(TEXT, title="Łódź Öst – Søndre & Çeşme", subtitle="Ελλάδα, Україна")
    load(reader, pdf_bytes([page_of(content, measure, text)], 1, A4, "x", app.font()))
    found = reader.getAllText(0).text()
    assert "Łódź Öst – Søndre & Çeşme" in found
    assert "Ελλάδα, Україна" in found


def test_a_book_is_one_document_with_a_page_for_each(
    content: MapContent, measure: FontMeasure, app: QApplication, reader: QPdfDocument
) -> None:
    known = tuple(
        BookTerritory(i, name, "Jane Doe", (("Accounts", "12"),), BOUNDS, PrintDots())
        for i, name in enumerate(("North", "South"))
    )
    book = MapBook(content, BOUNDS, "My plan", "", ("made up",), "1 May", known)
    told: list[float] = []
    pages = book_pages(book, PageForm(*A4), measure)
    load(
        reader,
        pdf_bytes(pages, 3, A4, "My plan", app.font(), lambda share, _words: told.append(share)),
    )
    assert reader.pageCount() == 3
    assert told == pytest.approx([0, 1 / 3, 2 / 3])
    assert "Page 3 of 3" in reader.getAllText(2).text()
    assert reader.getAllText(2).text().startswith("South")


def test_a_book_stops_when_it_is_told_to(
    content: MapContent, measure: FontMeasure, app: QApplication
) -> None:
    def stop(share: float, _words: str) -> None:
        if share > 0:
            raise TaskCancelled

    pages = [page_of(content, measure)] * 2
    with pytest.raises(TaskCancelled):
        pdf_bytes(pages, 2, A4, "My plan", app.font(), stop)


def test_a_picture_that_is_too_large_is_refused_in_words(
    content: MapContent, measure: FontMeasure, app: QApplication
) -> None:
    with pytest.raises(ExportProblem, match="pixels long"):
        png_bytes(page_of(content, measure), A4, 1200, app.font())
