# SPDX-License-Identifier: MIT
"""What every bench script uses: timing, the machine's description, one JSON file per script.

    from common import Bench

    bench = Bench("import")
    bench.measure("csv_100k_s", lambda: import_it(path), repeat=5, limit=5.0)
    bench.record("rss_mb", rss_mb(), limit=700)
    bench.finish()

`limit` is what the project promises; `finish` prints each figure beside its limit and ends with
exit code 1 where one is not met, unless the machine is said to be busy (EVENFIELD_BENCH_LENIENT).
"""

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
SHARED = Path(os.environ.get("EVENFIELD_SHARED", ROOT.parent / "shared"))

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        name: With its unit at the end: ``_s``, ``_ms``, ``_mb``.
        value: The median of the samples, or the percentile that the name says.
        limit: What is promised; smaller is better. None where nothing is.
        samples: All measurements, in order.
        note: What limits it, or how it was taken.
    """

    name: str
    value: float
    limit: float | None
    samples: tuple[float, ...]
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the promise holds."""
        return self.limit is None or self.value <= self.limit


class Bench:
    """The figures of one script."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._figures: list[Figure] = []

    def measure(
        self,
        name: str,
        work: Callable[[], object],
        *,
        repeat: int = 5,
        limit: float | None = None,
        note: str = "",
    ) -> float:
        """Times a piece of work and records the median.

        Args:
            name: Ends in ``_s`` or ``_ms``, which also sets the unit.
            work: What is timed.
            repeat: How often; the first call counts too, so warm up before where that matters.
            limit: What is promised, in the same unit.
            note: See `Figure`.
        """
        factor = 1000.0 if name.endswith("_ms") else 1.0
        samples: list[float] = []
        for _ in range(repeat):
            start = time.perf_counter()
            work()
            samples.append((time.perf_counter() - start) * factor)
        return self.record(name, samples, limit=limit, note=note)

    def record(
        self,
        name: str,
        samples: float | Sequence[float],
        *,
        limit: float | None = None,
        percentile: int = 50,
        note: str = "",
    ) -> float:
        """Records measurements that were taken elsewhere, and returns the figure.

        Args:
            name: With its unit.
            samples: One number or several.
            limit: What is promised, in the same unit.
            percentile: 50 for the median, 95 for the slow end.
            note: See `Figure`.
        """
        kept = (samples,) if isinstance(samples, int | float) else tuple(samples)
        value = round(_percentile(kept, percentile), 3)
        figure = Figure(name, value, limit, tuple(round(x, 3) for x in kept), note)
        self._figures.append(figure)
        say(_line(self._name, figure))
        return figure.value

    def finish(self) -> None:
        """Writes ``bench/results/<name>.json`` and ends the script."""
        RESULTS.mkdir(parents=True, exist_ok=True)
        report = {
            "bench": self._name,
            "at_utc": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine(),
            "figures": [asdict(figure) | {"is_met": figure.is_met} for figure in self._figures],
        }
        path = RESULTS / f"{self._name}.json"
        path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        missed = [figure.name for figure in self._figures if not figure.is_met]
        sys.exit(1 if missed and not os.environ.get("EVENFIELD_BENCH_LENIENT") else 0)


def machine() -> dict[str, str | int]:
    """What the figures depend on."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 0,
        "python": platform.python_version(),
        "load_1min": f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "",
    }


def rss_mb(process: int | None = None) -> float:
    """Resident memory of a process and all its children in MB; Linux only.

    Args:
        process: Its id, or None for this one. Shared pages count once for each process, so the
            sum is on the high side.
    """
    wanted = {process or os.getpid()}
    total = 0.0
    for pid, parent, resident in sorted(_processes()):
        if pid in wanted or parent in wanted:
            wanted.add(pid)
            total += resident
    return total


def pss_mb(process: int | None = None) -> float:
    """Memory of a process and all its children in MB, each shared page counted once; Linux only.

    Source: "Pss" of /proc/PID/smaps_rollup, which divides a page by the processes that map it.

    Args:
        process: Its id, or None for this one.
    """
    wanted = {process or os.getpid()}
    total = 0.0
    for pid, parent, _resident in sorted(_processes()):
        if pid in wanted or parent in wanted:
            wanted.add(pid)
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
            line = next(line for line in text.splitlines() if line.startswith("Pss:"))
            total += float(line.split()[1]) / 1024
    return total


def say(text: str) -> None:
    """Tells the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _processes() -> list[tuple[int, int, float]]:
    """Process id, parent's id and resident MB of all processes."""
    found: list[tuple[int, int, float]] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "status").read_text(encoding="utf-8")
        except OSError:
            continue
        fields = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
        resident = float(fields.get("VmRSS", "0 kB").split()[0]) / 1024
        found.append((int(folder.name), int(fields["PPid"]), resident))
    return found


def _percentile(samples: Sequence[float], percentile: int) -> float:
    if percentile == 50 or len(samples) == 1:
        return statistics.median(samples)
    return statistics.quantiles(samples, n=100, method="inclusive")[percentile - 1]


def _line(bench: str, figure: Figure) -> str:
    verdict = "" if figure.limit is None else ("ok" if figure.is_met else "MISSED")
    limit = "" if figure.limit is None else f"limit {figure.limit:g}"
    return f"{bench:<12} {figure.name:<34} {figure.value:>10.3f}  {limit:<12} {verdict}".rstrip()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()
