"""What a message says: what is written in it, and what stands behind the writing where a person sees it only by pressing.

An ad that somebody passes on hides its address behind “点这里” or a button below, and whoever asks about an ad quotes it and
writes “靠谱吗” beside it. Both are of what is told, and a tip without them leads nowhere.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from aiogram.types import Contact, Message

from bot.conversation.despair import despair_in_names


def words_of(message: Message) -> str:
    """All words of the message, its hidden addresses below them; empty where it has none."""
    if message.checklist is not None:
        return _lines(message.checklist.title, *(task.text for task in message.checklist.tasks))
    if message.rich_message is not None:
        return _lines(*_written(message.rich_message.model_dump(exclude_none=True)["blocks"]))
    if message.contact is not None:
        return "" if is_own_card(message) else _card(message.contact)
    text = message.text if message.text is not None else message.caption or ""
    hidden = [address for address in _behind(message) if address.split()[-1] not in text]
    return _lines(_quoted(message), text, *dict.fromkeys(hidden)) if hidden or _quoted(message) else text


def is_own_card(message: Message) -> bool:
    """Whether somebody sent the contact card of themselves; any other's is of whoever is behind an ad."""
    card, sender = message.contact, message.from_user
    return card is not None and sender is not None and card.user_id == sender.id


def _card(card: Contact) -> str:
    return " ".join(filter(None, (card.first_name, card.last_name, card.phone_number)))


def cry_in_names(message: Message) -> str:
    """What is no word of the message but may be a cry: the name of a file, a card, what a poll is explained by."""
    files = (message.document, message.audio, message.video, message.animation)
    names = [one.file_name for one in files if one is not None]
    if (song := message.audio) is not None:
        names += [song.title, song.performer]
    if (card := message.contact) is not None:
        names += [f"{card.first_name} {card.last_name or ''}", *_VALUES.findall(card.vcard or "")]
    if (poll := message.poll) is not None:
        names.append(poll.explanation)
    return despair_in_names(*names)


_VALUES: Final = re.compile(r"(?m)^[A-Z][^:\n]*:(.+?)\r?$")
"""The values of a vCard (RFC 6350), a line each."""


def question_of(message: Message) -> str:
    """The words of a poll that somebody made or passed on."""
    poll = message.poll
    return "" if poll is None else _lines(poll.question, *(option.text for option in poll.options))


def _quoted(message: Message) -> str:
    """What is quoted of another chat; what was said in this one is known already."""
    if message.external_reply is None or message.quote is None:
        return ""
    return message.quote.text


def _behind(message: Message) -> Iterator[str]:
    for entity in (*(message.entities or ()), *(message.caption_entities or ())):
        if entity.url:
            yield entity.url
    for row in message.reply_markup.inline_keyboard if message.reply_markup is not None else ():
        for button in row:
            if button.url:
                yield f"{button.text} {button.url}"


def _written(part: Any) -> Iterator[str]:
    """The texts in blocks of a rich message, a line each."""
    if isinstance(part, list):
        for one in part:
            yield from _written(one)
    elif isinstance(part, dict):
        for name in ("summary", "text"):
            if name in part:
                yield _inline({"text": part[name], "url": part.get("url", "")})
        for name, inside in part.items():
            if name not in ("summary", "text"):
                yield from _written(inside)


def _inline(text: Any) -> str:
    if isinstance(text, list):
        return "".join(_inline(one) for one in text)
    if isinstance(text, dict):
        said, address = _inline(text.get("text", "")), text.get("url", "")
        return f"{said} {address} " if address and address not in said else said
    return str(text)


def _lines(*texts: str) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())
