"""Messages that were changed after they were sent: the first words are never lost."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.channels import Before, Edit, RemoteMedia, Taken
from bot.conversation.messages import Said
from entrypoints.desk import Desk
from moderation import help_desk
from reports.tables import Supplement, Tip, WordsVersion
from tests.bot.chatting import AD, Person, heard
from tests.jobs import Jobs

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def changes(person: Person, before: str, after: str) -> Taken:
    """Changes an earlier message, which the test's raw messages carry as they were said."""
    edit = Edit(
        after,
        person.at - timedelta(minutes=5),
        lambda raw: Before(before) if raw == (before or "photo").encode() else None,
    )
    return await person.desk.inbox.take_in(person.arrival(None, edit=edit))


async def says(person: Person, *texts: str) -> str:
    """Says one thing after the other; the raw message is what was said."""
    for text in texts:
        taken = await person.desk.inbox.take_in(person.arrival(Said(text), raw=text.encode()))
    return heard(taken)


async def photo(person: Person) -> None:
    """Sends a photo without words."""
    await person.desk.inbox.take_in(
        person.arrival(None, media=(RemoteMedia("picture", "first"),), raw=b"photo")
    )


async def versions(desk: Desk) -> list[tuple[str, str]]:
    async with desk.reading() as session:
        rows = (await session.exec(select(WordsVersion))).all()
    return [(row.before, row.after) for row in rows]


@ONE_DATABASE
async def test_words_of_a_draft_are_put_right_and_the_first_ones_kept(desk: Desk, person: Person) -> None:
    await says(person, "文字举报", AD, "还有微信 aaa_111")
    assert "话我记下了" in heard(await changes(person, "还有微信 aaa_111", "还有微信 bbb_222"))
    said = await says(person, "没有", "东街菜市场门口", "墙上", "没有了")
    assert "bbb_222" in said
    assert "aaa_111" not in said
    assert "回执号" in await says(person, "提交")
    assert await versions(desk) == [("还有微信 aaa_111", "还有微信 bbb_222")]
    async with desk.reading() as session:
        (tip,) = (await session.exec(select(Tip))).all()
    assert "bbb_222" in tip.words


async def test_words_of_a_submitted_tip_stay_and_get_a_version(
    desk: Desk, person: Person, jobs: Jobs
) -> None:
    await says(person, "文字举报", AD, "没有", "东街菜市场门口", "墙上", "没有了", "提交")
    await jobs.run_all()
    assert "交给工作人员了" in heard(await changes(person, AD, "放款前先交3000元，加微信 kuaidai_9977"))
    async with desk.reading() as session:
        (tip,) = (await session.exec(select(Tip))).all()
        (added,) = (await session.exec(select(Supplement))).all()
    assert AD in tip.words
    assert added.words == "放款前先交3000元，加微信 kuaidai_9977"
    assert await versions(desk) == [(AD, "放款前先交3000元，加微信 kuaidai_9977")]
    assert any(job.startswith("reports.supplemented") for job in await jobs.run_all())


@ONE_DATABASE
async def test_numbers_that_nobody_should_send_are_masked_in_the_new_words_too(
    desk: Desk, person: Person
) -> None:
    await says(person, "文字举报", AD)
    said = heard(await changes(person, AD, "转到 6222021234567890123"))
    assert "卡号" in said
    await says(person, "没有", "东街菜市场门口", "墙上", "没有了", "提交")
    assert "6222021234567890123" not in str(await versions(desk))


@ONE_DATABASE
async def test_despair_in_changed_words_calls_an_officer_though_the_first_ones_are_unknown(
    desk: Desk, person: Person
) -> None:
    assert "120" in heard(await changes(person, "从没说过", "我不想活了"))
    async with desk.reading() as session:
        (asked,) = await help_desk.waiting_list(session)
    assert asked.urgent
    assert asked.words == "我不想活了"


@ONE_DATABASE
async def test_own_telephone_in_changed_words_is_masked_where_nothing_personal_is_taken(
    desk: Desk, person: Person
) -> None:
    await says(person, "文字举报", AD)
    said = heard(await changes(person, AD, "我的电话是19900001234，请打给我"))
    assert "隐去" in said
    await says(person, "没有", "东街菜市场门口", "墙上", "没有了", "提交")
    assert "19900001234" not in str(await versions(desk))


@ONE_DATABASE
async def test_words_put_under_a_photo_afterwards_come_into_the_tip(desk: Desk, person: Person) -> None:
    await says(person, "举报")
    await photo(person)
    assert "话我记下了" in heard(await changes(person, "", "墙上的电话是 0755-11112222"))
    assert "0755-11112222" in await says(person, "没有", "东街菜市场门口", "墙上", "没有了")


