"""Every kind of update that Telegram knows, and what becomes of it.

Telegram is asked for the kinds in `HEARD` alone (`allowed_updates`); a kind of `UNHEARD` that comes all the same is
answered with 200 and forgotten. A test holds both against aiogram's list, so that a kind which Telegram adds is looked
at by somebody before it is ignored.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiogram.enums import UpdateType

HEARD: Final[Mapping[UpdateType, str]] = MappingProxyType(
    {
        UpdateType.MESSAGE: "a private chat is the conversation; a message in a group is ignored and not kept",
        UpdateType.EDITED_MESSAGE: "the words of a draft or a tip get a version; a position that moves is ignored",
        UpdateType.CALLBACK_QUERY: "a pressed button is an answer; one that is too old gets the open question again",
        UpdateType.MY_CHAT_MEMBER: "who blocks the bot, or lets it in again, is noted; a group it is added to hears one line",
    }
)
"""Kinds that are asked for, and what they lead to."""

_NO_BUSINESS: Final = "the bot works for no business account"
_NO_GROUP: Final = "the bot is no member of groups or channels that it would read"
_NO_MONEY: Final = "nothing is sold, and no money is talked of in chat"

UNHEARD: Final[Mapping[UpdateType, str]] = MappingProxyType(
    {
        UpdateType.CHANNEL_POST: _NO_GROUP,
        UpdateType.EDITED_CHANNEL_POST: _NO_GROUP,
        UpdateType.BUSINESS_CONNECTION: _NO_BUSINESS,
        UpdateType.BUSINESS_MESSAGE: _NO_BUSINESS,
        UpdateType.EDITED_BUSINESS_MESSAGE: _NO_BUSINESS,
        UpdateType.DELETED_BUSINESS_MESSAGES: _NO_BUSINESS,
        UpdateType.GUEST_MESSAGE: "the bot is no guest in other chats: what is said there is not said to it",
        UpdateType.MESSAGE_REACTION: "a thumb is no answer; who means yes presses or writes",
        UpdateType.MESSAGE_REACTION_COUNT: _NO_GROUP,
        UpdateType.INLINE_QUERY: "nothing of a citizen's is offered in other chats",
        UpdateType.CHOSEN_INLINE_RESULT: "nothing of a citizen's is offered in other chats",
        UpdateType.SHIPPING_QUERY: _NO_MONEY,
        UpdateType.PRE_CHECKOUT_QUERY: _NO_MONEY,
        UpdateType.PURCHASED_PAID_MEDIA: _NO_MONEY,
        UpdateType.POLL: "questions are asked with buttons, not with polls",
        UpdateType.POLL_ANSWER: "questions are asked with buttons, not with polls",
        UpdateType.CHAT_MEMBER: _NO_GROUP,
        UpdateType.CHAT_JOIN_REQUEST: _NO_GROUP,
        UpdateType.CHAT_BOOST: _NO_GROUP,
        UpdateType.REMOVED_CHAT_BOOST: _NO_GROUP,
        UpdateType.MANAGED_BOT: "the bot manages no other bots",
        UpdateType.SUBSCRIPTION: _NO_MONEY,
        UpdateType.STOPPED_MESSAGE_GENERATION: "answers are sent whole, none is streamed",
    }
)
"""Kinds that are knowingly ignored, and why."""

ALLOWED: Final = tuple(kind.value for kind in HEARD)
"""What Telegram is asked to send: the parameter `allowed_updates`."""
