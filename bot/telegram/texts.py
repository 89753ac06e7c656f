"""Replies as Telegram shows them: a message with a button for each choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.channels import Division
from bot.conversation.replies import Choice, Reply
from bot.cutting import cut, utf16_size
from bot.pictures import apart, words_first

MOST_UNITS = 4096
"""Characters of one message, counted in the larger way."""

MOST_CAPTION_UNITS = 1024

ButtonData = Callable[[Choice], str]
"""What the button of a choice carries, 1 to 64 bytes."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""The address of a fraud must not become a picture that invites."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of Telegram: text of at most 4,096 characters, and its buttons; or a picture with the text below it, of
    at most 1,024."""

    text: str
    keyboard: InlineKeyboardMarkup | None
    picture: str = ""


def divide(replies: Sequence[Reply]) -> Division:
    """What fits one message, which is what an answer to the webhook can hold, and the rest.

    Replies are joined while none but the last has buttons. A picture comes on its own.
    """
    with_words = words_first(replies)
    if with_words.later:
        words = divide([reply for reply in with_words.now if reply.text.strip() or _buttons(reply)])
        return Division(words.now, (*words.later, *with_words.later))
    now: list[Reply] = []
    for position, reply in enumerate(replies):
        if now and (_buttons(now[-1]) or utf16_size(_text([*now, reply])) > MOST_UNITS):
            return Division(tuple(now), tuple(replies[position:]))
        if utf16_size(_text([reply])) > MOST_UNITS:
            first = cut(reply.text, MOST_UNITS, utf16_size)[0]
            head = replace(reply, text=first, choices=(), standing=(), wants="")
            tail = replace(reply, text=reply.text.strip()[len(first) :].strip())
            return Division((head,), (tail, *replies[position + 1 :]))
        now.append(reply)
    return Division(tuple(now))


def messages(replies: Sequence[Reply], data: ButtonData) -> list[Message]:
    """The messages that say all of it."""
    said: list[Message] = []
    while replies:
        if replies[0].picture:
            said += _with_picture(replies[0], data)
            replies = replies[1:]
            continue
        shown = next((n for n, reply in enumerate(replies) if reply.picture), len(replies))
        division = divide(replies[:shown])
        replies = (*division.later, *replies[shown:])
        said.append(Message(_text(division.now), _keyboard(division.now[-1], data)))
    return said


def _with_picture(reply: Reply, data: ButtonData) -> list[Message]:
    """The words below the picture, or before it where they are too long to stand there."""
    words, picture = apart(reply)
    if utf16_size(words.text.strip()) <= MOST_CAPTION_UNITS:
        return [Message(words.text.strip(), _keyboard(words, data), reply.picture)]
    return [*messages([words], data), Message("", None, picture.picture)]


def _text(replies: Sequence[Reply]) -> str:
    text = "\n\n".join(stripped for stripped in (reply.text.strip() for reply in replies) if stripped)
    return text or "…"  # Telegram refuses an empty message, and the buttons must get through


def _buttons(reply: Reply) -> bool:
    return bool(reply.choices or reply.standing)


def _keyboard(reply: Reply, data: ButtonData) -> InlineKeyboardMarkup | None:
    if not _buttons(reply):
        return None
    rows = [[_button(choice, data)] for choice in reply.choices]
    if reply.standing:
        rows.append([_button(choice, data) for choice in reply.standing])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _button(choice: Choice, data: ButtonData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=choice.label, callback_data=data(choice))
