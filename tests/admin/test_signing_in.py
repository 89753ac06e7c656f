"""Signing in through the door: first password, lockout, sessions that end."""

import re
from datetime import timedelta

import pytest

from admin.route import HEADERS
from foundation.settings import Settings
from moderation.lockout import FREE_FAILURES
from moderation.officers import Role
from moderation.signing_in import ABSOLUTE, IDLE
from tests.admin.conftest import Entered
from tests.admin.paneling import OWN_PASSWORD, TrialDesk, Visitor, build_app


async def test_first_sign_in_leads_to_a_password_of_ones_own_and_then_to_the_queue(
    trial_desk: TrialDesk, outsider: Visitor
) -> None:
    fresh = await trial_desk.officer("li.na", name="李娜")
    await outsider.get("/admin/queue?verdict=likely")
    assert "工作人员登录" in outsider.page
    shown = await outsider.post("/admin/sign-in", login="li.na", password=fresh.password)
    assert shown.url.path == "/admin/password"
    assert (await outsider.get("/admin/queue")).url.path == "/admin/password"
    shown = await outsider.post(
        "/admin/password", current=fresh.password, new=OWN_PASSWORD, again=OWN_PASSWORD
    )
    assert shown.url.path == "/admin/queue"
    assert "李娜" in outsider.page


async def test_sign_in_leads_back_to_the_page_that_was_wanted(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    await visitor.get("/admin/queue")
    await visitor.post("/admin/sign-out")
    shown = await visitor.get("/admin/help?state=closed")
    assert shown.url.path == "/admin/sign-in"
    shown = await visitor.post(
        "/admin/sign-in", login="li.na", password=visitor.password, next=visitor.hidden("next")
    )
    assert str(shown.url).endswith("/admin/help?state=closed")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/admin/", "/chat", "/admin/\\evil"]
)
async def test_sign_in_leads_nowhere_else(trial_desk: TrialDesk, entered: Entered, elsewhere: str) -> None:
    visitor = await entered()
    await visitor.get("/admin/queue")
    await visitor.post("/admin/sign-out")
    await visitor.get("/admin/sign-in")
    shown = await visitor.post("/admin/sign-in", login="li.na", password=visitor.password, next=elsewhere)
    assert shown.url.path == "/admin/queue"
    assert shown.url.host == "127.0.0.1"


async def test_wrong_password_and_unknown_login_read_alike(trial_desk: TrialDesk, outsider: Visitor) -> None:
    await trial_desk.officer("li.na")
    said = []
    for login in ("li.na", "nobody"):
        await outsider.get("/admin/sign-in")
        refused = await outsider.post("/admin/sign-in", login=login, password="not-the-one-1")
        assert refused.status_code == 401
        said.append(re.search(r'role="alert">([^<]*)<', outsider.page)[1])  # type: ignore[index]
    assert said == ["登录名或密码不正确。"] * 2


async def test_too_many_failures_shut_the_door_for_a_while(trial_desk: TrialDesk, outsider: Visitor) -> None:
    fresh = await trial_desk.officer("li.na")
    await outsider.get("/admin/sign-in")
    for _ in range(FREE_FAILURES):
        assert (await outsider.post("/admin/sign-in", login="li.na", password="no")).status_code == 401
    refused = await outsider.post("/admin/sign-in", login="li.na", password=fresh.password)
    assert refused.status_code == 429
    assert "失败次数过多" in outsider.page
    trial_desk.later(minutes=2)
    shown = await outsider.post("/admin/sign-in", login="li.na", password=fresh.password)
    assert shown.url.path == "/admin/password"


