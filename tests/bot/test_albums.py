"""Albums: pictures that come one by one are one message, answered once, whatever happens meanwhile."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.albums import CLOSE_ALBUM
from bot.channels import RemoteMedia, Taken
from bot.conversation.messages import Said
from bot.tables import OutboxMessage
from entrypoints.desk import Desk
from foundation.clock import now
from reports.tables import Evidence, Tip
from tests.bot.chatting import Person, ScriptedChannel, heard
from tests.jobs import Jobs
from tests.leaflets import draw_leaflet

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def sends_piece(
    person: Person, ref: str, album: str = "a1", words: str = "", wait: float = 0.3
) -> Taken:
    """One picture of an album, so many seconds after the last message."""
    person.at += timedelta(seconds=wait - 5)
    media = (RemoteMedia("picture", ref),)
    arrival = person.arrival(Said(words) if words else None, media=media, album=album)
    return await person.desk.inbox.take_in(arrival)


async def looks(jobs: Jobs) -> list[str]:
    """The looks at albums that wait."""
    return [one for one in await jobs.waiting(delayed=True) if one.startswith(CLOSE_ALBUM)]


async def test_nine_pictures_get_one_answer(
    desk: Desk, person: Person, platform: ScriptedChannel, jobs: Jobs
) -> None:
    taken = [await sends_piece(person, f"p{n}", words="村口墙上" if n == 0 else "") for n in range(9)]
    assert [heard(one) for one in taken] == [""] * 9
    for look in await looks(jobs):  # a killed worker runs some of them again, and late
        await jobs.run(look)
    await jobs.run_all(but=("bot.fetch_media",))
    ((_, said),) = platform.sent
    assert "收到 9 张照片" in said
    async with desk.reading() as session:
        assert len((await session.exec(select(Evidence))).all()) == 9
        assert len((await session.exec(select(OutboxMessage))).all()) == 1


@ONE_DATABASE
async def test_two_albums_that_come_in_between_each_other_lose_no_picture(
    desk: Desk, person: Person, platform: ScriptedChannel, jobs: Jobs
) -> None:
    for n, album in enumerate("abab"):
        await sends_piece(person, f"p{n}", album=album, words="村口墙上" if n == 1 else "")
    await jobs.run_all(delayed=True, but=("bot.fetch_media",))
    assert ["收到 4 张照片" in said for _, said in platform.sent] == [True]
    said = await person.says("举报它", "东街菜市场门口", "墙上", "没有了")
    assert "照片和文件：4 份" in said
    await person.says("提交")
    await sends_piece(person, "p4", album="a")  # a late piece of the first one still finds its tip
    await jobs.run_all(delayed=True, but=("bot.fetch_media",))
    async with desk.reading() as session:
        (tip,) = (await session.exec(select(Tip))).all()
        files = (await session.exec(select(Evidence).where(col(Evidence.tip_id) == tip.id))).all()
    assert len(files) == 5


@ONE_DATABASE
async def test_only_the_look_after_the_last_piece_takes_the_album(
    person: Person, platform: ScriptedChannel, jobs: Jobs
) -> None:
    person.at = now()  # jobs look at the real clock
    await sends_piece(person, "p0")
    (first,) = await looks(jobs)
    await sends_piece(person, "p1")
    await jobs.run(first)
    await jobs.run_all(but=("bot.fetch_media", CLOSE_ALBUM))
    assert platform.sent == []
    await jobs.run_all(delayed=True, but=("bot.fetch_media",))
    assert ["收到 2 张照片" in said for _, said in platform.sent] == [True]


@ONE_DATABASE
async def test_whoever_goes_on_at_once_means_the_pictures_to_be_there(
    person: Person, platform: ScriptedChannel, jobs: Jobs
) -> None:
    for n in range(3):
        await sends_piece(person, f"p{n}")
    said = await person.says("举报它")
    assert "在哪里看到的" in said
    await jobs.run_all(delayed=True, but=("bot.fetch_media",))
    assert platform.sent == []  # nothing is said a second time
    said = await person.says("东街菜市场门口", "墙上", "没有了")
    assert "照片和文件：3 份" in said


@ONE_DATABASE
async def test_later_piece_joins_the_draft(person: Person, platform: ScriptedChannel, jobs: Jobs) -> None:
    await sends_piece(person, "p0")
    await person.says("举报它")
    await sends_piece(person, "p1", wait=30)
    await jobs.run_all(delayed=True, but=("bot.fetch_media",))
    assert "现在有 2 张" in platform.sent[-1][1]


async def test_later_piece_joins_the_tip_already_submitted(
    desk: Desk, person: Person, platform: ScriptedChannel, jobs: Jobs
) -> None:
    platform.files = {"p0": draw_leaflet(), "p1": draw_leaflet(angle=2)}
    await sends_piece(person, "p0")
    said = await person.says("举报它", "东街菜市场门口", "墙上", "没有了", "提交")
    assert "回执号" in said
    await jobs.run_all(delayed=True)
    await sends_piece(person, "p1", wait=120)
    await jobs.run_all(delayed=True)
    async with desk.reading() as session:
        (tip,) = (await session.exec(select(Tip))).all()
        files = (await session.exec(select(Evidence).where(col(Evidence.tip_id) == tip.id))).all()
        assert len(files) == 2
    assert "补上了" in "\n".join(said for _, said in platform.sent)


@ONE_DATABASE
async def test_piece_of_long_ago_is_a_picture_of_its_own(
    desk: Desk, person: Person, platform: ScriptedChannel, jobs: Jobs
) -> None:
    await sends_piece(person, "p0")
    await person.says("举报它", "东街菜市场门口", "墙上", "没有了", "提交")
    await sends_piece(person, "p1", wait=3600)
    await jobs.run_all(delayed=True, but=("bot.fetch_media",))
    assert "收到 1 张照片" in platform.sent[-1][1]


@ONE_DATABASE
async def test_album_that_never_ends_is_taken_after_ten_seconds(
    person: Person, platform: ScriptedChannel, jobs: Jobs
) -> None:
    for n in range(8):
        await sends_piece(person, f"p{n}", wait=1.5)
    first_looks = (await looks(jobs))[:1]
    await jobs.run(first_looks[0])  # its quiet was broken, but more than ten seconds are over
    await jobs.run_all(but=("bot.fetch_media", CLOSE_ALBUM))
    assert "收到 8 张照片" in platform.sent[-1][1]
