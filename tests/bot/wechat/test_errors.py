"""Every errcode that the API documents for us, with what becomes of the message, of the person and of the account: through
the outbox, its jobs and WeChat's API."""

from dataclasses import dataclass
from typing import Final

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot import contacts, outbox
from bot.channels import ChannelName, Priority
from bot.conversation.messages import Said
from bot.conversation.replies import Choice, Reply
from bot.tables import OutboxMessage
from bot.wechat.channel import WeChatChannel
from bot.wechat.ledger import Act, opening
from entrypoints.desk import Desk
from foundation.clock import now
from reports import evidence
from reports.tables import Evidence
from tests.bot.chatting import Person, heard
from tests.bot.wechat.conftest import AT, OPENID, Clock, User
from tests.jobs import Jobs
from tests.peers.wechat import WeChatPeer

SEND = "/cgi-bin/message/custom/send"
TOKEN = "/cgi-bin/stable_token"
NEWS = Reply("您的举报有新进展。", (Choice("a", "知道了"), Choice("b", "再说一遍")))


@dataclass(frozen=True)
class Becomes:
    """What one errcode leads to: the message's state, seconds until the next try, what the operator hears of, whether the
    person counts as gone, and how many calls it took."""

    state: str
    pause: float | None = None
    fault: str = ""
    gone: bool = False
    calls: int = 1
    fetches: int = 1


ROWS: Final = {
    -1: Becomes("waiting", pause=1),
    40003: Becomes("held", gone=True),
    40164: Becomes("waiting", pause=600, fault="account"),
    89503: Becomes("waiting", pause=600, fault="account"),
    61004: Becomes("waiting", pause=600, fault="account"),
    40243: Becomes("waiting", pause=600, fault="account"),
    89506: Becomes("waiting", pause=600, fault="account"),
    47003: Becomes("waiting", pause=600, fault="account"),
    40200: Becomes("sent", fault="options", calls=2),
    43004: Becomes("held"),
    43019: Becomes("held"),
    48004: Becomes("held", fault="messages"),
    50002: Becomes("held", gone=True),
    45015: Becomes("held"),
    45047: Becomes("held"),
    43101: Becomes("held", gone=True),
    48002: Becomes("held", gone=True),
    45009: Becomes("waiting", pause=3600),
    45011: Becomes("waiting", pause=60),
    48001: Becomes("held", fault="messages"),
    40001: Becomes("sent", calls=2, fetches=2),
    40014: Becomes("sent", calls=2, fetches=2),
    41001: Becomes("sent", calls=2, fetches=2),
    42001: Becomes("sent", calls=2, fetches=2),
    99999: Becomes("waiting", pause=1),
}


