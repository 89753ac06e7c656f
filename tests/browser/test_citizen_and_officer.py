"""A citizen reports in /chat, an officer decides in /admin, and the citizen reads what came of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chatting import choose, hear, say
from tests.browser.working import sign_in
from tests.deployment import Deployment
from tests.leaflets import draw_leaflet

OpenPage = Callable[..., Page]
Picture = Callable[[Page, str], None]


@pytest.mark.browser
@pytest.mark.slow
def test_a_citizen_reports_and_an_officer_decides(
    deployment: Deployment, open_page: OpenPage, picture: Picture
) -> None:
    chat = open_page("/chat")
    hear(chat, "前哨")
    picture(chat, "1-welcome")
    chat.set_input_files(
        "#photos",
        {
            "name": "IMG_0001.jpg",
            "mimeType": "image/jpeg",
            "buffer": draw_leaflet(angle=2, phone="19900001234"),
        },
    )
    hear(chat, "收到 1 张照片")
    choose(chat, "举报它")
    hear(chat, "在哪里看到")
    say(chat, "东街菜市场门口")
    choose(chat, "墙上")
    choose(chat, "没有了")
    hear(chat, "我念一遍")
    picture(chat, "2-read-back")
    choose(chat, "对，提交")
    hear(chat, "回执号：QS-")
    hear(chat, "疑似")
    picture(chat, "3-receipt-and-answer")
    said = chat.locator("#thread li", has_text="回执号：QS-").first.inner_text()
    receipt = said.split("回执号：")[1][:14]

    chat.reload()
    hear(chat, "回执号：QS-")
    assert chat.locator("#thread li", has_text="东街菜市场门口").count() >= 1

    printed = deployment.run("officer", "add", "reviewer", "--name", "测试审核员", "--role", "reviewer")
    desk = open_page("/admin/queue", width=1366, height=768)
    sign_in(desk, "reviewer", printed.rsplit(" ", 1)[1].strip())
    picture(desk, "4-queue")
    desk.locator("tr", has_text=receipt).get_by_role("link").first.click()
    desk.get_by_role("button", name="领取这条线索").click()
    expect(desk.locator("body")).to_contain_text("19900001234")
    picture(desk, "5-tip")
    desk.locator("input[name=kind][value=recognise]").check(force=True)
    desk.locator("textarea[name=reason]").first.fill("现场核实，与照片一致")
    desk.locator("form[action$='/decide'] button").last.click()
    expect(desk.locator("body")).to_contain_text("属实")
    picture(desk, "6-decided")

    hear(chat, "已核实属实")
    picture(chat, "7-result")