@ONE_DATABASE
async def test_words_put_under_a_photo_out_of_the_blue_are_asked_about_with_it(
    desk: Desk, person: Person
) -> None:
    await photo(person)
    assert "话我记下了" in heard(await changes(person, "", AD))
    assert "疑似" in await says(person, "问一问")


@ONE_DATABASE
async def test_photo_that_was_exchanged_is_taken_beside_the_first(desk: Desk, person: Person) -> None:
    await says(person, "举报")
    await photo(person)
    edit = Edit(
        "",
        person.at - timedelta(minutes=5),
        lambda raw: Before("", has_file=False) if raw == b"photo" else None,
        (RemoteMedia("picture", "second"),),
    )
    assert "2 张" in heard(await person.desk.inbox.take_in(person.arrival(None, edit=edit)))


@ONE_DATABASE
async def test_question_that_was_put_right_is_answered_anew(desk: Desk, person: Person) -> None:
    await says(person, "问一问", "这个靠谱吗")
    assert "疑似" in heard(await changes(person, "这个靠谱吗", AD))


@ONE_DATABASE
async def test_words_to_an_officer_that_were_put_right_are_passed_on(desk: Desk, person: Person) -> None:
    await says(person, "人工", "我想问下奖励")
    await changes(person, "我想问下奖励", "我想问下奖励怎么领")
    async with desk.reading() as session:
        (asked,) = await help_desk.waiting_list(session)
    assert "怎么领" in asked.words


@ONE_DATABASE
async def test_changed_answer_is_no_answer_to_the_next_question_but_is_not_met_with_silence(
    desk: Desk, person: Person
) -> None:
    await says(person, "文字举报", AD, "没有")
    said = heard(await changes(person, "没有", "东街菜市场门口"))
    assert "再发一条" in said
    assert "在哪里看到" in said  # still open


@ONE_DATABASE
async def test_edit_that_changes_no_words_or_of_a_message_nobody_knows_is_recorded_in_silence(
    desk: Desk, person: Person
) -> None:
    await says(person, "你好")
    assert heard(await changes(person, "你好", "你好")) == ""
    old = Edit("有人说能修征信，先交三千", person.at - timedelta(days=3), lambda raw: None)
    assert heard(await person.desk.inbox.take_in(person.arrival(None, edit=old))) == ""
    assert await versions(desk) == []


@ONE_DATABASE
async def test_edit_of_a_message_that_never_came_is_heard_as_if_it_came_now(
    desk: Desk, person: Person
) -> None:
    await says(person, "问一问")
    assert "疑似" in heard(await changes(person, "从没说过", AD))
    await says(person, "文字举报", AD, "没有")
    assert "再发一条" in heard(await changes(person, "从没说过", "东街菜市场门口"))
    lost = Edit("看这张", person.at, lambda raw: None, (RemoteMedia("picture", "lost"),))
    assert "话我记下了" in heard(await person.desk.inbox.take_in(person.arrival(None, edit=lost)))


@ONE_DATABASE
async def test_question_put_right_after_its_answer_is_no_second_question(desk: Desk, person: Person) -> None:
    await says(person, "楼下新开了一家早餐店，问问靠谱吗")
    answer = heard(await changes(person, "楼下新开了一家早餐店，问问靠谱吗", AD))
    assert "疑似" in answer
    assert "连着" not in answer
    said = await says(person, "举报它", "东街菜市场门口", "墙上", "没有")
    assert "早餐店" not in said
    assert "kuaidai_8866" in said


@ONE_DATABASE
@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("东街菜市场门口", "西街菜市场门口", "西街菜市场门口"),
        ("传单", "贴在墙上", "墙上"),
        ("没交", "交过", "交过钱"),
        ("放款前交钱", "放款前交三千", "放款前交三千"),
    ],
)
async def test_an_answer_changed_before_the_report_is_handed_in_is_exchanged_and_read_back_anew(
    desk: Desk, person: Person, before: str, after: str, read: str
) -> None:
    await says(person, "文字举报", "放款前交钱", "说完了", "东街菜市场门口", "传单", "没交")
    said = heard(await changes(person, before, after))
    assert "改好了" in said
    assert read in said
    if after != "交过":
        assert "没交过钱" in said
    assert "回执号" in await says(person, "提交")
    assert await versions(desk) == [(before, after)]


@ONE_DATABASE
async def test_words_changed_to_say_that_money_is_gone_are_met_with_what_to_do(
    desk: Desk, person: Person
) -> None:
    await says(person, "文字举报", AD)
    assert "110" in heard(await changes(person, AD, "我妈已经转了五万给他们"))
    assert "交过钱" in await says(person, "没有", "东街菜市场门口", "墙上")
