"""One-time notices (一次性订阅消息): the reporter agrees once, after a tip, and may be told once, whenever that is.

The link, the scene from 0 to 10,000 and the call back are those of the page on one-time subscription messages; one scene
counts once however often it is agreed to. A notice says only that there is news: never what the tip is about.
"""

import hashlib
import hmac
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, Protocol
from urllib.parse import quote

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts
from bot.channels import ChannelName
from bot.conversation.languages import Language
from bot.own_words import OwnWords
from bot.wechat.own_words import ASK_CONSENT
from bot.wechat.tables import WeChatConsent
from foundation.settings import WeChatSettings
from reports.vault import Vault

_ASKING: Final = "https://mp.weixin.qq.com/mp/subscribemsg"
CONSENT_PATH: Final = "/wechat/consent"
"""Where WeChat's page sends whoever was asked, below our public address."""
_SCENES: Final = 10_001
_MOST_KEPT: Final = 20
"""Consents of one person that are kept; nobody has more news than that waiting."""
TITLE: Final = OwnWords("举报进展", "Report news")
WORDS: Final = OwnWords(
    "您的举报有新进展。在这里回复任意一个字，就能看到。",
    "There is news of your report. Reply with any word here to see it.",
)
AGREED: Final = OwnWords(
    "好的，有新进展会告诉您一次。点左上角返回就行。",
    "All right, you will be told once when there is news. Tap the top left corner to go back.",
)
DECLINED: Final = OwnWords(
    "没关系。您随时发“查我的举报”就能看到进展。",
    "That is fine. Write “my reports” any time to see how yours stands.",
)


class ConsentDesk(Protocol):
    """What consents need at hand."""

    vault: Vault

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...


class Consents:
    """Who agreed to how many notices, of one account with one template."""

    def __init__(self, desk: ConsentDesk, settings: WeChatSettings) -> None:
        self._desk = desk
        self._app_id = settings.app_id
        self.template = settings.notice_template
        self._key = settings.token.get_secret_value().encode()

    def question(self, openid: str, occasion: str, back_to: str, *, beside: str) -> str:
        """The line that asks, with a link that only this person can use; `back_to` is our address for the answer,
        `beside` the text that the line follows.

        `occasion` (the message that led to it) makes the scene, so that the next tip's consent counts anew.
        """
        scene = int(hashlib.sha256(occasion.encode()).hexdigest()[:8], 16) % _SCENES
        parts = {
            "action": "get_confirm",
            "appid": self._app_id,
            "scene": str(scene),
            "template_id": self.template,
            "redirect_url": back_to,
            "reserved": self._proof(openid, str(scene)),
        }
        # WeChat shows what stands in a text's link as it is: an `&amp;` would become part of the next name.
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items())
        return ASK_CONSENT.beside(beside).format(address=f"{_ASKING}?{query}#wechat_redirect")

    async def answered(self, query: Mapping[str, str]) -> bool | None:
        """Notes the answer that WeChat's page sends back with the person; None where it is not one of ours."""
        openid, scene = query.get("openid", ""), query.get("scene", "")
        proof = self._proof(openid, scene)
        if not hmac.compare_digest(proof.encode(), query.get("reserved", "").encode("utf-8", "replace")):
            return None
        if query.get("template_id") != self.template or query.get("action") != "confirm":
            return False
        async with self._desk.transaction() as session:
            row = await self._row(session, openid)
            if row is None:
                return None
            scenes = [one for one in row.unused.split(",") if one]
            if scene not in scenes:
                row.unused = ",".join([*scenes, scene][-_MOST_KEPT:])
            session.add(row)
        return True

    async def use_one(self, openid: str) -> str | None:
        """The scene of a consent, which is used up with this; None where there is none."""
        if not self.template:
            return None
        async with self._desk.transaction() as session:
            row = await self._row(session, openid)
            if row is None or not row.unused:
                return None
            scene, _, rest = row.unused.partition(",")
            row.unused = rest
            session.add(row)
            return scene

    async def put_back(self, openid: str, scene: str) -> None:
        """It was not used after all."""
        async with self._desk.transaction() as session:
            row = await self._row(session, openid)
            if row is not None and scene not in row.unused.split(","):
                row.unused = ",".join(one for one in (scene, row.unused) if one)
                session.add(row)

    async def spoken_to(self, openid: str) -> Language:
        """The language that this person is spoken to in; the first of ours for somebody unknown."""
        async with self._desk.transaction() as session:
            known = await contacts.find(
                session, self._desk.vault, channel=ChannelName.wechat.value, address=openid
            )
        return Language.SIMPLIFIED if known is None else known.state.language

    def notice(self, openid: str, scene: str, language: Language) -> dict[str, Any]:
        """The body of `message/template/subscribe`."""
        return {
            "touser": openid,
            "template_id": self.template,
            "scene": scene,
            "title": TITLE.spoken(language),
            "data": {"content": {"value": WORDS.spoken(language)}},
        }

    def _proof(self, openid: str, scene: str) -> str:
        told = "\0".join(("consent", openid, scene, self.template)).encode("utf-8", "replace")
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()[:32]

    async def _row(self, session: AsyncSession, openid: str) -> WeChatConsent | None:
        known = await contacts.find(
            session, self._desk.vault, channel=ChannelName.wechat.value, address=openid
        )
        if known is None:
            return None
        found = await session.exec(
            select(WeChatConsent).where(col(WeChatConsent.contact_id) == known.contact_id).with_for_update()
        )
        return found.first() or WeChatConsent(contact_id=known.contact_id)
