"""Somebody at a terminal."""

from pathlib import Path

import pytest

from tests.entrypoints.commanding import Operator


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Operator:
    """Nothing is set yet."""
    return Operator(monkeypatch, capsys, tmp_path)