@dataclass
class Outgoing:
    """One person with an open window, and what is owed to them."""

    desk: Desk
    jobs: Jobs
    peer: WeChatPeer
    channel: WeChatChannel
    user: User

    async def owe(self, reply: Reply = NEWS) -> None:
        await self.user.acts()
        async with self.desk.transaction() as session:
            known = await contacts.recognise(
                session, self.desk.vault, channel="wechat", address=OPENID, at=now()
            )
            await outbox.owe(session, known, [reply], cause="news", priority=Priority.notice, at=now())
        await self.jobs.run_all()

    async def row(self) -> OutboxMessage:
        async with self.desk.reading() as session:
            return (await session.exec(select(OutboxMessage))).one()

    async def pause(self) -> float | None:
        """Whole seconds until the job that tries again: the queue notes the second in which a job was made."""
        async with self.desk.reading() as session:
            rows = await (await session.connection()).execute(
                text(
                    "SELECT delay_until_epoch_ms - created_at FROM workflow_status"
                    " WHERE status = 'DELAYED' ORDER BY created_at DESC"
                )
            )
            first = rows.first()
        return None if first is None else float(first[0] // 1000)

    async def is_gone(self) -> bool:
        async with self.desk.reading() as session:
            known = await contacts.find(session, self.desk.vault, channel="wechat", address=OPENID)
        assert known is not None
        return known.unreachable


@pytest.fixture
def outgoing(desk: Desk, jobs: Jobs, peer: WeChatPeer, channel: WeChatChannel, user: User) -> Outgoing:
    desk.channels[ChannelName.wechat] = channel
    return Outgoing(desk, jobs, peer, channel, user)


@pytest.mark.parametrize("code", ROWS)
async def test_each_errcode_of_a_message_has_its_action(outgoing: Outgoing, code: int) -> None:
    becomes = ROWS[code]
    outgoing.peer.fail(SEND, code)
    await outgoing.owe()
    row = await outgoing.row()
    assert (row.state, await outgoing.is_gone()) == (becomes.state, becomes.gone)
    assert await outgoing.pause() == (
        None if becomes.pause is None else pytest.approx(becomes.pause, abs=0.5)
    )
    faults = [(fault.part, fault.errcode) for fault in await outgoing.channel.operating.faults()]
    assert faults == ([(becomes.fault, code)] if becomes.fault else [])
    assert len(outgoing.peer.calls_of(SEND)) == becomes.calls
    assert outgoing.peer.token_fetches == becomes.fetches
    if becomes.state == "sent":
        assert outgoing.peer.texts_to(OPENID)[-1].startswith(NEWS.text)
    if becomes.state == "waiting":  # what was put off goes out when its time has come, and no second time
        await outgoing.user.acts()
        await outgoing.jobs.run_all(delayed=True)
        assert (await outgoing.row()).state == "sent"
        assert len(outgoing.peer.texts_to(OPENID)) == 1


async def test_busy_wechat_is_asked_again_after_one_two_and_four_seconds(outgoing: Outgoing) -> None:
    outgoing.peer.fail(SEND, -1, -1, -1)
    await outgoing.owe()
    pauses = []
    for _ in range(3):
        pauses.append(await outgoing.pause())
        [waiting] = await outgoing.jobs.waiting(delayed=True)
        await outgoing.jobs.run(waiting)
    assert pauses == [1, 2, 4]
    assert (await outgoing.row()).state == "sent"


@pytest.mark.parametrize("code", [40001, 40014, 41001, 42001])
async def test_token_that_is_refused_twice_is_told_to_the_operator_and_tried_later(
    outgoing: Outgoing, code: int
) -> None:
    outgoing.peer.fail(SEND, code, code)
    await outgoing.owe()
    assert ((await outgoing.row()).state, await outgoing.pause()) == ("waiting", 600)
    assert [(fault.part, fault.errcode) for fault in await outgoing.channel.operating.faults()] == [
        ("account", code)
    ]


@pytest.mark.parametrize("code", [45002, 45008])
async def test_message_that_is_too_long_is_split(outgoing: Outgoing, code: int) -> None:
    outgoing.peer.fail(SEND, code)
    words = "这是一句话。" * 60
    await outgoing.owe(Reply(words))
    assert (await outgoing.row()).state == "sent"
    assert len(outgoing.peer.texts_to(OPENID)) == 2
    assert "".join(outgoing.peer.texts_to(OPENID)) == words


@pytest.mark.parametrize("code", [40003, 43004, 43101, 45015, 45047, 48001, 48002])
async def test_message_that_may_not_go_now_goes_when_the_person_writes(
    outgoing: Outgoing, clock: Clock, code: int
) -> None:
    outgoing.peer.fail(SEND, code)
    await outgoing.owe()
    assert outgoing.peer.sent == []
    outgoing.peer.user_acts(OPENID)
    person = Person(outgoing.desk, OPENID, ChannelName.wechat, at=AT)
    said = person.arrival(Said("你好"), beside=opening(Act.message, clock.moment()))
    answer = heard(await outgoing.desk.inbox.take_in(said))
    assert NEWS.text in answer
    assert not await outgoing.is_gone()  # whoever writes can be reached


async def test_file_whose_id_has_ended_is_told_to_the_citizen_and_to_the_officer(
    outgoing: Outgoing,
) -> None:
    await outgoing.user.acts()
    person = Person(outgoing.desk, OPENID, ChannelName.wechat)
    await person.sends_file(outgoing.peer.keep(b"photo"))
    outgoing.peer.fail("/cgi-bin/media/get", 40007)
    await outgoing.jobs.run_all()
    async with outgoing.desk.reading() as session:
        row = (await session.exec(select(Evidence))).one()
    assert (row.state, row.refusal) == (evidence.EvidenceState.lost, "附件已过期")
    assert len(outgoing.peer.texts_to(OPENID)) == 1
