# SPDX-License-Identifier: MIT
"""Runs the bench scripts one after the other: `make bench`, or `make bench ARGS="import start"`."""

import subprocess
import sys
from pathlib import Path

from common import RESULTS, ROOT, machine, say

FOLDER = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Runs the scripts with these names, or all; 1 where a figure or a script failed."""
    scripts = sorted(FOLDER.glob("bench_*.py"))
    if names:
        scripts = [FOLDER / f"bench_{name}.py" for name in names]
    say(", ".join(f"{key} {value}" for key, value in machine().items()))
    failed = [script.stem for script in scripts if not _passes(script)]
    say(f"results are in {RESULTS.relative_to(ROOT)}")
    if failed:
        say("not met: " + ", ".join(failed))
    return 1 if failed else 0


def _passes(script: Path) -> bool:
    return subprocess.run([sys.executable, script], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
