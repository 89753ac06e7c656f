"""What a tip says, piece by piece: the citizen's words, and the ads on its pictures.

A wall is photographed with whatever hangs on it, so the ads on one picture are judged each for itself. Where some of
them carry a scheme, the others on that picture are its neighbours: an officer is shown them, and they count for
nothing, neither in the match nor among the indicators. A picture with a single ad was taken on purpose and counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from knowledge.matching import Matcher, Verdict
from knowledge.matching.indicators import IndicatorKind, find_indicators
from knowledge.pictures.addresses import OfficialDomains, registered_domain
from knowledge.pictures.ads import Ad
from knowledge.pictures.code_kinds import CodeKind, classify
from knowledge.pictures.private_numbers import masked
from knowledge.pictures.reading import PictureReading
from reports.indicators import SeenIndicator
from reports.jurisdictions.contacts import OtherChannel
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.tables import Evidence

Beside = Mapping[str, tuple[int, ...]]
"""By evidence id: the places, among the ads of its reading, of those that are a neighbour's."""


@dataclass(frozen=True, slots=True)
class AdSeen:
    """One ad on one picture: its text, and what its codes hold, but for the numbers of goods: two tips with the same
    brand's packet on their pictures have nothing in common."""

    evidence_id: str
    place: int
    text: str
    codes: tuple[str, ...] = ()
    cut_off: bool = False
    """Whether a line of it runs off the edge of the picture."""

    @property
    def whole(self) -> str:
        """Text and codes, as the matcher is given them."""
        return "\n".join(part for part in (self.text, *self.codes) if part)


@dataclass(frozen=True, slots=True)
class WhatItSays:
    """Everything a tip says that counts, by where it was read."""

    words: str
    ads: tuple[AdSeen, ...] = ()

    @property
    def on_pictures(self) -> str:
        """What is written on the pictures."""
        return "\n".join(ad.text for ad in self.ads if ad.text)

    @property
    def text(self) -> str:
        """All of it for the matcher."""
        return "\n".join(part for part in (self.on_pictures, self.words) if part)


def readings_of(rows: Iterable[Evidence]) -> list[tuple[str, PictureReading]]:
    """The readings of those files that were read, in their order, each with its file's id."""
    return [(row.id, PictureReading.from_json(row.reading)) for row in rows if row.reading is not None]


def ads_on(evidence_id: str, reading: PictureReading) -> tuple[AdSeen, ...]:
    """The ads on one picture, in reading order."""
    return tuple(
        AdSeen(
            evidence_id,
            place,
            masked(reading.text_of(ad), identity_alone=True),
            tuple(reading.codes[code].payload for code in ad.codes if not reading.codes[code].names_goods),
            any(line in reading.runs_off for line in ad.lines),
        )
        for place, ad in enumerate(reading.parts)
    )


