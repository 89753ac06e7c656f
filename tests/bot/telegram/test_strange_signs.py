"""Signs that a database refuses: whatever a person sends over Telegram, each message is answered and the tip is kept."""

from typing import Any

from sqlmodel import select

from bot.channels import ChannelName
from bot.telegram.channel import TelegramChannel
from entrypoints.desk import Desk
from reports.tables import Tip, WordsVersion
from tests.bot.chatting import AD
from tests.bot.telegram.conftest import AT, CHAT, Webhook, door_of, settings
from tests.peers.telegram import TelegramPeer

STRANGE = "\x00甲\x00\uffff乙\x00"


async def test_nul_is_no_fault_of_ours(desk: Desk, peer: TelegramPeer, channel: TelegramChannel) -> None:
    desk.channels[ChannelName.telegram] = channel
    async with door_of(desk.inbox, settings(peer), channel) as http:  # type: ignore[arg-type]
        hook = Webhook(peer, desk.inbox, http, channel.buttons)  # type: ignore[arg-type]

        async def sends(**content: Any) -> None:
            answer = await hook.deliver(peer.update(message=peer.message(CHAT, **content)))
            assert answer.status_code == 200
            assert answer.content or "media_group_id" in content

        first = peer.message(CHAT, text=f"{AD}{STRANGE}") | {"date": int(AT.timestamp())}
        for text in (STRANGE, "\x00", "/human", f"急{STRANGE}", "0", "/tip", "没有照片，用文字说"):
            await sends(text=text)
        await hook.deliver(peer.update(message=first))
        edited = first | {"text": f"{AD}改{STRANGE}", "edit_date": first["date"] + 9}
        assert (await hook.deliver(peer.update(edited_message=edited))).status_code == 200
        await hook.deliver(peer.photo(CHAT, b"jpeg", caption=STRANGE, media_group_id="1/2:3"))
        await sends(text="说完了，下一步")
        place = {"latitude": 23.1, "longitude": 113.3}
        venue = {"location": place, "title": f"东街{STRANGE}", "address": STRANGE}
        await sends(location=place, venue=venue)
        for text in (f"墙上{STRANGE}", "没有", STRANGE, "提交"):
            await sends(text=text)
        await sends(contact={"phone_number": f"13800138000{STRANGE}", "first_name": STRANGE})
        assert (await hook.deliver(peer.press(CHAT, f"a{STRANGE}"))).status_code == 200
    async with desk.reading() as session:
        (tip,) = (await session.exec(select(Tip))).all()
        (version,) = (await session.exec(select(WordsVersion))).all()
    for kept in (tip.words, tip.place_text, version.before, version.after):
        assert "\x00" not in kept
    assert "改" in tip.words
