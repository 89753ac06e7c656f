"""Every form of the panel, held against those who would send it for somebody else."""

from collections.abc import Iterator

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from admin.pages import audit, decisions, help_desk, queue, rewards, signing_in, tip
from admin.route import LARGEST_FORM, PanelRoute
from moderation.officers import Role
from tests.admin.conftest import Entered
from tests.admin.paneling import TrialDesk

TASKS = (signing_in, queue, tip, decisions, rewards, help_desk, audit)


def _posts() -> Iterator[str]:
    for task in TASKS:
        for route in task.router.routes:
            assert isinstance(route, APIRoute)
            if "POST" in (route.methods or ()):
                yield route.path


def _all_routes() -> Iterator[BaseRoute]:
    for task in TASKS:
        yield from task.router.routes


def test_every_route_is_one_that_checks() -> None:
    assert all(isinstance(route, PanelRoute) for route in _all_routes())
    assert len(list(_posts())) >= 14


async def test_no_form_is_taken_without_its_token(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered(role=Role.supervisor)
    known = await trial_desk.tip()
    for path in sorted(set(_posts())):
        address = "/admin" + path.replace("{tip_id}", known.id).replace("{request_id}", "hlp_x")
        for token in (None, "", "0" * 64, "é"):
            data = {"kind": "accept"} if token is None else {"csrf": token}
            answer = await visitor.client.post(address, data=data)
            assert answer.status_code == 403, (address, token)
            assert "页面已过期" in answer.text


async def test_token_of_another_session_is_refused(trial_desk: TrialDesk, entered: Entered) -> None:
    mine, other = await entered("li.na"), await entered("zhang.wei")
    await trial_desk.tip()
    await other.get("/admin/queue")
    await mine.get("/admin/queue")
    assert (await mine.post("/admin/queue/claim-next", csrf=other.token())).status_code == 403


async def test_token_of_the_door_opens_no_form_inside(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    await visitor.get("/admin/sign-in")
    assert (await visitor.post("/admin/queue/claim-next")).status_code == 403


async def test_form_sent_from_another_site_is_refused_even_with_the_token(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    await visitor.get("/admin/queue")
    for site in ("cross-site", "same-site"):
        answer = await visitor.client.post(
            "/admin/queue/claim-next", data={"csrf": visitor.token()}, headers={"sec-fetch-site": site}
        )
        assert answer.status_code == 403


async def test_form_that_is_too_large_is_not_even_read(entered: Entered) -> None:
    visitor = await entered()
    await visitor.get("/admin/queue")
    answer = await visitor.post("/admin/queue/claim-next", ballast="x" * LARGEST_FORM)
    assert answer.status_code == 413


async def test_form_of_the_wrong_shape_is_a_page_and_no_stack_trace(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    known = await trial_desk.tip()
    await visitor.get(f"/admin/tips/{known.id}")
    token = visitor.token()
    address = f"/admin/tips/{known.id}/decide"
    for data in (
        {"csrf": token},
        {"csrf": token, "seen": "yesterday", "kind": "accept", "reason": "可以受理"},
    ):
        answer = await visitor.client.post(address, data=data)
        assert answer.status_code == 422
        assert "提交的内容不完整" in answer.text
    answer = await visitor.client.post(
        address, content=b"--x\r\nrubbish", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code in (403, 422)


async def test_post_where_nothing_is_does_nothing(entered: Entered) -> None:
    visitor = await entered()
    await visitor.get("/admin/queue")
    assert (await visitor.post("/admin/no/such/page")).status_code == 404
