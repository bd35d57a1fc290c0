# SPDX-License-Identifier: MIT
"""The log says what happened and never whose data it was."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.app_log import AppLog, shortened, trace
from tests.helpers.log_watch import LogWatch

CANARY = "Zephyrine Hardware, 12 Canary Lane"


@pytest.fixture
def app_log(tmp_path: Path) -> Iterator[AppLog]:
    level = logging.getLogger().level
    log = AppLog(tmp_path / "logs")
    log.start()
    yield log
    log.stop()
    logging.getLogger().setLevel(level)
    logging.getLogger("app").setLevel(logging.NOTSET)


def _fail_on(cell: str) -> None:
    try:
        float(cell)
    except ValueError as error:
        raise KeyError(cell) from error


def test_own_messages_are_kept_whole(app_log: AppLog) -> None:
    logging.getLogger("app.services.importing").info("imported %d rows in %.1f s", 1200, 0.25)
    assert "imported 1200 rows in 0.2 s" in app_log.path.read_text(encoding="utf-8")


def test_paths_are_cut_to_the_file_name(app_log: AppLog) -> None:
    logging.getLogger("app.x").info("opened %s", "/home/jane doe/plans/north.evenfield")
    text = app_log.path.read_text(encoding="utf-8")
    assert "opened …/north.evenfield" in text
    assert "jane" not in text


def test_values_of_other_libraries_are_left_out(app_log: AppLog, log_watch: LogWatch) -> None:
    with log_watch.expect("cannot read"):
        logging.getLogger("library").warning("cannot read %r", CANARY)
    text = app_log.path.read_text(encoding="utf-8")
    assert "cannot read" in text
    assert CANARY not in text


def test_exceptions_are_logged_without_their_words(app_log: AppLog, log_watch: LogWatch) -> None:
    with log_watch.expect("could not place"):
        try:
            _fail_on(CANARY)
        except KeyError:
            logging.getLogger("app.x").exception("could not place account %d", 7)
    text = app_log.path.read_text(encoding="utf-8")
    assert "could not place account 7" in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "in _fail_on" in text
    assert CANARY not in text


def test_five_files_of_one_megabyte_are_kept(app_log: AppLog) -> None:
    logger = logging.getLogger("app.x")
    for _ in range(7_000):
        logger.info("x" * 1_000)
    files = sorted(app_log.path.parent.iterdir())
    assert len(files) == 5
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def test_a_folder_that_cannot_be_made_leaves_the_program_without_a_log(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    log = AppLog(tmp_path / "logs")
    log.start()
    log.stop()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/jane/a.csv", "…/a.csv"),
        (r"C:\Users\Jane Doe\Desktop\a b.xlsx", "…/a b.xlsx"),
        ("file:///home/jane/a.csv", "file://…/a.csv"),
        ("3/4 of and/or", "3/4 of and/or"),
        ("county:06037", "county:06037"),
    ],
)
def test_shortened(text: str, expected: str) -> None:
    assert shortened(text) == expected


def test_a_trace_names_the_first_cause_first() -> None:
    with pytest.raises(KeyError) as caught:
        _fail_on(CANARY)
    lines = trace(caught.value).splitlines()
    assert lines[0] == "builtins.ValueError"
    assert CANARY not in "\n".join(lines)
