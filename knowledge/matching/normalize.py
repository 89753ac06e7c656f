"""Undoing disguise: one canonical spelling for a text, with the way back to every character that was sent.

Order: characters (NFKC, traditional to simplified, emoji, look-alike letters, hidden characters) → a text
wholly in pinyin → separators between Chinese characters → known variants → pinyin and initials inside finance words →
homophones. The last three repeat until nothing changes, so normalising twice is normalising once.
"""

import functools
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from opencc import OpenCC

from knowledge.matching.cantonese import shipped_cantonese
from knowledge.matching.english import shipped_english
from knowledge.matching.finder import StringFinder
from knowledge.matching.folding_tables import (
    EMOJI,
    FINANCE_WORDS,
    GLYPHS,
    GUARDED,
    LETTERS,
    PLAIN,
    SAID_IN_ADS,
)
from knowledge.matching.romanised import Romanised
from knowledge.matching.sounds import homophones_in, spelled_words

LONGEST = 10_000
"""Characters that are read; a tip is a leaflet or a chat, not a book. What lies beyond is cut, and `cut`
says so."""

_ROUNDS = 8
_CJK = "一-鿿㐀-䶿〇"
_SEPARATORS = " ·.*_~^|\\/-+#=`'\"<>•"
_GAP = re.compile(f"(?<=[{_CJK}])[{re.escape(_SEPARATORS)}]{{1,4}}(?=[{_CJK}])")
_BLANKS = re.compile(r"[ ]{2,}")
_WEIGHTS = {
    "hidden": 1.0, "separator": 1.0, "variant": 1.0, "pinyin": 1.0, "homophone": 1.0, "glyph": 1.0,
    "letter": 0.7, "emoji": 0.4, "romanised": 0.4, "form": 0.2, "traditional": 0.0,
}  # fmt: skip
"""How much each kind of folding speaks of intent. Traditional script is a region's habit, no disguise."""


