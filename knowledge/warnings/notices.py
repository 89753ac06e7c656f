"""Risk warnings (风险提示): what one holds, how the pack is read, which of them are out on a day."""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from foundation.errors import Refusal

PACK_FOLDER: Final = Path(__file__).parent / "pack"


class WarningPackFault(Refusal):
    """{path}: {reason}."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path=path, reason=reason)
        self.path = path
        self.reason = reason


def _text(least: int, most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most)


class EnglishWarning(BaseModel):
    """The same warning in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, _text(6, 52)]
    body: Annotated[str, _text(60, 560)]
    steps: tuple[Annotated[str, _text(3, 36)], Annotated[str, _text(3, 36)], Annotated[str, _text(3, 36)]]


class RiskWarning(BaseModel):
    """One warning in plain words. The body's paragraphs are separated by a line break."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    """Equals the name of its file; links and statistics refer to it."""
    title: Annotated[str, _text(6, 30)]
    schemes: Annotated[tuple[str, ...], Field(min_length=1)]
    """Codes of the schemes that it warns of, the foremost first."""
    publish_on: date
    """The day (China time) from which it is shown."""
    body: Annotated[str, _text(60, 300)]
    steps: tuple[Annotated[str, _text(3, 20)], Annotated[str, _text(3, 20)], Annotated[str, _text(3, 20)]]
    """What to do now, in three short steps."""
    sources: Annotated[tuple[Annotated[str, _text(4, 80)], ...], Field(min_length=1)]
    """What it rests on, in words."""
    english: EnglishWarning | None = None
    """None where nobody has written it: it is then shown in Chinese."""


def read_warnings(folder: Path = PACK_FOLDER) -> tuple[RiskWarning, ...]:
    """Every `*.toml` of the folder, the newest first; the first fault is a `WarningPackFault`."""
    warnings = [_read_file(path) for path in sorted(folder.glob("*.toml"))]
    if not warnings:
        raise WarningPackFault(folder, "there is no warning in it")
    return tuple(sorted(warnings, key=lambda warning: (-warning.publish_on.toordinal(), warning.code)))


def published(warnings: Iterable[RiskWarning], on: date) -> tuple[RiskWarning, ...]:
    """Those that are out on the day `on`, in the order they came in."""
    return tuple(warning for warning in warnings if warning.publish_on <= on)


def _read_file(path: Path) -> RiskWarning:
    try:
        warning = RiskWarning.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise WarningPackFault(path, f"{where}: {fault['msg']}") from error
    except (OSError, ValueError) as error:  # unreadable, not UTF-8, not TOML
        raise WarningPackFault(path, f"cannot be read: {error}") from error
    if warning.code != path.stem:
        raise WarningPackFault(path, f"its code is {warning.code}, so it must be named {warning.code}.toml")
    return warning
