"""Every kind of update that Telegram knows, and what becomes of it.

Telegram is asked for the kinds in `HEARD` alone (`allowed_updates`); a kind of `UNHEARD` that comes all the same is
answered with 200 and forgotten. A test holds both against aiogram's list, so that a kind which Telegram adds is looked
at by somebody before it is ignored.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiogram.enums import ContentType, UpdateType

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

NOTES: Final = frozenset(
    {
        ContentType.NEW_CHAT_MEMBERS,
        ContentType.LEFT_CHAT_MEMBER,
        ContentType.CHAT_OWNER_LEFT,
        ContentType.CHAT_OWNER_CHANGED,
        ContentType.NEW_CHAT_TITLE,
        ContentType.NEW_CHAT_PHOTO,
        ContentType.DELETE_CHAT_PHOTO,
        ContentType.GROUP_CHAT_CREATED,
        ContentType.SUPERGROUP_CHAT_CREATED,
        ContentType.CHANNEL_CHAT_CREATED,
        ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
        ContentType.MIGRATE_TO_CHAT_ID,
        ContentType.MIGRATE_FROM_CHAT_ID,
        ContentType.PINNED_MESSAGE,
        ContentType.SUCCESSFUL_PAYMENT,
        ContentType.REFUNDED_PAYMENT,
        ContentType.USERS_SHARED,
        ContentType.USER_SHARED,
        ContentType.CHAT_SHARED,
        ContentType.GIFT_UPGRADE_SENT,
        ContentType.CONNECTED_WEBSITE,
        ContentType.WRITE_ACCESS_ALLOWED,
        ContentType.PASSPORT_DATA,
        ContentType.PROXIMITY_ALERT_TRIGGERED,
        ContentType.BOOST_ADDED,
        ContentType.CHAT_BACKGROUND_SET,
        ContentType.CHECKLIST_TASKS_DONE,
        ContentType.CHECKLIST_TASKS_ADDED,
        ContentType.DIRECT_MESSAGE_PRICE_CHANGED,
        ContentType.FORUM_TOPIC_CREATED,
        ContentType.FORUM_TOPIC_EDITED,
        ContentType.FORUM_TOPIC_CLOSED,
        ContentType.FORUM_TOPIC_REOPENED,
        ContentType.GENERAL_FORUM_TOPIC_HIDDEN,
        ContentType.GENERAL_FORUM_TOPIC_UNHIDDEN,
        ContentType.GIVEAWAY_CREATED,
        ContentType.GIVEAWAY_COMPLETED,
        ContentType.MANAGED_BOT_CREATED,
        ContentType.PAID_MESSAGE_PRICE_CHANGED,
        ContentType.POLL_OPTION_ADDED,
        ContentType.POLL_OPTION_DELETED,
        ContentType.SUGGESTED_POST_APPROVED,
        ContentType.SUGGESTED_POST_APPROVAL_FAILED,
        ContentType.SUGGESTED_POST_DECLINED,
        ContentType.SUGGESTED_POST_PAID,
        ContentType.SUGGESTED_POST_REFUNDED,
        ContentType.VIDEO_CHAT_SCHEDULED,
        ContentType.VIDEO_CHAT_STARTED,
        ContentType.VIDEO_CHAT_ENDED,
        ContentType.VIDEO_CHAT_PARTICIPANTS_INVITED,
        ContentType.WEB_APP_DATA,
        ContentType.COMMUNITY_CHAT_ADDED,
        ContentType.COMMUNITY_CHAT_REMOVED,
        ContentType.COMMUNITY_CHAT_JOINED,
    }
)
"""Contents of a message that are a note of Telegram's about the chat, or come of a button that the bot never shows: nobody
waits for an answer. Whatever else a message holds is somebody's act and is answered."""
