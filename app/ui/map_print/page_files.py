# SPDX-License-Identifier: MIT
"""Pages as bytes of a file: PNG, SVG and PDF."""

import base64
from collections.abc import Callable, Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from app.models.errors import ExportProblem
from app.services.map_print.drawing import Page, printable
from app.services.map_print.paper import pixel_size
from app.ui.map_print.page_painter import PagePainter
from app.ui.resources import FONTS

_METRES_PER_INCH = 0.0254
_PDF_DPI = 720
_SVG_UNITS = 10
"""Units of a drawing per point."""

_FACES = ((400, "Inter_400Regular.ttf"), (600, "Inter_600SemiBold.ttf"))
"""Weight and file of the two faces that pages use."""

Progress = Callable[[float, str], None]


def page_image(page: Page, width: int, height: int, font: QFont) -> QImage:
    """The page as a picture of this many pixels.

    Raises:
        ExportProblem: There is not enough memory for it.
    """
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise ExportProblem(
            "There is not enough memory for a picture of this size.",
            meaning="Nothing was written.",
            remedy="Choose fewer dots per inch, or PDF or SVG.",
        )
    image.fill(0xFFFFFFFF)
    with QPainter(image) as painter:
        painter.scale(width / page.width, height / page.height)
        PagePainter(painter, font).paint(page)
    return image


def png_bytes(page: Page, points: tuple[float, float], dpi: int, font: QFont) -> bytes:
    """The page as PNG.

    Args:
        page: What is painted.
        points: Width and height as printed, in points.
        dpi: Pixels per inch.
        font: The type face.

    Raises:
        ExportProblem: It would be too large.
    """
    image = page_image(page, *pixel_size(points, dpi), font)
    per_metre = round(dpi / _METRES_PER_INCH)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # 80 of 100 is zlib's quick end: a third larger at most, in a fifth of the time.
    image.save(buffer, "PNG", 80)  # type: ignore[call-overload] -- the stub knows paths only
    buffer.close()
    return bytes(store.data())


def svg_bytes(page: Page, points: tuple[float, float], title: str, font: QFont) -> bytes:
    """The page as SVG; words stay words.

    Args:
        page: What is painted.
        points: Width and height as printed, in points.
        title: Of the drawing.
        font: The type face.
    """
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The older version knows no clipping.
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(72 * _SVG_UNITS)
    width, height = (side * _SVG_UNITS for side in points)
    generator.setSize(QSizeF(width, height).toSize())
    generator.setViewBox(QRectF(0, 0, width, height))
    generator.setTitle(printable(title))
    with QPainter(generator) as painter:
        painter.scale(width / page.width, height / page.height)
        PagePainter(painter, font).paint(page)
    buffer.close()
    return _with_fonts(bytes(store.data()))


def _with_fonts(drawing: bytes) -> bytes:
    """The drawing with its type faces inside, so that words are as wide elsewhere as here."""
    faces = [
        f"@font-face{{font-family:Inter;font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{base64.b64encode(path.read_bytes()).decode()})}}"
        for weight, name in _FACES
        if (path := FONTS / name).is_file()
    ]
    head, mark, rest = drawing.partition(b"<defs>")
    style = f"<style>{''.join(faces)}</style>\n".encode() if faces and mark else b""
    return head + style + mark + rest


def pdf_bytes(
    pages: Iterable[Page],
    count: int,
    points: tuple[float, float],
    title: str,
    font: QFont,
    progress: Progress | None = None,
) -> bytes:
    """Pages of one size as PDF; words can be selected.

    Args:
        pages: Made one after the other while they are painted.
        count: How many they are.
        points: Width and height as printed, in points.
        title: Of the document.
        font: The type face.
        progress: Receives the fraction done and what is being done; may raise to stop.
    """
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DPI)
    writer.setTitle(printable(title))
    writer.setCreator("Evenfield")
    size = QPageSize(
        QSizeF(*points), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    no_margins = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, no_margins))
    painter = QPainter(writer)
    try:
        for number, page in enumerate(pages):
            if progress is not None:
                progress(number / count, f"Page {number + 1} of {count}")
            if number:
                writer.newPage()
            painter.resetTransform()
            scale = _PDF_DPI / 72
            painter.scale(points[0] / page.width * scale, points[1] / page.height * scale)
            PagePainter(painter, font).paint(page)
    finally:
        painter.end()
        buffer.close()
    return bytes(store.data())
