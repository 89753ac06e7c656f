"""Segmenting with jieba, in a tokenizer of our own: its dictionary, our words, no global state."""

import atexit
import functools
import logging
import shutil
import tempfile
from collections.abc import Iterable

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

    jieba caches it under a fixed name in the system's temp folder, where another user's file could stand
    in its place: ours goes into a private folder that is removed at exit.
    """
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = _cache_folder()
    tokenizer.initialize()
    return tokenizer


@functools.cache
def _cache_folder() -> str:
    folder = tempfile.mkdtemp(prefix="qianshao-jieba-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.lru_cache(maxsize=1 << 16)
def is_word(text: str) -> bool:
    """True if the general dictionary has the text as a word of two characters or more."""
    return len(text) >= 2 and int(_base().FREQ.get(text, 0) or 0) >= _COMMON
