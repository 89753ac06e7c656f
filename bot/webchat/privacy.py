"""The page on privacy: what `/privacy` says in every chat, and what a platform wants to see at an address of its own."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from bot.conversation.state import Style
from bot.conversation.wording import phrases
from bot.own_words import OwnWords
from bot.webchat.shell import HEADERS, asset
from bot.webchat.words import read_by, spoken

SECTIONS: Final = ("kept", "seen", "yours", "telegram", "cookie")

WORDS: Final[Mapping[str, OwnWords]] = MappingProxyType(
    {
        "title": OwnWords("您的信息怎么保密", "How you are kept secret"),
        "kept": OwnWords("我们记下什么", "What is kept"),
        "kept_text": OwnWords(
            "您发来的话、照片和位置，从哪个渠道、什么时候发来的。您的聊天账号加密保存，只用来给您回话。",
            "What you write, your photos and positions, when they came and over which channel. Your chat account is kept "
            "encrypted, and only to answer you.",
        ),
        "seen": OwnWords("谁看得到", "Who sees it"),
        "seen_text": OwnWords(
            "核实线索的工作人员看得到您说的话和照片，看不到您是谁：他们的页面上没有。他们做的决定都有记录。",
            "Officers see what you said and your photos, not who you are: no page of theirs shows it. Their decisions are on record.",
        ),
        "yours": OwnWords("您可以做什么", "What you can do"),
        "yours_text": OwnWords(
            "发“删掉我的资料”：对话和没交的内容都删掉；已经交的线索按规定保存，不再连着您。在微信上取消关注也一样，"
            "只是奖励还在办的，加密留着等您再来。",
            "Send “delete my data”: the chat and what was not submitted are deleted; a submitted tip stays as the law wants it, "
            "no longer tied to you. Unfollowing on WeChat does the same; only who has a reward on its way stays, encrypted.",
        ),
        "telegram": OwnWords("在 Telegram 上", "On Telegram"),
        "telegram_text": OwnWords(
            "那里的消息存在境外。请不要在那里发姓名、自己的电话、证件号和卡号。",
            "What is written there lies abroad. Please send no name, telephone of your own, document or card number there.",
        ),
        "cookie": OwnWords("网页对话", "The web chat"),
        "cookie_text": OwnWords(
            "网页用一个 Cookie 认出您是同一个人，别的网站读不到它。没有广告，也不统计您看了什么。",
            "One cookie tells the page that you are the same person; no other site can read it. There are no advertisements, and "
            "nobody counts what you look at.",
        ),
        "to_the_chat": OwnWords("去对话", "To the chat"),
    }
)
"""What the page says beyond the conversation's own sentences on privacy."""

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def build_privacy() -> APIRouter:
    """The route of the page; it knows nobody and keeps nothing."""
    router = APIRouter(prefix="/chat", tags=["webchat"])
    templates = Jinja2Templates(Path(__file__).parent / "templates")

    @router.get("/privacy", response_class=HTMLResponse)
    async def page(
        request: Request,
        lang: Annotated[str, Query(max_length=20)] = "",
        accept_language: Annotated[str, Header()] = "",
    ) -> Response:
        """In the language that is asked for or that the browser prefers."""
        language = read_by(lang or accept_language)
        promised = phrases(language, Style.ORDINARY)["privacy.text"].splitlines()
        return templates.TemplateResponse(
            request,
            "privacy.html",
            {
                "asset": asset, "language": language.value, "say": spoken(WORDS, language), "promised": promised,
                "sections": SECTIONS,
            },
            headers={**HEADERS, "Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"},
        )  # fmt: skip

    return router
