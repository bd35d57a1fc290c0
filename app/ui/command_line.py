# SPDX-License-Identifier: MIT
"""The command line."""

import argparse
from pathlib import Path

import app


def parse(arguments: list[str]) -> argparse.Namespace:
    """What the program was called with."""
    parser = argparse.ArgumentParser(prog="evenfield", description="Sales territories on a map.")
    parser.add_argument("plan", nargs="?", type=Path, help="plan or spreadsheet to open")
    parser.add_argument("--open-sample", action="store_true", help="open the sample plan")
    parser.add_argument("--safe-graphics", action="store_true", help="draw without the GPU")
    parser.add_argument("--screenshot", type=Path, help="save the window to this file and quit")
    parser.add_argument("--profile-start", action="store_true", help="print start times and quit")
    parser.add_argument("--version", action="version", version=f"Evenfield {app.__version__}")
    return parser.parse_args(arguments)
