"""Where a figure of a pack comes from, and whether anybody has read it there."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

Line = Annotated[str, StringConstraints(max_length=120, pattern=r"^\S([^\r\n]*\S)?$")]
"""One line of words, without blanks at its ends."""
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]


class Entry(BaseModel):
    """Anything a pack holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Entry):
    """An entry that says where it is from."""

    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=160)]
    """The law, page or report in words, with the article."""
    verified_at: date | None = None
    """The day on which somebody read it in that source; absent means that nobody did."""
    fictional: bool = False
    """Made up for a demonstration."""

    @property
    def verified(self) -> bool:
        """True when somebody read it in its source."""
        return self.verified_at is not None

    @model_validator(mode="after")
    def _no_proof_of_fiction(self) -> Self:
        if self.fictional and self.verified_at is not None:
            raise ValueError("is fictional and cannot have been verified")
        return self


def each_once(names: Iterable[str], noun: str) -> None:
    """Raises ValueError where a name stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"the {noun} {name} stands twice")
        seen.add(name)