def find_neighbours(
    matcher: Matcher,
    pictures: Sequence[tuple[str, PictureReading]],
    chosen: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> dict[str, tuple[int, ...]]:
    """Which ads are a neighbour's. Where none of all these ads carries a scheme, none is anybody's neighbour. On a
    picture of which an officer has `chosen` the ads that count, all the others are, whatever they carry."""
    several = {key: ads for key, reading in pictures if len(ads := ads_on(key, reading)) > 1}
    if not several:
        return {}
    told = {
        key: tuple(ad.place for ad in ads if ad.place not in chosen[key])
        for key, ads in several.items()
        if key in chosen
    }
    meant = {ad for key, ads in several.items() if key in told for ad in ads if ad.place in chosen[key]}
    open_ones = {key: ads for key, ads in several.items() if key not in told}
    carry = meant | {ad for ads in open_ones.values() for ad in ads if _carries(matcher, ad)}
    alone = [ad for key, reading in pictures if key not in several for ad in ads_on(key, reading)]
    if not carry and not any(_carries(matcher, ad) for ad in alone):
        return told
    behind = {found for ad in (*carry, *alone) for found in _contacts(ad)}
    return told | {
        key: places
        for key, ads in open_ones.items()
        if (places := tuple(ad.place for ad in ads if ad not in carry and not _contacts(ad) & behind))
    }


def _carries(matcher: Matcher, ad: AdSeen) -> bool:
    return matcher.match(ad.whole).verdict is not Verdict.NONE


def _contacts(ad: AdSeen) -> frozenset[tuple[str, str]]:
    """A second sticker of the same people names the same phone."""
    return frozenset((seen.kind, seen.canonical) for seen in seen_indicators(WhatItSays("", (ad,))))


def ads_that_count(pictures: Sequence[tuple[str, PictureReading]], beside: Beside) -> tuple[AdSeen, ...]:
    """The ads on all the pictures but the neighbours'."""
    return tuple(
        ad for key, reading in pictures for ad in ads_on(key, reading) if ad.place not in beside.get(key, ())
    )


def chosen_ads(rows: Iterable[Evidence]) -> dict[str, tuple[int, ...]]:
    """What officers said about these files."""
    return {row.id: tuple(row.chosen_ads) for row in rows if row.chosen_ads}


def noted_neighbours(rows: Iterable[Evidence]) -> dict[str, tuple[int, ...]]:
    """What screening noted about these files."""
    return {row.id: tuple(row.beside) for row in rows if row.beside}


def text_that_counts(reading: PictureReading, beside: Sequence[int]) -> str:
    """What a picture says without its neighbours' ads."""
    if not beside:
        return reading.text
    kept = (reading.text_of(ad) for place, ad in enumerate(reading.parts) if place not in beside)
    return "\n".join(text for text in kept if text)


@dataclass(frozen=True, slots=True)
class AdShown:
    """One of several ads on a file, as an officer is shown it."""

    ad: Ad
    text: str
    counts: bool


def ads_shown(row: Evidence) -> tuple[AdShown, ...]:
    """The ads on one file in reading order; none where it was not read."""
    if row.reading is None:
        return ()
    reading = PictureReading.from_json(row.reading)
    return tuple(
        AdShown(ad, reading.text_of(ad), place not in (row.beside or ()))
        for place, ad in enumerate(reading.parts)
    )


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An ad that stands beside the one reported, as an officer is shown it."""

    ad: Ad
    text: str


def neighbours_on(row: Evidence) -> tuple[Neighbour, ...]:
    """The neighbours' ads on one file."""
    if row.reading is None or not row.beside:
        return ()
    reading = PictureReading.from_json(row.reading)
    parts = reading.parts
    return tuple(
        Neighbour(parts[place], reading.text_of(parts[place])) for place in row.beside if place < len(parts)
    )


def seen_indicators(says: WhatItSays) -> list[SeenIndicator]:
    """The indicators in all of it, each with the pictures that it stands on; a QR code counts as itself and for
    what its text holds. What stands in words and on a picture is the words'."""
    found: dict[tuple[str, str], SeenIndicator] = {}

    def add(kind: IndicatorKind, canonical: str, raw: str, source: str, picture: str = "") -> None:
        known = found.get((kind.value, canonical))
        if known is None:
            known = SeenIndicator(kind.value, canonical, raw, source)
        pictures = known.pictures if not picture or picture in known.pictures else (*known.pictures, picture)
        found[kind.value, canonical] = SeenIndicator(
            known.kind, known.canonical, known.raw, known.source, pictures
        )

    for item in find_indicators(says.words):
        add(item.kind, item.canonical, item.raw, "words")
    for ad in says.ads:
        for item in find_indicators(ad.text):
            add(item.kind, item.canonical, item.raw, "picture", ad.evidence_id)
    for ad in says.ads:
        for payload in ad.codes:
            add(IndicatorKind.QR, payload[:500], payload[:500], "code", ad.evidence_id)
            for item in find_indicators(payload):
                add(item.kind, item.canonical, item.raw, "code", ad.evidence_id)
    return list(found.values())


def is_public(item: SeenIndicator, jurisdiction: Jurisdiction) -> bool:
    """Whether the jurisdiction itself gives this contact to citizens, or it is a house's official address: such link
    no tips."""
    if (item.kind, item.canonical) in _given_by(jurisdiction.human.phone, jurisdiction.other_channels):
        return True
    if item.kind == IndicatorKind.QR.value and classify(item.canonical) is CodeKind.URL:
        address = item.canonical.partition("://")[2] or item.canonical
    elif item.kind == IndicatorKind.URL.value:
        address = item.canonical
    else:
        return False  # a payee's, a group's or a person's code may stand at the platform's own address
    domain = registered_domain(address.partition("/")[0].partition("?")[0].partition(":")[0])
    return domain is not None and domain in _official_domains()


@cache
def _given_by(phone: str, channels: tuple[OtherChannel, ...]) -> frozenset[tuple[str, str]]:
    given = "\n".join((f"电话 {phone}", *(f"{channel.how}\n{channel.link}" for channel in channels)))
    return frozenset((item.kind.value, item.canonical) for item in find_indicators(given))


@cache
def _official_domains() -> frozenset[str]:
    return frozenset(OfficialDomains.read().owners)
