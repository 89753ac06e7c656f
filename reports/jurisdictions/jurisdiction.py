"""A jurisdiction: the departments, regions, hotlines, amounts, deadlines and words of one place.

None of it may stand in code: places differ, figures change, and a wrong hotline harms. What is here is what
must hold of the whole before anybody relies on it; the parts are in the files beside this one.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from pydantic import ValidationError, model_validator

from foundation.departments import DepartmentKey
from reports.jurisdictions.calendar import NONE_ANNOUNCED, WorkingCalendar
from reports.jurisdictions.contacts import Hotline, HumanDesk, OpenSpan, OtherChannel
from reports.jurisdictions.deadlines import Counting, Deadline, Deadlines
from reports.jurisdictions.departments import Department
from reports.jurisdictions.layers import PACK_FOLDER, JurisdictionFault, JurisdictionUnknown, read_layers
from reports.jurisdictions.mediums import Medium, MediumCode
from reports.jurisdictions.provenance import Code, Entry, Line, Sourced
from reports.jurisdictions.regions import Region, RegionKind
from reports.jurisdictions.restricted_words import NameException, RestrictedWords, WordGroup, WordTier
from reports.jurisdictions.reward_rules import RewardRules, RewardTier

__all__ = [
    "PACK_FOLDER",
    "Counting",
    "Deadline",
    "Deadlines",
    "Department",
    "DepartmentKey",
    "Hotline",
    "HumanDesk",
    "Jurisdiction",
    "JurisdictionFault",
    "JurisdictionUnknown",
    "Medium",
    "MediumCode",
    "NameException",
    "OpenSpan",
    "OtherChannel",
    "Region",
    "RegionKind",
    "RestrictedWords",
    "RewardRules",
    "RewardTier",
    "WordGroup",
    "WordTier",
    "WorkingCalendar",
    "read_jurisdiction",
]

MOST_MEDIUMS_ASKED: Final = 6
"""More options than that, and an old person no longer reads them."""


class Jurisdiction(Entry):
    """Everything that one place settles for itself."""

    id: Code
    name: Line
    fictional: bool = False
    notice: str = ""
    """Shown to everybody who uses the system here; a fictional place says so in it."""
    base: Code | None = None
    """The pack that this one stands on."""
    departments: tuple[Department, ...]
    regions: tuple[Region, ...]
    hotlines: tuple[Hotline, ...]
    """In the order in which they are shown."""
    mediums: tuple[Medium, ...]
    rewards: RewardRules
    deadlines: Deadlines
    human: HumanDesk
    calendar: WorkingCalendar = NONE_ANNOUNCED
    """Public holidays and weekends worked instead."""
    restricted_words: RestrictedWords
    other_channels: tuple[OtherChannel, ...] = ()

    def department(self, key: DepartmentKey | str) -> Department:
        """The department with that part in the work; ValueError for a key that does not exist."""
        wanted = DepartmentKey(key)
        return next(department for department in self.departments if department.key is wanted)

    def medium(self, code: MediumCode | str) -> Medium:
        """The medium with that code; ValueError for a code that does not exist."""
        wanted = MediumCode(code)
        return next(medium for medium in self.mediums if medium.code is wanted)

    @property
    def asked_mediums(self) -> tuple[Medium, ...]:
        """The choices for a citizen, in order."""
        return tuple(medium for medium in self.mediums if medium.asked)

    def hotline(self, number: str) -> Hotline | None:
        """The hotline with that number, if it is listed here."""
        return next((hotline for hotline in self.hotlines if hotline.number == number), None)

    def sourced(self) -> Iterator[tuple[str, Sourced]]:
        """Every entry that names a source, with its place in the pack: the list for whoever verifies."""
        for department in self.departments:
            yield f"departments[{department.key}]", department
        for region in self.regions:
            yield f"regions[{region.code}]", region
        for hotline in self.hotlines:
            yield f"hotlines[{hotline.number}]", hotline
        yield "rewards", self.rewards
        for tier in self.rewards.tiers:
            yield f"rewards.tiers[{tier.code}]", tier
        for name in Deadlines.model_fields:
            yield f"deadlines.{name}", getattr(self.deadlines, name)
        yield "human", self.human
        if self.calendar.days_off:
            yield "calendar", self.calendar
        for group in self.restricted_words.groups:
            yield f"restricted_words.groups[{group.code}]", group
        for channel in self.other_channels:
            yield f"other_channels[{channel.code}]", channel

    @model_validator(mode="after")
    def _complete(self) -> Self:
        _all_of(DepartmentKey, (department.key for department in self.departments), "department")
        _all_of(MediumCode, (medium.code for medium in self.mediums), "medium")
        if not any(hotline.number == "110" and hotline.urgent for hotline in self.hotlines):
            raise ValueError(
                "the hotline 110 must be listed as urgent, for it heads every answer about lost money"
            )
        return self

    @model_validator(mode="after")
    def _mediums_covered(self) -> Self:
        asked = {medium.code for medium in self.asked_mediums}
        if not 1 <= len(asked) <= MOST_MEDIUMS_ASKED:
            raise ValueError(f"{len(asked)} mediums are asked, where 1 to {MOST_MEDIUMS_ASKED} may be")
        for medium in self.mediums:
            if medium.covered_by is not None and medium.covered_by not in asked:
                raise ValueError(
                    f"the medium {medium.code} is covered by {medium.covered_by}, which is not asked"
                )
        return self

    @model_validator(mode="after")
    def _regions_hang_together(self) -> Self:
        parents = {region.code: region.parent for region in self.regions}
        if sum(parent is None for parent in parents.values()) != 1:
            raise ValueError("exactly one region must have no parent: the jurisdiction as a whole")
        for code in parents:
            above, seen = parents[code], {code}
            while above is not None:
                if above not in parents or above in seen:
                    raise ValueError(f"the region {code} does not hang under the whole by its parents")
                seen.add(above)
                above = parents[above]
        return self

    @model_validator(mode="after")
    def _fiction_says_so(self) -> Self:
        # A county that starts from the demonstration's file must not go live with a made-up amount or number.
        if self.fictional:
            if "虚构" not in self.notice:
                raise ValueError("a fictional jurisdiction must say 虚构 in its notice")
            return self
        for place, entry in self.sourced():
            if entry.fictional:
                raise ValueError(f"{place} is fictional, but the jurisdiction is not")
        return self


def read_jurisdiction(id: str, folder: Path = PACK_FOLDER) -> Jurisdiction:
    """Reads `<id>.toml` with the bases under it.

    Raises `JurisdictionUnknown` where there is no such file, and `JurisdictionFault` with the first fault
    that is found in it or in a base.
    """
    layers = read_layers(id, folder)
    try:
        return Jurisdiction.model_validate({k: v for k, v in layers.data.items() if k != "template"})
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        path, place = layers.place(fault["loc"])
        said = fault["msg"].removeprefix("Value error, ")
        raise JurisdictionFault(path, f"{place}: {said}" if place else said) from error


def _all_of(kinds: type[StrEnum], found: Iterable[StrEnum], noun: str) -> None:
    missing = set(kinds) - set(found)
    if missing:
        raise ValueError(f"the {noun} {min(missing)} is missing")
