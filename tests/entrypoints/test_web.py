"""The application as an operator watches it: alive, ready, counted, and not to be flooded."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from entrypoints.desk import Desk
from entrypoints.web import LARGEST_BODY
from foundation.database import path_of
from tests.bot.webchat.visiting import ADDRESS, PAGE, Visitor
from tests.jobs import Jobs


@pytest_asyncio.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever calls."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as http:
        yield http


async def test_it_is_alive_and_ready(http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).json() == {"status": "ok"}
    ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "faults": {}})


async def test_without_its_files_it_is_alive_and_not_ready(desk: Desk, http: httpx.AsyncClient) -> None:
    folder = Path(desk.settings.blobs_url.removeprefix("file://"))
    shutil.rmtree(folder)
    folder.write_text("no folder any more")
    ready = await http.get("/readyz")
    assert ready.status_code == 503
    assert set(ready.json()["faults"]) == {"blobs"}
    assert (await http.get("/healthz")).status_code == 200


async def test_without_its_database_it_is_alive_and_not_ready(desk: Desk, http: httpx.AsyncClient) -> None:
    def away() -> None:
        raise ConnectionError("geheim")

    desk.database.reading = away  # type: ignore[method-assign,assignment]
    ready = await http.get("/readyz")
    assert ready.status_code == 503
    assert set(ready.json()["faults"]) == {"database"}
    assert "geheim" not in ready.text
    assert (await http.get("/healthz")).status_code == 200


async def test_whoever_asks_while_the_database_is_away_is_told_to_ask_again(
    desk: Desk, http: httpx.AsyncClient
) -> None:
    if not desk.database.is_sqlite:
        pytest.skip("the server is everybody's")
    await desk.database.close()
    file = path_of(desk.settings.database_url)
    shutil.move(file, f"{file}.away")
    Path(file).mkdir()
    answer = await http.get("/metrics", headers={"accept-language": "en"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json() == {"detail": "The system is busy. Please try again in a while."}


def _sample(exposition: str, name: str) -> float:
    (line,) = [line for line in exposition.splitlines() if line.startswith(f"{name} ")]
    return float(line.rsplit(" ", 1)[1])


async def test_tips_messages_and_requests_are_counted_by_route_and_never_by_address(
    desk: Desk, jobs: Jobs, http: httpx.AsyncClient
) -> None:
    visitor = Visitor(http)
    await visitor.opens()
    await visitor.says("文字举报", "群里有人拉人投资返利", "没有", "东街菜市场门口", "墙上", "没有了", "提交")
    await http.get("/chat/api/pictures/evi_secret")
    await http.get("/admin/nothing/secret")
    exposition = (await http.get("/metrics")).text
    assert _sample(exposition, 'qianshao_tips{state="submitted"}') == 1
    assert _sample(exposition, 'qianshao_inbox_messages{channel="webchat"}') == 7
    assert 'qianshao_http_requests_total{method="POST",route="/chat/api/messages",status="200"}' in exposition
    assert 'route="/chat/api/pictures/{picture_id}",status="404"' in exposition
    assert "secret" not in exposition
    assert (await http.get("/metrics")).headers["content-type"].startswith("text/plain")


async def test_a_body_that_says_it_is_too_large_is_refused_unread(http: httpx.AsyncClient) -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    headers = {**PAGE, "Content-Length": str(LARGEST_BODY + 1)}
    answer = await http.post("/chat/api/photos", content=never(), headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"detail": "内容太大了。"})


async def test_a_body_that_grows_too_large_is_refused_wherever_it_goes(http: httpx.AsyncClient) -> None:
    await Visitor(http).opens()
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="photo"; filename="p"\r\n\r\n'
        while sent < 4 * LARGEST_BODY:
            sent += 1024 * 1024
            yield bytes(1024 * 1024)

    for path, kind in (
        ("/chat/api/photos", "multipart/form-data; boundary=x"),
        ("/chat/api/messages", "application/json"),
        ("/admin/sign-in", "application/x-www-form-urlencoded"),
    ):
        sent = 0
        answer = await http.post(path, content=endless(), headers={**PAGE, "Content-Type": kind})
        assert answer.status_code == 413, (path, answer.status_code)
        assert sent <= LARGEST_BODY + 2 * 1024 * 1024


async def test_asking_often_whether_it_is_ready_asks_the_store_once(
    desk: Desk, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    check = desk.blobs.check

    async def counted() -> None:
        asked.append(True)
        await check()

    monkeypatch.setattr(desk.blobs, "check", counted)
    answers = await asyncio.gather(*(http.get("/readyz") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(asked) == 1


async def test_no_redirect_repeats_the_host_that_a_caller_claims(http: httpx.AsyncClient) -> None:
    for path in ("/", "/chat/", "/admin", "/admin/", "/chat/api/thread/", "/healthz/", "/chat/static/"):
        answer = await http.get(path, headers={"Host": "evil.example"})
        assert "evil" not in str(answer.headers), path
    assert (await http.get("/chat/")).headers["location"] == "/chat"


async def test_nobody_is_shown_the_api(http: httpx.AsyncClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/.env", "/chat/static/../door.py"):
        assert (await http.get(path)).status_code == 404, path


async def test_the_way_in_leads_to_the_chat_and_the_officers_to_the_panel(http: httpx.AsyncClient) -> None:
    for path, leads_to in (("/", "/chat"), ("/admin", "/admin/")):
        answer = await http.get(path)
        assert (answer.status_code, answer.headers["location"]) == (307, leads_to)


async def test_the_address_that_officers_are_told_leads_to_the_panel(http: httpx.AsyncClient) -> None:
    answer = await http.get("/admin", follow_redirects=True)
    assert (answer.status_code, answer.url.path) == (200, "/admin/sign-in")


async def test_the_doors_of_channels_that_are_off_do_not_stand(http: httpx.AsyncClient) -> None:
    for path in ("/wechat", "/telegram"):
        assert (await http.post(path, content=b"<xml/>")).status_code == 404


async def test_a_body_of_any_size_for_the_door_of_a_platform_is_left_to_that_door(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.post("/wechat", content=b"x", headers={"Content-Length": str(LARGEST_BODY + 1)})
    assert answer.status_code == 404  # the channel is off here; its own door says 403 and nothing else
