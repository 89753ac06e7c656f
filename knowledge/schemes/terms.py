"""Terms that people ask about, and what is told of them: the general ones of a file, which are no scheme by themselves."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from knowledge.schemes.catalogue import PackFault

FILE: Final = Path(__file__).with_name("terms.toml")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term in a sentence or two, and the one thing to remember; in Chinese and in English, where `english` is empty
    if nobody has written it."""

    name: str
    about: str
    plain: str
    english: str = ""
    english_about: str = ""
    english_plain: str = ""


class Term(BaseModel):
    """An entry of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(min_length=2, max_length=12)]
    known_as: tuple[Annotated[str, StringConstraints(min_length=2, max_length=30)], ...] = ()
    about: Annotated[str, StringConstraints(min_length=8, max_length=100)]
    plain: Annotated[str, StringConstraints(min_length=8, max_length=50)]
    english: Annotated[str, StringConstraints(min_length=3, max_length=40)]
    english_about: Annotated[str, StringConstraints(min_length=8, max_length=130)]
    english_plain: Annotated[str, StringConstraints(min_length=8, max_length=56)]


@cache
def read_terms(path: Path = FILE) -> tuple[Term, ...]:
    """As the file has them. Raises `PackFault` for a file that is none."""
    try:
        return tuple(map(Term.model_validate, tomllib.loads(path.read_text("utf-8")).values()))
    except ValidationError as error:
        raise PackFault(path, str(error.errors(include_url=False)[0]["msg"])) from error
    except (OSError, ValueError) as error:  # unreadable, not UTF-8, not TOML
        raise PackFault(path, str(error)) from error
