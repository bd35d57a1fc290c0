# SPDX-License-Identifier: MIT
"""What the set-up promises: pinned packages, no address of any server, nothing done twice."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.helpers.shared import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-compiler.lock")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="shell scripts for Debian")


def _pins(lock: str) -> dict[str, str]:
    return dict(_PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    packages = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert all("==" in line and line.endswith("\\") for line in packages)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [re.split(r"[~=<>!\[]", each)[0] for each in project["project"]["dependencies"]]
    assert {_plain(name) for name in wanted} <= set(_pins("requirements.lock"))
    tools = [re.split(r"[~=<>!\[]", each)[0] for each in project["dependency-groups"]["dev"]]
    assert {_plain(name) for name in tools} <= set(_pins("requirements-dev.lock"))


def test_tests_run_with_the_versions_that_users_get() -> None:
    assert _pins("requirements.lock").items() <= _pins("requirements-dev.lock").items()


def test_the_map_page_is_locked_without_addresses() -> None:
    text = (ROOT / "resources" / "map" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert all("integrity" in facts for name, facts in packages.items() if name)
    assert '"resolved"' not in text


def _tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def _setup_debian(folder: Path) -> str:
    """Runs the script with the tools in `folder` first on the path; what apt-get was told."""
    _tool(folder, "apt-get", f'echo "$*" >> {folder}/told')
    _tool(folder, "sudo", 'exec "$@"')
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["sh", "installers/setup_debian.sh"],
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        check=True,
        capture_output=True,
    )
    told = folder / "told"
    return told.read_text(encoding="utf-8") if told.exists() else ""


@linux_only
def test_only_missing_system_packages_are_installed(tmp_path: Path) -> None:
    known = "libgl1 installed\\nlibasound2t64 installed\\nxvfb config-files\\n"
    _tool(tmp_path, "dpkg-query", f"printf '{known}'")
    told = _setup_debian(tmp_path).splitlines()
    assert told[0] == "update"
    names = told[1].split()
    assert "xvfb" in names, "removed but configured is not installed"
    assert "libnss3" in names
    assert not {"libgl1", "libasound2"} & set(names)


@linux_only
def test_nothing_is_asked_of_the_system_where_all_is_there(tmp_path: Path) -> None:
    script = (ROOT / "installers" / "setup_debian.sh").read_text(encoding="utf-8")
    names = re.findall(r"\b(?:lib[a-z0-9.+-]+|xvfb|xauth)\b", script)
    lines = "".join(f"{name} installed\\n" for name in names)
    _tool(tmp_path, "dpkg-query", f"printf '{lines}'")
    assert _setup_debian(tmp_path) == ""


@linux_only
def test_the_set_up_names_a_python_that_can_run_the_program() -> None:
    found = subprocess.run(
        ["sh", "installers/find_python.sh"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
    assert subprocess.run([found, "-c", check], check=False).returncode == 0
