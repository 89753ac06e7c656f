"""Mediums: where somebody met an advertisement."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from reports.jurisdictions.provenance import Entry, Line


class MediumCode(StrEnum):
    """Where somebody met the advertisement."""

    WALL = "wall"
    ELEVATOR = "elevator"
    FLYER = "flyer"
    SMS = "sms"
    SHORT_VIDEO = "short_video"
    WECHAT_GROUP = "wechat_group"
    OFFICIAL_ACCOUNT = "official_account"
    WEBSITE = "website"
    PHONE_CALL = "phone_call"
    SHOP = "shop"
    LECTURE = "lecture"
    ACQUAINTANCE = "acquaintance"
    OTHER = "other"


class Medium(Entry):
    """A medium: the officer's exact label, and the few grouped ones that a citizen is asked about."""

    code: MediumCode
    label: Line
    """The officer's word for exactly this medium."""
    english: Annotated[str, StringConstraints(max_length=24)] = ""
    """What an English-speaking citizen reads; for one that is asked, it covers what `plain` covers."""
    asked: bool = False
    """Whether the citizen is offered it as a choice."""
    plain: Annotated[str, StringConstraints(max_length=10)] = ""
    """The choice in plain words; it may cover several mediums."""
    covered_by: MediumCode | None = None
    """Which choice covers it, for a medium that is not offered itself."""

    @model_validator(mode="after")
    def _offered_or_covered(self) -> Self:
        if self.asked == (self.covered_by is not None) or self.asked != bool(self.plain):
            raise ValueError("must be asked with a plain label, or covered by a medium that is asked")
        return self
