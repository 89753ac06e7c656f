"""The web chat's door: one's own thread for whoever holds the cookie, and nothing for anybody else."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import SQLModel, func, select

from bot.tables import Contact, InboxMessage, WebchatLine
from bot.webchat import thread
from entrypoints.desk import Desk
from knowledge.pictures.opening import DEFAULT_LIMITS
from reports.tables import Evidence, Tip
from tests.bot.webchat.visiting import ADDRESS, PAGE, Visitor
from tests.jobs import Jobs
from tests.knowledge.pictures.hostile import corpus, png_claiming
from tests.leaflets import draw_leaflet

Arrive = Callable[[], Visitor]

HOSTILE = {
    "nothing": b"",
    "text": "急用钱加微信".encode(),
    "page": b"<!doctype html><html><script>alert(1)</script></html>",
    "two gigapixels": png_claiming(46_000, 46_000, bytes(1000)),
    "cut": draw_leaflet()[:3000],
    "too large": draw_leaflet() + bytes(DEFAULT_LIMITS.max_bytes),
}


async def _count(desk: Desk, table: type[SQLModel]) -> int:
    async with desk.reading() as session:
        return (await session.exec(select(func.count()).select_from(table))).one()


def _files(desk: Desk) -> list[Path]:
    folder = Path(desk.settings.blobs_url.removeprefix("file://"))
    return [path for path in folder.rglob("*") if path.is_file()]


# ---- the cookie ----------------------------------------------------------------------------------


async def test_the_page_gives_a_cookie_that_no_script_and_no_other_site_gets(visitor: Visitor) -> None:
    answer = await visitor.opens()
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("qianshao_visitor=")
    for wanted in ("httponly", "samesite=lax", "path=/chat", "max-age="):
        assert wanted in cookie
    assert "secure" not in cookie.split("; ")  # the test deployment is plain http
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"


async def test_behind_https_the_cookie_is_secure(desk: Desk, arrive: Arrive) -> None:
    desk.settings = desk.settings.model_copy(update={"public_url": "https://qianshao.example"})
    assert "Secure" in (await arrive().opens()).headers["set-cookie"]


async def test_whoever_comes_back_keeps_the_cookie_and_the_thread(visitor: Visitor) -> None:
    await visitor.opens()
    first = visitor.client.cookies["qianshao_visitor"]
    await visitor.says("你好")
    await visitor.opens()
    assert visitor.client.cookies["qianshao_visitor"] == first
    assert (await visitor.thread())[0]["text"] == "你好"


async def test_two_visitors_get_two_cookies_and_two_threads(arrive: Arrive) -> None:
    one, other = arrive(), arrive()
    for someone in (one, other):
        await someone.opens()
    assert one.client.cookies["qianshao_visitor"] != other.client.cookies["qianshao_visitor"]
    await one.says("我是第一个")
    assert await other.thread() == []


async def test_without_a_cookie_of_ours_nothing_is_taken_and_nothing_shown(
    desk: Desk, visitor: Visitor
) -> None:
    for cookie in ("", "x", "a" * 42, "a" * 44, "a" * 42 + ".", "a" * 43 + "%0A", "../" * 15):
        headers = {**PAGE, "Cookie": f"qianshao_visitor={cookie}"}
        assert (await visitor.posts(headers, text="你好")).status_code == 401, cookie
        for path in ("/chat/api/thread", f"/chat/api/pictures/evi_{'0' * 26}"):
            assert (await visitor.client.get(path, headers=headers)).status_code == 401, cookie
    assert await _count(desk, Contact) == 0


async def test_the_cookie_is_kept_nowhere(desk: Desk, visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.says("你好")
    cookie = visitor.client.cookies["qianshao_visitor"].encode()
    async with desk.reading() as session:
        for table in (Contact, InboxMessage, WebchatLine):
            for row in (await session.exec(select(table))).all():
                assert cookie not in b"|".join(
                    v if isinstance(v, bytes) else str(v).encode() for v in row.model_dump().values()
                )


# ---- only from our own page ----------------------------------------------------------------------


async def test_another_site_cannot_write_in_a_visitors_name(desk: Desk, visitor: Visitor) -> None:
    await visitor.opens()
    origins = (
        "https://evil.example",
        "null",
        "",
        f"{ADDRESS}1",
        f"{ADDRESS}.evil.example",
        "http://127.0.0.1",
    )
    for headers in ({}, {"X-Qianshao": "2"}, *({**PAGE, "Origin": origin} for origin in origins)):
        assert (await visitor.posts(headers, text="你好")).status_code == 403, headers
        answer = await visitor.client.post(
            "/chat/api/photos",
            data={"id": "photo-000001"},
            files={"photo": ("p", draw_leaflet())},
            headers=headers,
        )
        assert answer.status_code == 403, headers
    assert await _count(desk, InboxMessage) == 0


async def test_our_own_page_may_write(visitor: Visitor) -> None:
    await visitor.opens()
    assert (await visitor.posts({**PAGE, "Origin": ADDRESS}, text="你好")).status_code == 200


# ---- messages ------------------------------------------------------------------------------------


async def test_a_message_sent_again_counts_once_and_shows_the_same_lines(
    desk: Desk, visitor: Visitor
) -> None:
    await visitor.opens()
    answers = [await visitor.posts(id="the-same-id", text="你好", after=0) for _ in range(3)]
    assert {answer.text for answer in answers} == {answers[0].text}
    assert await _count(desk, InboxMessage) == 1


async def test_messages_sent_again_at_once_count_once(desk: Desk, visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.says("文字举报", "群里有人拉人投资返利", "没有", "东街菜市场门口", "墙上", "没有了")
    answers = await asyncio.gather(*(visitor.posts(id="submit-once", text="提交") for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert await _count(desk, Tip) == 1
    said = [line["text"] for line in await visitor.thread()]
    assert sum("回执号" in text for text in said) == 1


async def test_an_id_that_was_used_stands_for_what_was_sent_first(visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.posts(id="the-same-id", text="你好")
    await visitor.posts(id="the-same-id", text="另一句话")
    assert [line["text"] for line in await visitor.thread() if line["mine"]] == ["你好"]


async def test_two_visitors_may_use_the_same_id(arrive: Arrive) -> None:
    for text in ("我是甲", "我是乙"):
        someone = arrive()
        await someone.opens()
        await someone.posts(id="the-same-id", text=text)
        assert [line["text"] for line in await someone.thread() if line["mine"]] == [text]


MALFORMED = (
    b"", b"{", b"[]", b"null", b"1", b"\xff\xfe", b'{"id":"message-01"}', b'{"id":"x","text":"a"}',
    b'{"id":"message-01","text":"  "}', b'{"id":"message-01","text":5}',
    b'{"id":"message-01","text":"a","admin":true}', b'{"id":"../../../etc/passwd","text":"a"}',
    b'{"id":"message-01\\n","text":"a"}', b'{"id":"message-01","text":"a","after":-1}',
    b'{"id":"message-01","text":"a","after":99999999999999999999}',
    json.dumps({"id": "message-01", "text": "长" * 2001}).encode(), b"[" * 100_000,
)  # fmt: skip


async def test_malformed_messages_are_refused_and_break_nothing(desk: Desk, visitor: Visitor) -> None:
    await visitor.opens()
    for body in MALFORMED:
        answer = await visitor.client.post(
            "/chat/api/messages", content=body, headers={**PAGE, "Content-Type": "application/json"}
        )
        assert 400 <= answer.status_code < 500, (body[:80], answer.status_code, answer.text)
    assert await _count(desk, InboxMessage) == 0


async def test_odd_characters_are_taken(visitor: Visitor) -> None:
    await visitor.opens()
    for number, text in enumerate(("\\u0000贷款", "\\ud800贷款", "贷款\\udc00", "\\u202e贷款", "👵🏽")):
        body = f'{{"id":"message-{number:02}","text":"{text}加微信"}}'.encode()
        answer = await visitor.client.post(
            "/chat/api/messages", content=body, headers={**PAGE, "Content-Type": "application/json"}
        )
        assert answer.status_code == 200, text
    said = [line["text"] for line in await visitor.thread() if line["mine"]]
    assert len(said) == 5
    assert all("加微信" in text for text in said)


async def test_malformed_questions_for_the_thread_are_refused_at_once(visitor: Visitor) -> None:
    await visitor.opens()
    for query in ("after=-1", "after=x", "after=99999999999999999999", "wait=nan", "wait=inf", "wait=x"):
        answer = await asyncio.wait_for(visitor.client.get(f"/chat/api/thread?{query}"), 3)
        assert answer.status_code == 422, query


async def test_a_flood_is_slowed_down_and_others_are_not(arrive: Arrive) -> None:
    one, other = arrive(), arrive()
    for someone in (one, other):
        await someone.opens()
    answers = [await one.posts(id="the-same-id", text="你好") for _ in range(45)]
    slowed = [answer for answer in answers if answer.status_code == 429]
    assert slowed
    assert "歇一会儿" in slowed[0].json()["detail"]
    for tags, words in (("en-GB", "wait a moment"), ("zh-TW", "請歇一會兒")):
        refused = await one.posts({**PAGE, "Accept-Language": tags}, id="the-same-id", text="你好")
        assert words in refused.json()["detail"]
    assert answers[0].status_code == 200
    assert (await other.posts(text="你好")).status_code == 200


async def test_looking_at_the_thread_is_paced_as_well(arrive: Arrive) -> None:
    one, other = arrive(), arrive()
    for someone in (one, other):
        await someone.opens()
    assert (await one.client.get("/chat/api/thread")).status_code == 200
    for _ in range(300):  # a look at a photo that is none costs the least, and counts alike
        await one.client.get("/chat/api/pictures/none")
    assert (await one.client.get("/chat/api/thread")).status_code == 429
    assert (await other.client.get("/chat/api/thread")).status_code == 200


# ---- the thread ----------------------------------------------------------------------------------


async def test_a_page_that_comes_back_gets_what_it_missed_and_nothing_twice(visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.says("你好")
    seen = visitor.seen
    await visitor.says("举报", "算了")
    whole = await visitor.thread()
    missed = await visitor.thread(after=seen)
    assert [line["seq"] for line in whole] == sorted({line["seq"] for line in whole})
    assert missed == [line for line in whole if line["seq"] > seen]
    assert await visitor.thread(after=whole[-1]["seq"]) == []


async def test_a_long_thread_shows_its_newest_page_first(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread, "PAGE", 5)
    await visitor.opens()
    await visitor.says("你好", "举报", "算了", "问一问", "算了", "风险提示")
    lines = await visitor.thread()
    assert len(lines) == 5
    assert lines[-1]["seq"] == visitor.seen


async def test_a_waiting_page_hears_as_soon_as_there_is_something(
    desk: Desk, jobs: Jobs, visitor: Visitor
) -> None:
    await visitor.opens()
    await visitor.says("你好")
    waiting = asyncio.create_task(visitor.thread(after=visitor.seen, wait=20))
    await asyncio.sleep(0.2)
    await visitor.posts(text="举报")
    lines = await asyncio.wait_for(waiting, 5)
    assert lines[0]["text"] == "举报"


async def test_waiting_for_nothing_ends(visitor: Visitor) -> None:
    await visitor.opens()
    assert await asyncio.wait_for(visitor.thread(wait=-5), 2) == []
    assert await asyncio.wait_for(visitor.thread(wait=0.2), 4) == []


async def test_the_farewell_of_somebody_forgotten_is_shown_and_the_thread_is_gone(
    desk: Desk, visitor: Visitor
) -> None:
    await visitor.opens()
    await visitor.says("你好", "删除我的资料")
    assert "删" in await visitor.says("都删掉")
    assert [line["text"] for line in visitor.lines if line["mine"]][-1] == "都删掉"
    assert await visitor.thread() == []
    before = visitor.seen
    assert "您好" in await visitor.says("你好")
    assert [line["seq"] > before for line in await visitor.thread()] == [True, True]


# ---- photos --------------------------------------------------------------------------------------


async def test_a_photo_is_shown_to_its_owner_once_it_is_read_and_to_nobody_else(
    desk: Desk, jobs: Jobs, arrive: Arrive
) -> None:
    owner, stranger = arrive(), arrive()
    for someone in (owner, stranger):
        await someone.opens()
        await someone.says("你好")
    photo = draw_leaflet()
    await owner.shows_and_hears(photo)
    (evidence_id,) = [line["pictures"][0] for line in owner.lines if line.get("pictures")]
    path = f"/chat/api/pictures/{evidence_id}"
    assert (await owner.client.get(path)).status_code == 404  # the copy is not made yet
    await jobs.run_all()
    shown = await owner.client.get(path)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert shown.content != photo
    assert "no-store" in shown.headers["cache-control"]
    assert (await stranger.client.get(path)).status_code == 404
    newcomer = arrive()
    await newcomer.opens()
    assert (await newcomer.client.get(path)).status_code == 404


async def test_photos_that_do_not_exist_are_not_found(visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.says("你好")
    for name in ("evi_none", f"evi_{'0' * 26}", "..%2f..%2fetc%2fpasswd", "evi_%00", "' OR 1=1 --"):
        assert (await visitor.client.get(f"/chat/api/pictures/{name}")).status_code == 404, name


async def test_a_photo_given_up_is_no_longer_shown(desk: Desk, jobs: Jobs, visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.says("你好")
    await visitor.shows_and_hears(draw_leaflet())
    (evidence_id,) = [line["pictures"][0] for line in visitor.lines if line.get("pictures")]
    await jobs.run_all()
    await visitor.says("算了")
    await jobs.run_all()
    assert (await visitor.client.get(f"/chat/api/pictures/{evidence_id}")).status_code == 404
    assert _files(desk) == []


async def test_hostile_files_get_a_kind_sentence_and_the_draft_is_kept(desk: Desk, visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.says("文字举报", "群里有人拉人投资返利", "没有")
    for name, data in HOSTILE.items():
        assert "麻烦" in await visitor.shows_and_hears(data), name
    assert await _count(desk, Evidence) == 0
    assert _files(desk) == []
    assert "拉人投资" in await visitor.says("东街菜市场门口", "墙上", "没有了")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_file_of_the_hostile_collection_breaks_the_door(arrive: Arrive) -> None:
    for number, (name, data) in enumerate(corpus()):
        if number % 20 == 0:
            visitor = arrive()  # one alone may not send so fast
            await visitor.opens()
        if len(data) <= DEFAULT_LIMITS.max_bytes:
            assert (await visitor.shows(data)).status_code == 200, name


async def test_a_photo_sent_again_is_kept_once(desk: Desk, visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.says("你好")
    answers = [await visitor.shows(draw_leaflet(), "photo-again") for _ in range(3)]
    assert {answer.text for answer in answers} == {answers[0].text}
    assert await _count(desk, Evidence) == 1
    assert len(_files(desk)) == 1


async def test_a_refused_photo_sent_again_is_answered_once(visitor: Visitor) -> None:
    await visitor.opens()
    await visitor.says("你好")
    for _ in range(3):
        assert (await visitor.shows(b"no photo", "photo-again")).status_code == 200
    assert sum("照片" in line["text"] for line in await visitor.thread() if line["mine"]) == 1


async def test_malformed_uploads_are_refused(desk: Desk, visitor: Visitor) -> None:
    await visitor.opens()
    for fields in ({}, {"id": "x"}, {"id": "photo-000001", "after": "-1"}, {"id": "a/../../b--"}):
        answer = await visitor.client.post(
            "/chat/api/photos", data=fields, files={"photo": ("p", b"x")}, headers=PAGE
        )
        assert answer.status_code == 422, fields
    no_file = await visitor.client.post("/chat/api/photos", data={"id": "photo-000001"}, headers=PAGE)
    assert no_file.status_code == 422
    assert await _count(desk, InboxMessage) == 0
