"""What a citizen who reads English is told of a scheme: one file beside the pack, which is written in Chinese."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge.schemes.catalogue import Catalogue, PackFault

FILE: Final = Path(__file__).with_name("english.toml")

_Step = Annotated[str, StringConstraints(min_length=3, max_length=60)]


class EnglishScheme(BaseModel):
    """One scheme in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(min_length=3, max_length=40)]
    about: Annotated[str, StringConstraints(min_length=8, max_length=130)]
    plain: Annotated[str, StringConstraints(min_length=8, max_length=56)]
    now: Annotated[tuple[_Step, ...], Field(min_length=3, max_length=3)]
    if_paid: Annotated[tuple[_Step, ...], Field(min_length=2, max_length=3)]
    reasons: tuple[Annotated[str, StringConstraints(min_length=4, max_length=70)], ...] = ()
    """The sentences of the red flags, in the order of the pack's own."""


@cache
def read_english(path: Path = FILE) -> Mapping[str, EnglishScheme]:
    """By the scheme's code. Raises `PackFault` for a file that is none."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        return MappingProxyType({code: EnglishScheme.model_validate(entry) for code, entry in raw.items()})
    except ValidationError as error:
        raise PackFault(path, str(error.errors(include_url=False)[0]["msg"])) from error
    except (OSError, ValueError) as error:  # unreadable, not UTF-8, not TOML
        raise PackFault(path, str(error)) from error


def reasons_in_english(catalogue: Catalogue, code: str) -> Mapping[str, str]:
    """For each of the scheme's red-flag sentences its English one; empty where a pack of the operator's own has other
    red flags than the file was written for."""
    scheme, english = catalogue.get(code), read_english().get(code)
    if scheme is None or english is None or len(scheme.red_flags) != len(english.reasons):
        return {}
    return {flag.plain: said for flag, said in zip(scheme.red_flags, english.reasons, strict=True)}
