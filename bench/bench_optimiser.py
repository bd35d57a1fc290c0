# SPDX-License-Identifier: MIT
"""How good and how fast the optimiser is, beside METIS and GerryChain in the same run.

The peers live in an environment of their own, `.setup/peers`, which is made at the first run; they
are no part of the program. Times are processor seconds, so that a busy machine does not count.
Ratios are below 1 where Evenfield is better.
"""

import csv
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from common import ROOT, SHARED, Bench, rss_mb, say

from app.services.optimiser.annealing import loads_of
from app.services.optimiser.answers import Answer, border_km_of, inertia_of
from app.services.optimiser.bounds import (
    bound_at_centers,
    bounds_over_all_centers,
    inertia_from_units,
)
from app.services.optimiser.building import build
from app.services.optimiser.exact import proved
from app.services.optimiser.graphs import graph_of, parts_of
from app.services.optimiser.listening import Progress, Silence
from app.services.optimiser.move_bounds import least_moved_to_neighbors
from app.services.optimiser.prepared import Prepared, prepare
from app.services.optimiser.problem import Aims, Kept, Problem, UnitGraph, Units, Wanted
from app.services.optimiser.rebalancing import local_repair, rebalance
from app.services.optimiser.staffing import cover
from app.services.optimiser.unit_centers import drawn_to_units

INSTANCES = SHARED / "instances"
PEERS = ROOT / ".setup" / "peers"
SEEDS = range(20)
TRACTS = ["AR", "CO", "ID", "IN", "KY", "ME", "MO", "NH", "NM", "OH", "OR", "UT", "WI"]
COUNTIES = ["AL", "AR", "IA", "ID", "KS", "LA", "ME", "MS", "NE", "NM", "OK", "WV"]


@dataclass(frozen=True, slots=True)
class Instance:
    """Units with their graph and the pairs it was made of."""

    units: Units
    graph: UnitGraph
    edges: Any
    km: Any


def _instance(name: str, *, by_root: bool = False) -> Instance:
    with np.load(INSTANCES / f"{name}.npz", allow_pickle=True) as found:
        people = found["pop_fixed" if "pop_fixed" in found else "pop"].astype(np.float64)
        edges = found["edges"]
        km = found["perim"] / 1000.0 if "perim" in found else np.ones(len(edges))
        x, y = found["x"] / 1000.0, found["y"] / 1000.0
    load = np.sqrt(people) if by_root else people
    units = Units(x, y, np.ascontiguousarray(load[:, None]))
    return Instance(units, graph_of(len(x), edges, km), edges, km)


