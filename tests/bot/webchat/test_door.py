"""The web chat's door: what a page can send by mistake, and what others send on purpose."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from httpx import ASGITransport

from bot.webchat.door import COOKIE
from entrypoints.desk import Desk
from entrypoints.web import build_app
from tests.leaflets import LOAN_SHARK_LINES, draw_leaflet


@asynccontextmanager
async def visiting(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has opened the page."""
    app = build_app(desk.settings.model_copy(update={"worker_embedded": False}), desk)
    async with app.router.lifespan_context(app):
        # What fails must be an answer, not an exception in the test's own stack.
        transport = ASGITransport(app=app, raise_app_exceptions=False)
        headers = {"X-Qianshao": "1"}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as visitor:
            await visitor.get("/chat")
            yield visitor


async def say(visitor: httpx.AsyncClient, number: int, text: str) -> str:
    answer = await visitor.post("/chat/api/messages", json={"id": f"message-{number:04d}", "text": text})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["lines"][-1]["text"])


async def test_words_that_no_database_keeps_still_become_a_tip(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await say(visitor, 1, "我要举报")
        await say(visitor, 2, "征信修复\0，加微信 abc12345")
        await say(visitor, 3, "前哨\0县解放路")
        told = ""
        for number in range(4, 14):
            told = await say(visitor, number, "1")
            if "QS-" in told:
                return
    raise AssertionError(told)


async def test_half_an_emoji_is_no_fault_of_the_one_who_typed_it(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        body = r'{"id": "message-0001", "text": "您好\ud83d"}'
        answer = await visitor.post("/chat/api/messages", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "query",
    ["wait=nan", "wait=inf", "after=9223372036854775808", "after=99999999999999999999999", "after=-1"],
)
async def test_numbers_that_are_none_are_refused_at_once(desk: Desk, query: str) -> None:
    async with visiting(desk) as visitor, asyncio.timeout(10):
        answer = await visitor.get(f"/chat/api/thread?{query}")
        assert answer.status_code == 422
        assert query.split("=")[1] not in answer.text


async def test_a_server_that_stops_keeps_no_page_waiting(desk: Desk) -> None:
    app = build_app(desk.settings.model_copy(update={"worker_embedded": False}), desk)
    async with app.router.lifespan_context(app), asyncio.timeout(10):
        transport = ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as visitor:
            await visitor.get("/chat")
            waiting = asyncio.create_task(visitor.get("/chat/api/thread?wait=25"))
            await asyncio.sleep(0.3)
            app.state.closing = True
            assert (await waiting).json() == {"lines": []}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "99999999999999999999"])
async def test_a_message_of_the_wrong_shape_is_refused_and_not_repeated(desk: Desk, number: str) -> None:
    async with visiting(desk) as visitor:
        answer = await visitor.post(
            "/chat/api/messages",
            content=f'{{"id": "message-0001", "text": "我的话", "after": {number}}}',
            headers={"Content-Type": "application/json"},
        )
        assert answer.status_code == 422
        assert "我的话" not in answer.text


@pytest.mark.parametrize("name", ["%00", "evi_%00", "..%2f..%2fmaster.keys", "evi_00000000000000000000000000"])
async def test_a_picture_that_is_nobodys_is_not_found(desk: Desk, name: str) -> None:
    async with visiting(desk) as visitor:
        await say(visitor, 1, "您好")
        assert (await visitor.get(f"/chat/api/photos/{name}")).status_code == 404


async def test_a_photo_delivered_three_times_is_kept_once(desk: Desk) -> None:
    picture = draw_leaflet(LOAN_SHARK_LINES, "https://u.wechat.com/EXAMPLEabc123")
    async with visiting(desk) as visitor:
        for _ in range(3):
            answer = await visitor.post(
                "/chat/api/photos", data={"id": "photo-0001"}, files={"photo": ("photo", picture)}
            )
            assert answer.status_code == 200
    folder = Path(desk.settings.blobs_url.removeprefix("file://")) / "evidence"
    assert len(list(folder.iterdir())) == 1


async def test_the_cookie_is_given_anew_so_that_a_thread_outlives_its_days(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        before = visitor.cookies[COOKIE]
        again = await visitor.get("/chat")
        assert f"{COOKIE}={before}" in again.headers["set-cookie"]
        assert "HttpOnly" in again.headers["set-cookie"]
