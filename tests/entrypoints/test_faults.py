"""What goes wrong with the command is one sentence and a non-zero exit, whoever's fault it is."""

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.crypto import new_master_key

ROOT = Path(__file__).resolve().parents[2]


def ran(*arguments: str, **settings: str) -> tuple[int, str]:
    variables = {name: value for name, value in os.environ.items() if not name.startswith("QIANSHAO_")}
    variables |= {f"QIANSHAO_{name}": value for name, value in settings.items()}
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.console", *arguments],
        cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """A deployment whose database was never made."""
    return {
        "ENVIRONMENT": "test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/qianshao.db",
        "BLOBS_URL": f"file://{tmp_path}/blobs",
        "MASTER_KEYS": new_master_key("k1"),
        "LOG_LEVEL": "WARNING",
    }


@pytest.mark.parametrize(
    "command", [("serve", "--port", "8917"), ("audit", "verify"), ("officer", "reset", "li.na")]
)
def test_a_database_without_a_schema_is_told_in_one_sentence(
    settings: dict[str, str], command: tuple[str, ...]
) -> None:
    assert ran(*command, **settings) == (1, "The database has no schema yet: run `qianshao migrate`.\n")


def test_a_database_that_does_not_answer_is_told_without_its_password(settings: dict[str, str]) -> None:
    url = "postgresql://qianshao:geheim@127.0.0.1:1/qianshao"
    for command in (("migrate",), ("audit", "verify")):
        code, said = ran(*command, **settings | {"DATABASE_URL": url})
        assert code == 1
        assert said.startswith("The database refuses: ")
        assert said.count("\n") == 1
        assert "geheim" not in said


def test_a_file_that_is_no_database_is_told_in_one_sentence(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "qianshao.db").write_text("a shopping list" * 400)
    assert ran("migrate", **settings) == (1, "The database refuses: file is not a database\n")


def test_a_log_level_that_is_none_is_told_in_one_sentence(settings: dict[str, str]) -> None:
    code, said = ran("packs", "load", **settings | {"LOG_LEVEL": "loud"})
    assert (code, said) == (1, "QIANSHAO_LOG_LEVEL is wrong: it must be DEBUG, INFO, WARNING or ERROR.\n")


def test_a_port_that_is_taken_is_told_in_one_sentence(settings: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, said = ran("serve", "--port", str(taken.getsockname()[1]), **settings)
    assert code == 1
    assert said.startswith("Nothing can listen on 127.0.0.1, port ")
    assert said.count("\n") == 1


def test_a_chain_that_was_tampered_with_fails_the_command(settings: dict[str, str], tmp_path: Path) -> None:
    for command in (("migrate",), ("packs", "load")):
        assert ran(*command, **settings)[0] == 0
    assert ran("audit", "verify", **settings)[0] == 0
    with sqlite3.connect(tmp_path / "qianshao.db") as database:
        database.execute("UPDATE audit_entry SET detail = '{}' WHERE seq = 1")
    code, said = ran("audit", "verify", **settings)
    assert (code, said) == (1, "The chain breaks at entry 1: its content was changed.\n")