async def test_idle_session_ends(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    trial_desk.at += IDLE
    assert (await visitor.get("/admin/queue")).url.path == "/admin/sign-in"


async def test_session_in_use_lives_on_but_not_beyond_a_working_day(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    begun = trial_desk.at
    while trial_desk.at < begun + ABSOLUTE - timedelta(minutes=25):
        trial_desk.later(minutes=25)
        assert (await visitor.get("/admin/queue")).url.path == "/admin/queue"
    trial_desk.at = begun + ABSOLUTE
    assert (await visitor.get("/admin/queue")).url.path == "/admin/sign-in"


async def test_sign_out_ends_the_session_on_the_server(entered: Entered) -> None:
    visitor = await entered()
    kept = dict(visitor.client.cookies)
    await visitor.get("/admin/queue")
    await visitor.post("/admin/sign-out")
    visitor.client.cookies.update(kept)
    assert (await visitor.get("/admin/queue")).url.path == "/admin/sign-in"


async def test_session_of_the_one_time_password_is_not_carried_on(
    trial_desk: TrialDesk, outsider: Visitor
) -> None:
    fresh = await trial_desk.officer("li.na")
    await outsider.get("/admin/sign-in")
    await outsider.post("/admin/sign-in", login="li.na", password=fresh.password)
    before = outsider.client.cookies["qianshao-officer"]
    await outsider.post("/admin/password", current=fresh.password, new=OWN_PASSWORD, again=OWN_PASSWORD)
    assert outsider.client.cookies["qianshao-officer"] != before


async def test_new_password_must_be_typed_twice_and_be_strong(
    trial_desk: TrialDesk, outsider: Visitor
) -> None:
    fresh = await trial_desk.officer("li.na")
    await outsider.get("/admin/sign-in")
    await outsider.post("/admin/sign-in", login="li.na", password=fresh.password)
    for new, again in ((OWN_PASSWORD, OWN_PASSWORD + "x"), ("short1", "short1")):
        refused = await outsider.post("/admin/password", current=fresh.password, new=new, again=again)
        assert refused.status_code == 422
    refused = await outsider.post(
        "/admin/password", current="wrong-one-1", new=OWN_PASSWORD, again=OWN_PASSWORD
    )
    assert refused.status_code == 422
    assert "当前密码不正确" in outsider.page


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.reviewer, "/admin/queue"),
        (Role.supervisor, "/admin/queue"),
        (Role.finance, "/admin/rewards"),
        (Role.admin, "/admin/audit"),
    ],
)
async def test_each_role_comes_home_to_its_work(entered: Entered, role: Role, home: str) -> None:
    visitor = await entered(role=role)
    assert (await visitor.get("/admin/")).url.path == home


async def test_cookies_are_out_of_reach_of_scripts_and_bound_to_https_where_there_is_https(
    trial_desk: TrialDesk, settings: Settings
) -> None:
    trial_desk.settings = settings.model_copy(update={"public_url": "https://report.example"})
    fresh = await trial_desk.officer("li.na")
    visitor = Visitor(build_app(trial_desk), "https://report.example")
    await visitor.get("/admin/sign-in")
    visitor.client.follow_redirects = False
    answer = await visitor.post("/admin/sign-in", login="li.na", password=fresh.password)
    await visitor.client.aclose()
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if "officer" in c]
    assert cookie.startswith("__Host-qianshao-officer=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie


async def test_every_answer_carries_the_headers(entered: Entered, outsider: Visitor) -> None:
    visitor = await entered()
    answers = [
        await outsider.get("/admin/sign-in"),
        await visitor.get("/admin/queue"),
        await visitor.get("/admin/tips/tip_unknown"),
        await visitor.get("/admin/no/such/page"),
        await visitor.get("/admin/static/panel.css"),
        await visitor.client.post("/admin/queue/claim-next"),
    ]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, answer.url
    assert [answer.headers["cache-control"] for answer in answers[:2]] == ["no-store", "no-store"]
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


async def test_pages_hold_no_inline_script_or_style(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered(role=Role.supervisor)
    tip = await trial_desk.tip("<script>alert(1)</script> style=\"x\" onclick='y'")
    for path in ("/admin/queue", f"/admin/tips/{tip.id}", "/admin/rewards", "/admin/help", "/admin/audit"):
        await visitor.get(path)
        for tag in re.findall(r"<[a-z][^>]*>", visitor.page):
            assert not re.search(r"\s(style|on[a-z]+)=", tag), tag
        assert re.findall(r"<script(?![^>]* src=)", visitor.page) == []


@pytest.mark.parametrize("query", ["next=%00", "next=/admin/%00queue"])
async def test_an_address_that_no_row_can_hold_is_not_found(outsider: Visitor, query: str) -> None:
    assert (await outsider.get(f"/admin/sign-in?{query}")).status_code == 404


async def test_a_login_that_the_database_cannot_hold_is_refused_and_no_fault(outsider: Visitor) -> None:
    await outsider.get("/admin/sign-in")
    assert (await outsider.post("/admin/sign-in", login="li\0na", password="x")).status_code == 422
