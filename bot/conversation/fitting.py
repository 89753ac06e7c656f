"""Makes a reply fit its style: what is too much for one message is held for the next."""

import re
from dataclasses import dataclass, replace
from typing import Final

from bot.conversation.replies import Choice, Reply
from bot.conversation.state import Held, Style

MORE: Final = "more"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message of a style may hold."""

    characters: int
    choices: int


LIMITS: Final = {
    Style.ORDINARY: Limits(characters=480, choices=8),
    Style.BIG: Limits(characters=80, choices=3),
}
"""大字版: 80 characters and three options, besides 返回 and 人工. Ordinary: eight options, because 9 is
人工; and 480 characters, so that text, options and footer stay under WeChat's 600 characters and 2,048
bytes."""


def fit(reply: Reply, style: Style, more: Choice, rest: Choice) -> tuple[Reply, Held]:
    """The part of the reply to show now, and what is held back.

    `more` is the choice that shows the next page, `rest` the one that shows further options; both have the
    id `MORE`."""
    limits = LIMITS[style]
    pages = split(reply.text, limits.characters)
    if len(pages) > 1 and reply.standing:
        return replace(reply, text=pages[0], choices=(more,)), Held(tuple(pages[1:]), reply.choices)
    if len(reply.choices) > limits.choices:
        shown = limits.choices - 1
        return replace(reply, choices=(*reply.choices[:shown], rest)), Held((), reply.choices[shown:])
    return reply, Held()


_SENTENCE = re.compile(r".+?(?:[。！？!?；\n]+[”」）]?\s*|[.;](?:\s+|$)|$)", re.DOTALL)
_PART = re.compile(r".+?(?:[，、：]+|[,:]\s+|$)", re.DOTALL)
_WORDS = re.compile(r"\S+\s*|\s+")


def split(text: str, limit: int) -> list[str]:
    """The text in pages of at most `limit` characters, cut at sentence ends, else at commas, else
    anywhere."""
    if len(text) <= limit:
        return [text]
    pages: list[str] = []
    page = ""
    for piece in _pieces(text, limit):
        if page and len((page + piece).strip()) > limit:
            pages.append(page.strip())
            page = ""
        page += piece
    if page.strip():
        pages.append(page.strip())
    return pages or [text[:limit]]


def _pieces(text: str, limit: int) -> list[str]:
    pieces: list[str] = []
    for sentence in filter(None, _SENTENCE.findall(text)):
        if len(sentence) <= limit:
            pieces.append(sentence)
            continue
        for part in filter(None, _PART.findall(sentence)):
            for word in [part] if len(part) <= limit else _WORDS.findall(part):
                pieces.extend(word[i : i + limit] for i in range(0, len(word), limit))
    return pieces
