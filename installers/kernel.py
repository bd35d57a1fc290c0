# SPDX-License-Identifier: MIT
"""Compiles the optimiser's kernel; standard library only.

The same compiler, in the same version, is used on every system: it comes as a package, needs
nothing of the system, and its answers are the same to the byte wherever it runs.
"""

import platform
import sys
import sysconfig
from pathlib import Path

import environment
from environment import LOCK_COMPILER, ROOT, say

_SOURCES = ROOT / "app" / "services" / "optimiser" / "kernel"
_OUTPUT = ROOT / "resources" / "vendor" / "kernel"
_COMPILER = ROOT / ".setup" / "compiler"
_CACHE = ROOT / ".setup" / "compiler-cache"
_STAMP = ROOT / ".setup" / "kernel"
# Products and sums stay apart (no fused steps) and keep their order: both would change the digits
# from one processor to the next.
_FLAGS = ("-shared", "-std=c99", "-O3", "-ffp-contract=off", "-fno-math-errno", "-s")
_FLAGS += ("-Wall", "-Wextra", "-Werror", "-fvisibility=hidden", "-fno-sanitize=all")
_SUFFIXES = {"win32": ".dll", "darwin": ".dylib"}


def build() -> None:
    """Compiles the kernel, unless nothing changed since the last time."""
    sources = sorted([*_SOURCES.glob("*.c"), *_SOURCES.glob("*.h")])
    target = _target()
    wanted = environment.digest([*sources, LOCK_COMPILER, Path(__file__)]) + target
    library = _OUTPUT / f"evenfield_kernel{_SUFFIXES.get(sys.platform, '.so')}"
    if library.is_file() and _STAMP.is_file() and _STAMP.read_text() == wanted:
        return
    _install_compiler()
    say("Compiling the optimiser ...")
    _OUTPUT.mkdir(parents=True, exist_ok=True)
    fresh = library.with_name(f"fresh{library.suffix}")
    files = [path for path in sources if path.suffix == ".c"]
    command = [environment.PYTHON, "-m", "ziglang", "cc", "-target", target, *_FLAGS]
    variables = {"PYTHONPATH": str(_COMPILER), "ZIG_LOCAL_CACHE_DIR": str(_CACHE)}
    variables |= {"ZIG_GLOBAL_CACHE_DIR": str(_CACHE)}
    environment.run([*command, "-o", fresh, *files], ROOT, **variables)
    # A program that runs keeps the file it has opened.
    fresh.replace(library)
    _STAMP.write_text(wanted)


def _target() -> str:
    """This system as the compiler names it, with the oldest version that Evenfield supports."""
    arm = any(word in _machine() for word in ("arm64", "aarch64"))
    processor = "aarch64" if arm else "x86_64"
    if sys.platform == "win32":
        return f"{processor}-windows-gnu"
    if sys.platform == "darwin":
        return f"{processor}-macos.11.0"
    return f"{processor}-linux-gnu.2.28"


def _machine() -> str:
    """The processor that this Python runs on or pretends to."""
    name = sysconfig.get_platform().lower()
    return platform.machine().lower() if "universal" in name else name


def _install_compiler() -> None:
    stamp = _COMPILER / "installed"
    wanted = environment.digest([LOCK_COMPILER])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say("Installing the compiler into .setup (about 95 MB to fetch) ...")
    environment.install_apart(LOCK_COMPILER, _COMPILER)
    stamp.write_text(wanted)
