"""The `qianshao` command, run in the test's own process: what it said and how it ended."""

import io
import logging
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from entrypoints.console import main
from foundation.settings import Settings
from tests.deployment import as_environment


@dataclass(frozen=True)
class Outcome:
    """How a call ended."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence of a failure; fails where there is none, more than one line, or a traceback."""
        assert self.code != 0, self
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self
        assert "Traceback" not in self.err
        return lines[0]


@dataclass
class Operator:
    """Somebody at a terminal, with variables set."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def sets(self, settings: Settings) -> None:
        """Sets the variables of a whole deployment."""
        self.variables |= {k: v for k, v in as_environment(settings).items() if k.startswith("QIANSHAO_")}

    def calls(self, *arguments: str, stdin: bytes = b"", **variables: str) -> Outcome:
        """Calls the command with these arguments and further variables."""
        for name in [name for name in os.environ if name.startswith("QIANSHAO_")]:
            self.monkeypatch.delenv(name)
        for name, value in {**self.variables, **{f"QIANSHAO_{k}": v for k, v in variables.items()}}.items():
            self.monkeypatch.setenv(name, value)
        self.monkeypatch.chdir(self.folder)  # where no .env lies
        self.monkeypatch.setattr(sys, "argv", ["qianshao", *arguments])
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        handlers, level = logging.root.handlers[:], logging.root.level
        self.capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        finally:
            logging.root.handlers[:] = handlers
            logging.root.setLevel(level)
        said = self.capsys.readouterr()
        return Outcome(code, said.out, said.err)