def _peers(instance: Instance, territories: int, *, with_gerrychain: bool) -> dict[str, Any]:
    python = PEERS / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        say("Making an environment for the peers ...")
        venv.create(PEERS, with_pip=True)
        words = ["-m", "pip", "install", "--quiet", "pymetis==2025.2.2", "gerrychain==1.0.0"]
        subprocess.run([python, *words], check=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "instance.npz"
        units = instance.units
        weight = units.loads[:, 0]
        np.savez(
            path, edges=instance.edges, km=instance.km, weight=weight, x=units.x_km, y=units.y_km
        )
        words = [ROOT / "bench" / "optimiser_peers.py", path, str(territories), "0.05"]
        words += ["gerrychain"] if with_gerrychain else []
        done = subprocess.run(
            [python, "-W", "ignore", *words], check=True, capture_output=True, text=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def _is_sound(prepared: Prepared, answer: Answer) -> bool:
    """Within its tolerance and connected, checked without the kernel's own sums."""
    parts = parts_of(prepared.graph, answer.territory)
    return answer.is_within and int(parts.max()) + 1 == prepared.problem.wanted.count


def _beside_peers(
    bench: Bench, name: str, question: tuple[Instance, int], limits: Sequence[float], seeds: range
) -> None:
    """Figures 1 and 2: inertia and border beside the peers, all seeds within and connected."""
    instance, count = question
    peers = _peers(instance, count, with_gerrychain=limits[2] > 0.0)
    seconds, inertia, border, bad = [], [], [], 0
    for seed in seeds:
        problem = Problem(instance.units, instance.graph, Wanted(count, (0.05,)))
        problem = Problem(problem.units, problem.graph, problem.wanted, aims=Aims(seed=seed))
        start = time.process_time()
        answer = build(problem)
        seconds.append(time.process_time() - start)
        bad += not _is_sound(prepare(problem), answer)
        inertia.append(answer.inertia)
        border.append(answer.border_km)
    prepared = prepare(Problem(instance.units, instance.graph, Wanted(count, (0.05,))))
    plans = {peer: np.array(found["plan"], dtype=np.int32) for peer, found in peers.items()}
    bench.record(f"{name}_cpu_s", seconds, limit=limits[0])
    bench.record(f"{name}_unsound", float(bad), limit=0.0)
    metis = inertia_of(prepared, plans["metis"])
    bench.record(f"{name}_inertia_metis_ratio", [i / metis for i in inertia], limit=limits[1])
    if "gerrychain" in plans:
        other = inertia_of(prepared, plans["gerrychain"])
        bench.record(
            f"{name}_inertia_gerrychain_ratio", [i / other for i in inertia], limit=limits[2]
        )
    km = border_km_of(prepared, plans["metis_km"])
    bench.record(f"{name}_border_metis_ratio", [b / km for b in border], limit=limits[3])


def _tracts(bench: Bench) -> None:
    """Figure 3: census tracts, half a per cent, beside published plans."""
    ratios, seconds = [], []
    for state in TRACTS:
        count, published = _published("tracts", state)
        start = time.process_time()
        prepared, plan, _ = _unit_centered(f"hess_tract/tract_{state}", count, 12_000_000)
        seconds.append(time.process_time() - start)
        ratios.append(inertia_from_units(prepared, plan) / published)
    bench.record("tracts_cpu_s", seconds, limit=10.0)
    bench.record("tracts_ratio", ratios, limit=1.001)
    bench.record("tracts_ratio_p90", ratios, limit=1.005, percentile=90)
    bench.record("tracts_ratio_worst", max(ratios), limit=1.01)


def _published(kind: str, state: str) -> tuple[int, float]:
    """Territories and the least published inertia of a connected plan."""
    path = INSTANCES / "published" / f"districting_{kind}.csv"
    values: list[float] = []
    count = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, skipinitialspace=True):
            if row[0] == state and row[1] != "hess":
                count = int(row[3])
                found = [row[21], row[10], row[8]]
                values += [float(text) for text in found if text[:1].isdigit()][:1]
    return count, min(values) * 1e6


def _unit_centered(name: str, count: int, effort: int) -> tuple[Prepared, Any, bool]:
    instance = _instance(name)
    aims = Aims(seed=1, border_weight=0.0, effort=effort)
    problem = Problem(instance.units, instance.graph, Wanted(count, (0.005,)), aims=aims)
    prepared, answer = prepare(problem), build(problem)
    plan = answer.territory
    if answer.is_within:
        plan = drawn_to_units(prepared, plan, effort, Silence()).plan
    return prepared, plan, answer.is_within


class _Patience:
    """Stops after so many processor seconds."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    @property
    def is_stopped(self) -> bool:
        return time.process_time() > self._end

    def heard(self, progress: Progress) -> None:
        pass


def _exact(bench: Bench) -> None:
    """Figure 4: states by county, proved within 60 s."""
    open_ones = 0
    for state in COUNTIES:
        count, _ = _published("counties", state)
        prepared, plan, is_within = _unit_centered(f"hess_county/county_{state}", count, 2_000_000)
        proof = proved(prepared, plan, is_feasible=is_within, listener=_Patience(58.0))
        say(f"  {state}: {proof.value / 1e6:.2f}, bound {proof.bound / 1e6:.2f}")
        open_ones += not proof.is_proved
    bench.record("counties_not_proved", float(open_ones), note=f"of {len(COUNTIES)}")


def _measures(bench: Bench) -> None:
    """Figure 5: three measures with independent noise."""
    instance = _instance("us_counties", by_root=True)
    random = np.random.default_rng(0)
    load = instance.units.loads[:, 0]
    loads = np.stack([load * np.exp(random.normal(0, 0.5, len(load))) for _ in range(3)], axis=1)
    units = Units(instance.units.x_km, instance.units.y_km, np.ascontiguousarray(loads))
    for name, tolerances, limit in (("10_5_10", (0.1, 0.05, 0.1), 3.0), ("5_5_5", (0.05,) * 3, 10)):
        seconds, missed = [], 0
        for seed in range(5):
            problem = Problem(units, instance.graph, Wanted(50, tolerances), aims=Aims(seed=seed))
            start = time.process_time()
            missed += not _is_sound(prepare(problem), build(problem))
            seconds.append(time.process_time() - start)
        bench.record(f"measures_{name}_cpu_s", seconds, limit=limit)
        bench.record(f"measures_{name}_missed", float(missed), limit=0.0)


def _bounds(bench: Bench) -> None:
    """Figure 6: how close the proofs are."""
    for name, count, by_root in (("us_counties", 50, True), ("us_zips", 50, False)):
        instance = _instance(name, by_root=by_root)
        aims = Aims(seed=1, border_weight=0.0)
        problem = Problem(instance.units, instance.graph, Wanted(count, (0.05,)), aims=aims)
        prepared, plan = prepare(problem), build(problem).territory
        start = time.process_time()
        bound = bound_at_centers(prepared, plan)
        small = name == "us_counties"
        bench.record(
            f"{name}_bound_cpu_s", time.process_time() - start, limit=0.2 if small else 5.0
        )
        bench.record(f"{name}_gap_percent", 100 * bound.gap, limit=1.0 if small else 1.3)
        if small:
            gaps = [
                100 * each.gap
                for each in bounds_over_all_centers(prepared, plan, listener=_Patience(45.0))
            ]
            bench.record("us_counties_all_centers_gap_percent", gaps[-1], limit=2.5)


def _moves(bench: Bench) -> None:
    """Figure 7: a plan that has drifted, balanced again; a vacancy; a hand edit."""
    instance = _instance("us_counties", by_root=True)
    base = build(Problem(instance.units, instance.graph, Wanted(50, (0.05,)), aims=Aims(seed=1)))
    random = np.random.default_rng(0)
    load = instance.units.loads[:, 0] * np.exp(random.normal(0, 0.35, instance.units.count))
    west = instance.units.x_km < np.quantile(instance.units.x_km, 0.35)
    load = np.where(west, 1.15 * load, load)
    units = Units(instance.units.x_km, instance.units.y_km, load[:, None].copy())
    locked = random.random(units.count) < 300 / units.count
    kept = Kept(base.territory, is_locked=locked)
    problem = Problem(units, instance.graph, Wanted(50, (0.05,)), kept, Aims(seed=1))
    free = build(Problem(units, instance.graph, problem.wanted, aims=Aims(seed=1)))
    prepared, answer = prepare(problem), rebalance(problem)
    flow = least_moved_to_neighbors(prepared, loads_of(prepared, base.territory))
    bench.record("rebalance_moved_over_flow", answer.moved_share / flow, limit=1.35)
    bench.record("rebalance_inertia_over_free", answer.inertia / free.inertia, limit=1.05)
    broken = int((answer.territory[locked] != base.territory[locked]).sum())
    bench.record("rebalance_locks_broken", float(broken), limit=0.0)
    bench.record("rebalance_unsound", float(not _is_sound(prepared, answer)), limit=0.0)
    zips = _instance("us_zips")
    wanted = Wanted(50, (0.05,))
    plan = build(Problem(zips.units, zips.graph, wanted, aims=Aims(effort=3_000_000))).territory
    start = time.process_time()
    cover(Problem(zips.units, zips.graph, wanted, Kept(plan)), 7)
    bench.record("cover_33000_cpu_s", time.process_time() - start, limit=3.0)
    start = time.process_time()
    local_repair(
        Problem(zips.units, zips.graph, wanted, Kept(plan)), np.array([100], dtype=np.int32)
    )
    bench.record("hand_edit_33000_cpu_s", time.process_time() - start, limit=0.1)


def main(names: Sequence[str]) -> None:
    """Measures all figures, or those whose names are given."""
    bench = Bench("optimiser")
    if not INSTANCES.is_dir():
        say("the instances are not here; set EVENFIELD_SHARED to their folder")
        return
    if not names or "counties" in names:
        people, root = _instance("us_counties"), _instance("us_counties", by_root=True)
        _beside_peers(bench, "counties20", (people, 20), (1.0, 0.62, 0.66, 1.0), SEEDS)
        _beside_peers(bench, "counties50", (root, 50), (1.0, 0.76, 0.53, 1.0), SEEDS)
        _beside_peers(bench, "counties100", (root, 100), (3.0, 0.78, 0.62, 1.0), SEEDS)
    if not names or "zips" in names:
        zips = _instance("us_zips")
        _beside_peers(bench, "zips50", (zips, 50), (5.0, 0.72, 0.0, 1.03), range(2))
        _beside_peers(bench, "zips200", (zips, 200), (5.0, 0.67, 0.0, 1.03), range(2))
        bench.record("zips_rss_mb", rss_mb(), limit=400.0)
    for name, work in (
        ("tracts", _tracts),
        ("exact", _exact),
        ("measures", _measures),
        ("bounds", _bounds),
        ("moves", _moves),
    ):
        if not names or name in names:
            work(bench)
    bench.finish()


if __name__ == "__main__":
    main(sys.argv[1:])
