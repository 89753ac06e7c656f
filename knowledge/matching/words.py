"""Segmenting with jieba, in a tokenizer of our own: its dictionary, our words, no global state."""

import functools
import logging
from collections.abc import Collection, Iterable

import jieba

jieba.setLogLevel(logging.WARNING)

_COMMON = 3
"""A dictionary entry seen less often than this in jieba's corpus is as good as none."""


def new_tokenizer(words: Iterable[str] = ()) -> jieba.Tokenizer:
    """A tokenizer that also knows `words`; it starts from a copy of the one loaded dictionary."""
    base = _base()
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ = base.FREQ.copy()
    tokenizer.total = base.total
    tokenizer.initialized = True
    for word in words:
        if len(word) >= 2:
            tokenizer.add_word(word)
    return tokenizer


@functools.cache
def _base() -> jieba.Tokenizer:
    """The general dictionary, loaded once in a process.

    Made here and not by jieba, which takes nearly twice as long and leaves a cache under a fixed name in the system's
    temp folder, where another user's file could stand in its place (docs/decisions/0032-what-a-start-loads.md).
    """
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as file:
        fields = file.read().decode().split()  # on each line a word, how often it is seen, its part of speech
    counts = [int(count) for count in fields[1::3]]
    seen = dict(zip(fields[::3], counts, strict=True))
    beginnings: Collection[str] = seen
    while beginnings:  # jieba wants every beginning of a word to be there as well, seen never
        beginnings = [shorter for word in beginnings if (shorter := word[:-1]) not in seen]
        seen.update(dict.fromkeys(beginnings, 0))
    del seen[""]
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = seen, sum(counts), True
    return tokenizer


@functools.lru_cache(maxsize=1 << 16)
def is_word(text: str) -> bool:
    """True if the general dictionary has the text as a word of two characters or more."""
    return len(text) >= 2 and int(_base().FREQ.get(text, 0) or 0) >= _COMMON
