"""Half an act is the fault we fear most: no room commits, only entrypoints do (docs/decisions/0008)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("foundation", "knowledge", "reports", "moderation", "bot", "admin")
ENDS_A_TRANSACTION = {"commit", "begin_nested", "rollback"}


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_ends_a_transaction(room: str) -> None:
    files = sorted((ROOT / room).rglob("*.py"))
    assert files
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ENDS_A_TRANSACTION
    ]
    assert found == []
