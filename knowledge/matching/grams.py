"""A text as a bag of character n-grams, blind to what differs from one leaflet to the next: numbers,
contacts, names."""

import math
import re

_NAMES = re.compile(r"某某|某地|某")
"""How texts are anonymised in Chinese: the blanks say nothing."""
_LINK = re.compile(r"(?:https?://|www\.)[!-~]*")
"""An address ends where other writing begins, blank or none: 「www.a.example，凭身份证」."""
_CONTACT = re.compile(
    r"1[3-9x][x\d*]{9}|0[x\d]{2,3}-?[x\d]{7,8}|[48]00-?[x\d]{3,4}-?[x\d]{3,4}|x{5,}|"
    r"(?<=微信:)[\w-]+|(?<=微信)[a-z][\w-]{4,}|@[a-z0-9_]+|\d{9,}"
)
_NUMBER = re.compile(r"\d[\d,.]*|(?<![a-z])[nx](?![a-z])")
_NOT_TEXT = re.compile(r"[^\w＠%]+")


def skeleton(text: str) -> str:
    """A normalised text without punctuation, with 0 for any number and ＠ for any contact."""
    text = _NAMES.sub("", text)
    text = _LINK.sub("＠", text)
    text = _CONTACT.sub("＠", text)
    text = _NUMBER.sub("0", text)
    return _NOT_TEXT.sub("", text)


def grams(text: str) -> frozenset[str]:
    """The different one- to three-character pieces of a normalised text's skeleton."""
    bare = skeleton(text)
    return frozenset(bare[i : i + n] for n in (1, 2, 3) for i in range(len(bare) - n + 1))


def share(count: int, least: int = 0) -> float:
    """What each of `count` pieces counts, so that a long text's bag is as long a vector as a short one's.
    A bag of fewer than `least` pieces counts for less: two characters say little, however rare they are."""
    return 1.0 / math.sqrt(max(count, least)) if count else 0.0
