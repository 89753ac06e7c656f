"""What is known to be nobody's: the words of the pack, and what speaks of a scheme in a piece of text."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from knowledge.matching import normalize
from knowledge.matching.finder import StringFinder
from knowledge.matching.retelling import told_signs
from knowledge.matching.sense import read_sense
from knowledge.matching.words import new_tokenizer
from knowledge.schemes.catalogue import read_pack
from knowledge.schemes.examples import Register, read_exemplars, read_negatives

if TYPE_CHECKING:
    from jieba.posseg import POSTokenizer

_LATIN: Final = re.compile(r"[a-z]{2,}")
_MORE_LATIN: Final = [
    "weixin",
    "telegram",
    "douyin",
    "example",
    "com",
    "name",
    "www",
    "http",
    "https",
    "whatsapp",
]
_SPEAKS_FROM: Final = 0.7
"""Strength of an offer's or a swindler's voice: one clear turn of phrase."""


_COMMON: Final = 25
"""Times that jieba's corpus has a word; among the rarer ones of its dictionary are many names marked as nouns."""


class Token(NamedTuple):
    """A word, what it is (the part of speech in jieba's scheme), and where it begins."""

    word: str
    kind: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.word)


class Vocabulary(NamedTuple):
    """The words that the pack is written in."""

    words: frozenset[str]
    text: str
    """All of it in one line, for asking whether a turn stands there."""
    latin: frozenset[str]
    marks: StringFinder
    """Names, topic words and red flags of all schemes."""


@cache
def _segmenter() -> "POSTokenizer":
    from jieba import posseg  # reads all of the dictionary: a start does not wait for it

    segmenter = posseg.POSTokenizer.__new__(
        posseg.POSTokenizer
    )  # its own loading would read the dictionary twice
    segmenter.tokenizer = new_tokenizer()
    segmenter.word_tag_tab = posseg.dt.word_tag_tab
    return segmenter


def tokens(text: str) -> list[Token]:
    """The words of a text, in order and without a gap."""
    found: list[Token] = []
    start = 0
    for pair in _segmenter().cut(text):
        found.append(Token(pair.word, pair.flag, start))
        start += len(pair.word)
    return found


def is_general(word: str) -> bool:
    """Whether the general dictionary has it, and not as the name of a person or place."""
    if _segmenter().tokenizer.FREQ.get(word, 0) < _COMMON:
        return False
    return not str(_segmenter().word_tag_tab.get(word, "")).startswith(("nr", "ns", "nz", "nt"))


@cache
def vocabulary() -> Vocabulary:
    """Reads the pack that ships with the project; a second and more the first time."""
    schemes = read_pack().values()
    marks = {
        normalize(word).text
        for scheme in schemes
        for word in (
            scheme.name, scheme.plain_name, *scheme.aliases, *scheme.topic_words, *scheme.variants,
            *(cue for flag in scheme.red_flags for cue in flag.cues),
        )
    }  # fmt: skip
    plain = [one.text for one in read_exemplars() if one.register is not Register.DISGUISED]
    plain += [one.text for one in read_negatives()]
    plain += [phrase for scheme in schemes for phrase in scheme.phrases]
    folded = [text.lower() for text in plain]  # written plainly: there is nothing to undo
    cut = _segmenter().tokenizer.lcut
    words = {word for text in folded for word in cut(text) if len(word) > 1}
    latin = {word for text in (*folded, *marks) for word in _LATIN.findall(text)}
    return Vocabulary(
        frozenset(words | marks),
        "\n".join((*folded, *marks)),
        frozenset(latin | {*_MORE_LATIN}),
        StringFinder(marks),
    )


@lru_cache(maxsize=4096)
def speaks_of_a_scheme(text: str) -> bool:
    """Whether a normalised piece has a word of the pack, or a turn of an offer, a script or a telling."""
    if any(True for _ in vocabulary().marks.find(text)) or told_signs(text):
        return True
    strength = read_sense(text).strength
    return max(strength["offer"], strength["script"]) >= _SPEAKS_FROM
