"""Groups: whoever adds the bot to one hears a single line there, and nothing of a group is ever read or kept."""

from typing import Final

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberRestricted, ChatMemberUnion, ChatMemberUpdated

from bot.conversation.languages import guessed_from_tag
from bot.own_words import OwnWords

ONLY_IN_PRIVATE: Final = OwnWords(
    "您好，我只在私聊里帮忙：点我的头像，发一句“你好”。群里的话我不看，也不存。",
    "Hello. I help in private chats only: tap my picture and send me “hello”. I read and keep nothing of this group.",
)

_GROUPS: Final = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_IN: Final = frozenset({ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.CREATOR})


def line_for(change: ChatMemberUpdated) -> str:
    """What the group hears of the bot that has just come in; empty for any other change."""
    came_in = not _is_in(change.old_chat_member) and _is_in(change.new_chat_member)
    if change.chat.type not in _GROUPS or not came_in:
        return ""
    return ONLY_IN_PRIVATE.spoken(guessed_from_tag(change.from_user.language_code or ""))


def _is_in(member: ChatMemberUnion) -> bool:
    return member.is_member if isinstance(member, ChatMemberRestricted) else member.status in _IN
