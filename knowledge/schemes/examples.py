"""Texts written for the pack to learn from: exemplars of each scheme, and honest texts that must not match.

`exemplars/<code>.txt` holds one text a line with its register before a colon; `negatives/<genre>.txt` one
text a line. All are written for the project; none is taken from a data set, and every contact in them is
invented.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from foundation.errors import Refusal

EXEMPLARS_FOLDER: Final = Path(__file__).parent / "exemplars"
NEGATIVES_FOLDER: Final = Path(__file__).parent / "negatives"


class ExamplesFault(Refusal):
    """{path}, line {line}: {reason}."""


class Register(StrEnum):
    """How a text speaks."""

    FLYER = "flyer"
    SMS = "sms"
    POST = "post"
    """A message in a group or on a platform."""
    SPOKEN = "spoken"
    STORY = "story"
    """A victim tells: it belongs to the scheme, but offers nothing."""
    TOLD = "told"
    """Somebody tells of an offer that another made: it shows how the scheme is spoken of, and is neither an
    advertisement nor honest."""
    DISGUISED = "disguised"


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A text that belongs to a scheme."""

    code: str
    register: Register
    text: str

    @property
    def offers(self) -> bool | None:
        """True for the voice of the advertiser, False for the victim's; None for a retelling of the first."""
        return None if self.register is Register.TOLD else self.register is not Register.STORY


@dataclass(frozen=True, slots=True)
class Negative:
    """An honest text; `genre` is the name of its file."""

    genre: str
    text: str


def read_exemplars(folder: Path = EXEMPLARS_FOLDER) -> tuple[Exemplar, ...]:
    """All exemplars, by file and line; raises `ExamplesFault` for a line without a known register."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            register, colon, text = line.partition(": ")
            if register not in set(Register) or not colon or not text.strip():
                raise ExamplesFault(path=path, line=number, reason="must read `register: text`")
            found.append(Exemplar(path.stem, Register(register), text))
    return tuple(found)


def read_negatives(folder: Path = NEGATIVES_FOLDER) -> tuple[Negative, ...]:
    """All honest texts, by file and line; raises `ExamplesFault` for an empty line."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if not line.strip():
                raise ExamplesFault(path=path, line=number, reason="is empty")
            found.append(Negative(path.stem, line))
    return tuple(found)
