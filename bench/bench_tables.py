# SPDX-License-Identifier: MIT
"""Tables: time per filter, sort and group of a million accounts, and the longest pause meanwhile.

The account list is the real pane in a window on the screen that there is. A pause is the time in
which the event loop did nothing; a timer without a delay measures it from the first click to the
rows that are shown. Pages are opened as the drawer opens them: made, and shown for the first time.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from common import ROOT, Bench, rss_mb

from app.models.geounit import GeoLevel
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.plans import Place, make_large_plan

MANY, USUAL = 1_000_000, 100_000
LONGEST_WAIT_S = 120.0
SCREENS = 60
_LOOK_MS = 2


def main() -> None:
    """Measure and report."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 after the argument parsing of Qt

    app = QApplication(["bench"])
    geography = Geography.load(ROOT / "resources" / "geo")
    places = _places(geography)
    bench = Bench("tables")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        many = _plan(folder / "many", MANY, places, geography)
        _million(bench, app, many)
        many.close()
        usual = _plan(folder / "usual", USUAL, places, geography)
        _pages(bench, app, usual)
        usual.close()
    bench.finish()


class Pauses:
    """The longest time in which the event loop did nothing.

    Args:
        app: Whose events are processed.
    """

    def __init__(self, app: object) -> None:
        from PySide6.QtCore import QTimer  # noqa: PLC0415 likewise

        self._app = app
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._tick)

    def until(self, condition: Callable[[], bool]) -> float:
        """Let the window run until something is true; seconds from the last call of `begin`."""
        end = time.monotonic() + LONGEST_WAIT_S
        while not condition():
            if time.monotonic() > end:
                message = "the table did not get there"
                raise TimeoutError(message)
            self._app.processEvents()  # type: ignore[attr-defined]
            # A loop without a pause would take the interpreter that the worker needs.
            time.sleep(0.001)
        self._tick()
        self._timer.stop()
        return time.perf_counter() - self._begun

    def begin(self) -> None:
        """Measure from now on."""
        self._begun = self._last = time.perf_counter()
        self.longest_ms = 0.0
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now


def _million(bench: Bench, app: object, workspace: Workspace) -> None:
    from app.services.tables.arranging import SortKey, Wanted  # noqa: PLC0415 with the window
    from app.services.tables.filters import Between, Contains, OneOf  # noqa: PLC0415 likewise
    from app.ui.panes.account_pane import AccountPane  # noqa: PLC0415 likewise
    from app.ui.session import EditSession  # noqa: PLC0415 likewise

    pauses = Pauses(app)
    _served = workspace.served  # the map has asked for it long before
    before_mb = rss_mb()
    pauses.begin()
    pane = AccountPane(EditSession(workspace))
    pane.resize(1000, 500)
    pane.show()
    bench.record("open_1m_ms", pauses.until(lambda: True) * 1000, limit=300)
    model, table = pane.table.array_model, pane.table
    longest: list[float] = []

    def arranged(work: Callable[[], None]) -> float:
        done: list[int] = []
        model.arranged.connect(lambda: done.append(1))
        pauses.begin()
        work()
        seconds = pauses.until(lambda: bool(done) and not model.arranger.is_busy)
        longest.append(pauses.longest_ms)
        return seconds

    measure = next(c.key for c in model.columns() if c.key.startswith("measure "))
    for name, wanted in (
        ("sort_number", Wanted(sort=(SortKey(measure),))),
        ("sort_text", Wanted(sort=(SortKey("name"),))),
        ("sort_two_keys", Wanted(sort=(SortKey("region"), SortKey(measure, is_descending=True)))),
        ("filter_text", Wanted(filters=(("name", Contains("77")),))),
        ("filter_values", Wanted(filters=(("segment", OneOf(frozenset(("A",)))),))),
        ("filter_range", Wanted(filters=((measure, Between(1000.0, 2000.0)),))),
        ("group", Wanted(group_by="region")),
    ):
        first = arranged(lambda wanted=wanted: model.want(wanted))
        arranged(lambda: model.want(Wanted()))
        again = arranged(lambda wanted=wanted: model.want(wanted))
        arranged(lambda: model.want(Wanted()))
        bench.record(f"{name}_pause_1m_ms", max(longest), limit=100)
        longest.clear()
        bench.record(f"{name}_first_1m_s", first, note="the column is read from the plan first")
        bench.record(f"{name}_1m_s", again, limit=1.0)
    first = arranged(lambda: model.set_filter("company 12"))
    arranged(lambda: model.set_filter(""))
    bench.record("search_first_1m_s", first, note="the text columns that are shown are read first")
    bench.record("search_1m_s", arranged(lambda: model.set_filter("company 13")), limit=1.0)
    arranged(lambda: model.set_filter(""))
    bench.record("search_pause_1m_ms", max(longest), limit=100)
    _scroll(bench, app, table)
    pauses.begin()
    table.selectAll()
    pauses.until(lambda: True)
    bench.record("select_all_1m_ms", pauses.longest_ms, limit=300)
    bench.record("memory_1m_mb", rss_mb() - before_mb, note="with every text column read")
    pane.stop()
    pane.close()