@dataclass(frozen=True, slots=True)
class Normalized:
    """A canonical text. Character i of `text` came from raw[origins[i]:ends[i]]."""

    text: str
    origins: tuple[int, ...]
    ends: tuple[int, ...]
    foldings: dict[str, int]
    disguise: float
    cut: bool = False

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the raw text, half open; an empty range gives an empty span."""
        if not self.text or end <= start:
            at = self.origins[start] if start < len(self.origins) else (self.ends[-1] if self.ends else 0)
            return at, at
        return min(self.origins[start:end]), max(self.ends[start:end])


@functools.cache
def _opencc() -> OpenCC:
    return OpenCC("t2s")


@functools.lru_cache(maxsize=1 << 16)
def _fold_character(char: str) -> tuple[str, str]:
    """(what the character becomes, the kind of folding or "")."""
    if "一" <= char <= "鿿":
        simple = _opencc().convert(char)
        if simple != char and len(simple) == 1:
            return _fold_character(simple)[0], "traditional"
        return (GLYPHS[char], "glyph") if char in GLYPHS else (char, "")
    if char < "\x80":
        if char in "\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85":
            return "\n" if char == "\n" else " ", ""
        if char == "\t":
            return " ", ""
        return (char.lower(), "") if char >= " " and char != "\x7f" else ("", "")
    if char in EMOJI:
        return EMOJI[char], "emoji"
    if char in LETTERS:
        return LETTERS[char], "letter"
    category = unicodedata.category(char)
    if category == "Cf":
        return "", "hidden"
    if category in ("Cc", "Cs", "Co", "Cn", "Mn", "Me"):
        return "", ""
    if category in ("Zs", "Zl", "Zp"):
        return " ", ""
    folded = unicodedata.normalize("NFKD" if char < "\u2000" else "NFKC", char).lower()
    folded = "".join(
        c for c in folded if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cn", "Cc", "Cs", "Co")
    )
    if folded != char and not (len(folded) == 1 and folded == char.lower()):
        kind = "form" if category in ("No", "So", "Nl") or "\U0001d400" <= char <= "\U0001d7ff" else ""
        return "".join(_fold_character(c)[0] if c != char else c for c in folded), kind
    if category in ("So", "Sk", "Sm") or "\u16a0" <= char <= "\u16ff":
        return (char, "") if char == "♥" else (" ", "")
    if len(folded) == 1 and folded != char:  # a capital: its small letter may be one that only looks Latin
        return _fold_character(folded)
    return folded, ""


class _Tape:
    """The text being folded, with the raw range of each character."""

    __slots__ = ("counts", "ends", "starts", "text")

    def __init__(self, raw: str) -> None:
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        counts: Counter[str] = Counter()
        for index, char in enumerate(raw):
            folded, kind = _fold_character(char)
            if kind == "hidden" and not (
                0 < index < len(raw) - 1 and raw[index - 1].isalnum() and raw[index + 1].isalnum()
            ):
                kind = ""  # joiners inside emoji and a byte order mark in front are no disguise
            if kind:
                counts[kind] += 1
            if len(folded) == 1:
                text.append(folded)
                starts.append(index)
                ends.append(index + 1)
            else:
                text.extend(folded)
                starts.extend([index] * len(folded))
                ends.extend([index + 1] * len(folded))
        self.text = "".join(text)
        self.starts = starts
        self.ends = ends
        self.counts = counts

    def replace(self, changes: list[tuple[int, int, str]], kind: str) -> bool:
        """Replaces ranges (sorted, apart) and counts them as `kind` (not counted if ""). True if the text
        changed."""
        changes = [c for c in changes if self.text[c[0] : c[1]] != c[2]]
        if not changes:
            return False
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, new in changes:
            text.append(self.text[done:start])
            starts += self.starts[done:start]
            ends += self.ends[done:start]
            done = end
            if not new:
                continue
            text.append(new)
            if len(new) == end - start:
                starts += self.starts[start:end]
                ends += self.ends[start:end]
            else:  # no character of the new spelling has a source of its own: each stands for the whole
                starts += [self.starts[start]] * len(new)
                ends += [self.ends[end - 1]] * len(new)
        text.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        self.text = "".join(text)
        self.starts = starts
        self.ends = ends
        if kind:
            self.counts[kind] += len(changes)
        return True


def _folded(word: str) -> str:
    return "".join(_fold_character(c)[0] for c in word)


_PLAIN_TABLE = {_folded(found): plain for found, plain in PLAIN.items()}
_PLAIN_FINDER = StringFinder(_PLAIN_TABLE)
_SPELLED = spelled_words(FINANCE_WORDS)
_SPELLED_FINDER = StringFinder(_SPELLED)
_FINANCE_SET = frozenset(FINANCE_WORDS)
_ROMANISED = Romanised(FINANCE_WORDS, SAID_IN_ADS)
_ENGLISH = shipped_english()
_CANTONESE = shipped_cantonese()


def normalize(text: str) -> Normalized:
    """The canonical form of any text; never raises. Reads at most LONGEST characters."""
    cut = len(text) > LONGEST
    tape = _Tape(text[:LONGEST])
    tape.replace(_ENGLISH.words_in(tape.text), "")
    tape.replace(_CANTONESE.words_in(tape.text), "")
    tape.replace(_ROMANISED.words_in(tape.text), "romanised")
    for _ in range(_ROUNDS):
        before = tape.text
        _close_gaps(tape)
        tape.replace([(s, s + len(w), _PLAIN_TABLE[w]) for s, w in _apart(tape.text)], "variant")
        for pattern, plain in GUARDED:
            if pattern.search(tape.text):  # most find nothing in most texts
                tape.replace(
                    [
                        (m.start(), m.end(), plain * len(m.group()) if plain.isdigit() else plain)
                        for m in pattern.finditer(tape.text)
                    ],
                    "variant",
                )
        tape.replace(_pinyin(tape.text), "pinyin")
        tape.replace(homophones_in(tape.text), "homophone")
        if "♥" in tape.text:
            tape.replace([(i, i + 1, " ") for i, c in enumerate(tape.text) if c == "♥"], "")
        tape.replace([(m.start(), m.end(), " ") for m in _BLANKS.finditer(tape.text)], "")
        if tape.text == before:
            break
    hits = sum(_WEIGHTS.get(kind, 1.0) * min(count, 3) for kind, count in tape.counts.items())
    return Normalized(
        text=tape.text,
        origins=tuple(tape.starts),
        ends=tuple(tape.ends),
        foldings=dict(tape.counts),
        disguise=1.0 - 0.6**hits,
        cut=cut,
    )


def folded_text(text: str) -> str:
    """The canonical form alone."""
    return normalize(text).text


def _apart(text: str) -> list[tuple[int, str]]:
    """Known variants in the text, except such as stand inside a longer run of Latin letters or digits."""
    found = []
    for start, word in _PLAIN_FINDER.find_apart(text):
        end = start + len(word)
        if word[0].isascii() and start and _is_latin(text[start - 1]):
            continue
        if word[-1].isascii() and end < len(text) and _is_latin(text[end]):
            continue
        found.append((start, word))
    return found


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _close_gaps(tape: _Tape) -> None:
    """Joins Chinese characters that a separator parts; it is disguise only where a finance word was
    parted."""
    plain: list[tuple[int, int, str]] = []
    hiding: list[tuple[int, int, str]] = []
    text = tape.text
    for gap in _GAP.finditer(text):
        word = text[gap.start() - 1] + text[gap.end()]
        target = hiding if word in _FINANCE_SET else plain
        target.append((gap.start(), gap.end(), ""))
    if hiding:
        tape.counts["separator"] += len(hiding)
    tape.replace(sorted(plain + hiding), "")


def _pinyin(text: str) -> list[tuple[int, int, str]]:
    """Finance words of which some or all characters are written in pinyin: dai款, zheng信, xinyongka."""
    if not any("a" <= c <= "z" for c in text):
        return []
    changes = []
    for start, word in _SPELLED_FINDER.find_apart(text):
        end = start + len(word)
        if word[0].isascii() and start and _is_latin(text[start - 1]):
            continue
        if word[-1].isascii() and end < len(text) and _is_latin(text[end]):
            continue
        changes.append((start, end, _SPELLED[word]))
    return changes
