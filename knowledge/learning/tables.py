"""The rows of what is learnt: texts that people have judged, and the versions of the model fitted to them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

NO_SCHEME = ""
"""The label of a text that belongs to no scheme: a null would not take part in the unique constraint."""


class Origin(StrEnum):
    """How a judged text came here."""

    decision = "decision"
    """An officer's ruling on a tip."""
    imported = "import"
    """`qianshao exemplars import`."""


class JudgedText(SQLModel, table=True):
    """A text and what people judged it to be: an exemplar of a scheme, or no scheme at all.

    The text is what may be learnt of another: numbers and addresses on the net are placeholders, and of a clause that
    names a person or a place, or tells of whoever writes, only what speaks of a scheme (`knowledge.learning.masking`).
    """

    __tablename__ = "exemplar"
    __table_args__ = (UniqueConstraint("digest", "label"),)

    id: str = Field(primary_key=True)
    digest: str
    """SHA-256 of the normalised text; its first digits also say whether the text is kept back."""
    label: str = Field(index=True)
    """A scheme's code, or `NO_SCHEME`."""
    text: str = Field(sa_column=Column(Text, nullable=False))
    origin: str
    tip_id: str | None = Field(default=None, index=True)
    """Whence a decision's text came; no key to the tip, which can be deleted without it."""
    added_at: datetime = Field(index=True)
    retired_at: datetime | None = None
    """Set when a later judgement of the same text says otherwise."""

    @property
    def scheme(self) -> str | None:
        """The scheme's code; None for a text that belongs to no scheme."""
        return self.label or None


class ModelState(StrEnum):
    """Where a version stands."""

    candidate = "candidate"
    """Fitted, never in force."""
    on = "on"
    """In force: at most one. Where none is, the shipped model is."""
    off = "off"
    """Was in force once."""


class MatchingModel(SQLModel, table=True):
    """One version of the learnt model, with all that is needed to judge by it again."""

    __tablename__ = "matching_model"

    name: str = Field(primary_key=True)
    parent: str
    """The version that was in force when this one was fitted, and that it was compared with."""
    created_at: datetime = Field(index=True)
    known_texts: int
    """How many judged texts there were, the kept-back share included: what came later is new to it."""
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """`model`: weights, as in the shipped file; `exemplars`: ids of the judged texts that it matches by."""
    figures: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """On the kept-back share: `own` and `parent`, each as `Figures`."""
    remark: str = ""
    """Why it was switched on, or was not."""
    state: str
    switched_on_at: datetime | None = None
    switched_on_by: str | None = None
