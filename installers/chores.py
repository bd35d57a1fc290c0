# SPDX-License-Identifier: MIT
"""What `make` can do once the set-up is done; standard library only."""

import os
import shutil
import sys
from pathlib import Path

from environment import LOCK_COMPILER, LOCK_DEV, LOCK_RUN, PYTHON, ROOT, run, say

_NO_SCREEN = (
    "There is no screen here, so the window opens on a virtual one that nobody sees; call this in "
    "a desktop session or over `ssh -X` to see it. Ctrl+C ends it."
)
# By module, never by the scripts in .venv: those hold the path of a folder that may be renamed.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
_PICTURE = ("--server-args", "-screen 0 1600x1000x24")


def nothing(_words: list[str]) -> None:
    """The set-up alone."""


def start(words: list[str]) -> None:
    """Starts Evenfield; on a virtual screen where there is none or EVENFIELD_HEADLESS is set."""
    command: list[str | Path] = [PYTHON, "main.py", *words]
    if not _has_screen():
        say(_NO_SCREEN)
    if not _has_screen() or os.environ.get("EVENFIELD_HEADLESS"):
        command = _on_virtual_screen(command)
    run(command)


def check(_words: list[str]) -> None:
    """Style, form, types and layers."""
    for name, words in (
        ("ruff check", ["-m", "ruff", "check", "--quiet"]),
        ("ruff format", ["-m", "ruff", "format", "--quiet", "--check"]),
        ("pyright", ["-m", "pyright", "--warnings"]),
        ("lint-imports", ["-c", _LINT_IMPORTS, "--no-logo"]),
    ):
        say(f"check: {name}")
        run([PYTHON, *words])


def test(words: list[str]) -> None:
    """All checks, then all tests but the soak and package ones, without a screen."""
    check([])
    _pytest("-m", "not soak and not package", *words)


def soak(words: list[str]) -> None:
    """The long tests: random walks, kills, mutated files, and dist/evenfield if it is there."""
    is_frozen = (ROOT / "dist" / "evenfield").is_dir()
    _pytest("-m", "soak or package" if is_frozen else "soak", *words)


def package(words: list[str]) -> None:
    """Freezes the program into dist/evenfield and proves that it starts without Python."""
    run([PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "build.spec"])
    _pytest("tests/package", "-m", "package", *words)


def shots(words: list[str]) -> None:
    """Takes the pictures of the documentation on a virtual screen."""
    run(_on_virtual_screen([PYTHON, "docs/screenshots/make_shots.py", *words]))


def sample(words: list[str]) -> None:
    """Makes the sample plan anew."""
    run([PYTHON, "-m", "resources.build.make_sample", *words])


def bench(words: list[str]) -> None:
    """Measures, and writes bench/results."""
    command: list[str | Path] = [PYTHON, "bench/run.py", *words]
    run(command if _has_screen() else _on_virtual_screen(command))


def lock(_words: list[str]) -> None:
    """Writes the lock files anew: the newest versions that pyproject.toml allows, on any system."""
    run([PYTHON, "-m", "pip", "install", "--quiet", "uv"])
    resolve: list[str | Path] = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal"]
    resolve += ["--python-version", "3.11", "--fork-strategy", "fewest", "--upgrade"]
    resolve += ["--generate-hashes", "--custom-compile-command", "make lock"]
    compiler = ["--group", "pyproject.toml:compiler", "--output-file", LOCK_COMPILER]
    run([*resolve, *compiler])
    resolve += ["pyproject.toml"]
    run([*resolve, "--output-file", LOCK_RUN])
    run([*resolve, "--constraint", LOCK_RUN, "--group", "dev", "--output-file", LOCK_DEV])


def _pytest(*words: str) -> None:
    run([PYTHON, "-m", "pytest", *words])


def _has_screen() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _on_virtual_screen(command: list[str | Path]) -> list[str | Path]:
    wrapper = shutil.which("xvfb-run")
    if wrapper is None:
        sys.exit("A virtual screen needs the program xvfb-run (package xvfb).")
    return [wrapper, "--auto-servernum", *_PICTURE, *command]
