"""The day's jobs: once a day, whoever looks, and each does what it says."""

from datetime import datetime, timedelta

import httpx
from fastapi import FastAPI
from sqlmodel import select

from bot import abandoned
from bot.tables import Conversation
from entrypoints.daily import JOBS, Calendar
from entrypoints.desk import Desk
from foundation.clock import CHINA, now
from moderation import officers
from moderation.officers import Role
from moderation.tables import OfficerSession
from reports.tables import Evidence
from tests.bot.webchat.visiting import ADDRESS, Visitor
from tests.jobs import Jobs
from tests.leaflets import draw_leaflet


async def test_the_days_jobs_are_set_going_once_from_nine_on(desk: Desk, jobs: Jobs) -> None:
    today = datetime(2026, 3, 2, tzinfo=CHINA)
    one, other = Calendar(desk), Calendar(desk)
    assert not await one.look(today.replace(hour=8, minute=59))
    assert await one.look(today.replace(hour=9))
    assert not await one.look(today.replace(hour=10))
    assert await other.look(today.replace(hour=23))  # another worker: the same jobs, which are there already
    assert sorted(await jobs.waiting()) == [
        "bot.sweep_drafts:2026-03-02",
        "moderation.daily:2026-03-02",
        "telegram.forget_quiet_chats:2026-03-02",
        "wechat.forget_closed_windows:2026-03-02",
    ]
    assert await one.look(today + timedelta(days=1, hours=9))
    assert len(await jobs.waiting()) == 2 * len(JOBS)


async def _age(desk: Desk, *, file: int, talk: int) -> None:
    """Makes the only file, and the only conversation, so many days old."""
    async with desk.transaction() as session:
        row = (await session.exec(select(Evidence))).one()
        row.received_at = now() - timedelta(days=file)
        conversation = (await session.exec(select(Conversation))).one()
        conversation.updated_at = now() - timedelta(days=talk)
        session.add_all([row, conversation])


async def test_a_file_goes_when_nobody_came_back_to_its_draft_and_not_while_somebody_writes(
    app: FastAPI, desk: Desk, jobs: Jobs
) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as http:
        visitor = Visitor(http)
        await visitor.opens()
        await visitor.says("你好")
        await visitor.shows(draw_leaflet())
    for day, (file, talk, gone) in enumerate(((31, 1, False), (29, 29, False), (31, 31, True)), start=1):
        await _age(desk, file=file, talk=talk)
        async with desk.reading() as session:
            waiting = await abandoned.abandoned(session, before=now() - abandoned.DRAFT_KEPT)
        assert bool(waiting) is gone, (file, talk)
        await jobs.run(f"{abandoned.SWEEP}:2026-03-0{day}")
    await jobs.run_all()
    async with desk.reading() as session:
        row = (await session.exec(select(Evidence))).one()
        assert row.wrapped_key is None
        assert await abandoned.abandoned(session, before=now()) == []  # and never comes up again


async def test_sessions_of_long_ago_are_forgotten(desk: Desk, jobs: Jobs) -> None:
    async with desk.transaction() as session:
        added = await officers.add(session, login="li.na", name="李娜", role=Role.reviewer, at=now())
        for age in (29, 31):
            moment = now() - timedelta(days=age)
            session.add(
                OfficerSession(
                    token_hash=str(age), officer_id=added.officer.id, created_at=moment, last_seen_at=moment
                )
            )
    await jobs.run("moderation.daily:2026-03-02")
    async with desk.reading() as session:
        assert (await session.exec(select(OfficerSession.token_hash))).all() == ["29"]
