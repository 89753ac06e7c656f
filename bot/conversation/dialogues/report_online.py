"""Whether a story tells by itself that it came over the phone or the net: then nobody is asked on which street it was.

Only where nothing else is named: who was given a leaflet at the market and then called was at the market.
"""

import re
from dataclasses import replace
from typing import Final

from bot.conversation import told, vocabulary
from bot.conversation.state import Draft
from bot.conversation.turn import Turn
from bot.conversation.understanding import fold

_WHOM: Final = "(?:我|俺|咱|他|她|您|你|老伴|老头|(?:我|俺)?(?:妈|爸|爹|娘|奶奶|爷爷|姥姥|姥爷|外婆|外公|公公|婆婆|女儿|儿子|闺女))"
_CAME_BY: Final = (
    (
        "sms",
        f"(?:给|跟|朝|往){_WHOM}们?家?打(?:来|过|了)?(?:个|一个|好几个)?电话|打(?:来|了个|过来)?电话(?:来|说|问|让|叫|给{_WHOM})|(?:接|收)到.{{0,8}}(?:电话|短信)|来电话|电话里(?:说|讲)"
        f"|(?:给|跟){_WHOM}发.{{0,3}}短信|短信(?:里|上)?(?:说|写|让|叫)|打電話"
        r"|\b(?:called|phoned|rang|texted) (?:me|us|my \w+)\b|\b(?:phone|got a|received a) call\b|\btext message\b|\bsms\b",
    ),
    (
        "wechat_group",
        f"(?:微信|qq|聊天|业主|老乡|理财|投资|股票|学习)?群(?:里|内)|拉(?:{_WHOM}|大家|人)?(?:进|入|到)(?:了)?.{{0,6}}群|朋友圈|微信上|(?:加|聊).{{0,4}}微信(?:以后|之后|后)"
        r"|\b(?:wechat|whatsapp|telegram|chat) (?:group|message)|\b(?:on|over|by) (?:wechat|whatsapp|telegram)\b",
    ),
    (
        "short_video",
        r"抖音|快手|短视频|视频号|小红书|直播间?(?:里|说|卖|带)|(?:手机|网)上(?:刷|看|弹)|刷(?:到|手机)|\b(?:tiktok|douyin|youtube|livestream|online ad)\b",
    ),
)
_FORMS: Final = tuple((code, re.compile(form)) for code, form in _CAME_BY)


def came_by(turn: Turn, draft: Draft) -> Draft | None:
    """The draft with the kind of place and “over the phone or net” noted; None where its words do not tell it, or where a
    place is told, or asked of pictures."""
    if draft.kind != "words" or draft.medium or draft.place_text or draft.latitude is not None:
        return None
    if told.sounds_like_place(draft.words) or _names_a_place_of_ads(turn, draft.words):
        return None
    heard = fold(draft.words)
    code = next((code for code, form in _FORMS if form.search(heard) and turn.book.medium(code)), None)
    if code is None:
        return None
    return replace(draft, medium=code, place_text=turn.noted("report.place_online"))


def _names_a_place_of_ads(turn: Turn, words: str) -> bool:
    """Whether a kind of place is named that one can stand before: a wall, a leaflet, a lecture."""
    offline = {
        medium.code: (*medium.names, *vocabulary.MEDIUM_WORDS.get(medium.code, ()))
        for medium in turn.book.mediums
        if not medium.online and medium.code not in ("other", "acquaintance")
    }
    return bool(told.mediums_in(words, offline))