def _scroll(bench: Bench, app: object, table: object) -> None:
    """From top to bottom, one screen after another drawn in full."""
    bar = table.verticalScrollBar()  # type: ignore[attr-defined]
    samples: list[float] = []
    for step in range(SCREENS):
        begun = time.perf_counter()
        bar.setValue(bar.maximum() * step // SCREENS)
        table.viewport().repaint()  # type: ignore[attr-defined]
        samples.append((time.perf_counter() - begun) * 1000)
        app.processEvents()  # type: ignore[attr-defined]
    bench.record("scroll_screen_1m_p95_ms", samples, percentile=95, limit=33)


def _pages(bench: Bench, app: object, workspace: Workspace) -> None:
    from app.ui.panes.account_pane import AccountPane  # noqa: PLC0415 likewise
    from app.ui.panes.area_pane import AreaPane  # noqa: PLC0415 likewise
    from app.ui.panes.exceptions.exceptions_pane import ExceptionsPane  # noqa: PLC0415 likewise
    from app.ui.panes.rep_pane import RepPane  # noqa: PLC0415 likewise
    from app.ui.panes.territory_table_pane import TerritoryTablePane  # noqa: PLC0415 likewise
    from app.ui.session import EditSession  # noqa: PLC0415 likewise

    session = EditSession(workspace)
    _served = workspace.served  # likewise
    for name, kind in (
        ("accounts", AccountPane),
        ("areas", AreaPane),
        ("territories", TerritoryTablePane),
        ("reps", RepPane),
        ("exceptions", ExceptionsPane),
    ):
        begun = time.perf_counter()
        pane = kind(session)
        pane.resize(1000, 400)
        pane.show()
        app.processEvents()  # type: ignore[attr-defined]
        bench.record(f"open_{name}_100k_ms", (time.perf_counter() - begun) * 1000, limit=300)
        if hasattr(pane, "stop"):
            pane.stop()  # type: ignore[attr-defined]
        pane.close()


def _places(geography: Geography) -> list[Place]:
    layer, counties = geography.layer(GeoLevel.ZIP), geography.layer(GeoLevel.COUNTY)
    places: list[Place] = []
    for i, code in enumerate(layer.codes.tolist()):
        county = str(counties.codes[layer.parent[i]])
        places.append((float(layer.lon[i]), float(layer.lat[i]), county[:2], county, code))
    return places


def _plan(folder: Path, count: int, places: list[Place], geography: Geography) -> Workspace:
    """A plan with accounts at the shipped ZIP areas."""
    folder.mkdir()
    folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
    path = folder / "large.evenfield"
    make_large_plan(path, count, folders=folders, places=places)
    return Workspace.open(path, folders, geography)


if __name__ == "__main__":
    sys.exit(main())
