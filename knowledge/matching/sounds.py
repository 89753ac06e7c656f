"""Chinese by its sound: finance words written in pinyin, or with other characters of the same sound."""

import functools
import os
from collections.abc import Iterable
from itertools import product

from knowledge.matching.folding_tables import HOMOPHONE_TARGETS
from knowledge.matching.words import is_word

# Single characters are all that is asked for: without its 47,000 phrases the library loads in half the time. Whoever
# wants those has `pypinyin.load_phrases_dict`.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
from pypinyin import Style, pinyin

_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@functools.lru_cache(maxsize=1 << 15)
def syllable(char: str) -> str:
    """The toneless pinyin of one Chinese character; "" for anything else."""
    if not "一" <= char <= "鿿":
        return ""
    found = pinyin(char, style=Style.NORMAL, errors="ignore")
    return found[0][0] if found and found[0] else ""


@functools.lru_cache(maxsize=1 << 15)
def sound(char: str) -> str:
    """The syllable as many speakers hear it: zh/z, ch/c, sh/s and -ing/-in, -eng/-en fall together."""
    heard = syllable(char)
    for full, flat in _FUZZY:
        if heard.startswith(full):
            heard = flat + heard[2:]
    return heard[:-1] if heard.endswith(("ing", "eng")) else heard


def spelled_words(words: Iterable[str]) -> dict[str, str]:
    """Every spelling of each word in which some characters are pinyin: 贷款 → dai款, 贷kuan, daikuan.

    A spelling all in letters is kept only from seven letters up, since short ones collide with English
    and account names. One character may also stand as its initial (d款); in a word of two not as n or x,
    which people write for "some number".
    """
    spelled: dict[str, str] = {}
    for word in words:
        syllables = [syllable(c) for c in word]
        if not all(syllables) or len(word) > 5:
            continue
        for choice in product((False, True), repeat=len(word)):
            if not any(choice):
                continue
            text = "".join(s if pick else c for s, c, pick in zip(syllables, word, choice, strict=True))
            if all(choice) and len(text) < 7:
                continue
            spelled.setdefault(text, word)
        for at, heard in enumerate(syllables):
            if len(word) > 2 or heard[0] not in "nx":
                spelled.setdefault(word[:at] + heard[0] + word[at + 1 :], word)
    return spelled


_BY_SOUND: dict[tuple[str, ...], str] = {}
for _word in HOMOPHONE_TARGETS:
    _BY_SOUND.setdefault(tuple(sound(c) for c in _word), _word)
_HEADS: dict[str, tuple[int, ...]] = {}
for _key in _BY_SOUND:
    _HEADS[_key[0]] = tuple(sorted({*_HEADS.get(_key[0], ()), len(_key)}, reverse=True))
_TARGETS = frozenset(HOMOPHONE_TARGETS)


def homophones_in(text: str) -> list[tuple[int, int, str]]:
    """(start, end, plain word) where characters sound like a finance word and are no word themselves.

    Neither end may belong to a neighbouring word (新款|式 hides no 贷款), and a character that already
    belongs to a finance word is not taken for another: so undoing never undoes itself.
    """
    length = len(text)
    sounds = [sound(c) for c in text]
    taken: bytearray | None = None
    changes: list[tuple[int, int, str]] = []
    at = 0
    while at < length - 1:
        step = 1
        for size in _HEADS.get(sounds[at], ()):
            end = at + size
            if end > length:
                continue
            word = _BY_SOUND.get(tuple(sounds[at:end]))
            if word is None:
                continue
            found = text[at:end]
            taken = _taken(text) if taken is None else taken
            if found == word or any(taken[at:end]) or not _is_made_up(text, at, end, word):
                continue
            changes.append((at, end, word))
            step = size
            break
        at += step
    return changes


def _taken(text: str) -> bytearray:
    taken = bytearray(len(text))
    for size in (2, 3, 4):
        for at in range(len(text) - size + 1):
            if text[at : at + size] in _TARGETS:
                taken[at : at + size] = b"\1" * size
    return taken


def _is_made_up(text: str, start: int, end: int, word: str) -> bool:
    found = text[start:end]
    if is_word(found):
        return False
    same = sum(a == b for a, b in zip(found, word, strict=True))
    if same == 0 and end - start < 3:
        # Two wrong characters: sure only if at least one is too rare to be there for its meaning.
        return any(is_rare(c) for c in found)
    for left in (1, 2, 3):
        if start - left >= 0 and is_word(text[start - left : start + 1]):
            return False
    for right in (1, 2, 3):
        if end + right <= len(text) and is_word(text[end - 1 : end + right]):
            return False
    for inner in range(start + 1, end - 1):
        if is_word(text[inner : end + 1]) or is_word(text[start - 1 : inner + 1] if start else ""):
            return False
    return all(
        not (size >= 2 and is_word(text[at : at + size]))
        for size in (2, 3)
        for at in range(start, end - size + 1)
    )


@functools.lru_cache(maxsize=1 << 14)
def is_rare(char: str) -> bool:
    """A character outside GB 2312, which holds nearly all that ordinary writing needs."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
