"""A citizen reports in /chat, an officer decides in /admin, and the citizen reads what came of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.deployment import Deployment
from tests.journeys.officers import PASSWORD
from tests.leaflets import draw_leaflet

OpenPage = Callable[..., Page]
Picture = Callable[[Page, str], None]


def _hear(page: Page, words: str) -> None:
    expect(page.locator("#thread li.ours", has_text=words).last).to_be_visible(timeout=30_000)


def _choose(page: Page, label: str) -> None:
    page.locator("#choices").get_by_role("button", name=label).first.click()


def _type(page: Page, words: str) -> None:
    page.get_by_label("输入文字").fill(words)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#thread li.mine", has_text=words).last).not_to_have_class(re.compile("waiting"))


def _sign_in(page: Page, login: str, one_time: str) -> None:
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(one_time)
    page.locator("main form button").click()
    page.locator("input[name=current]").fill(one_time)
    page.locator("input[name=new]").fill(PASSWORD)
    page.locator("input[name=again]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/admin/queue*")


@pytest.mark.browser
@pytest.mark.slow
def test_a_citizen_reports_and_an_officer_decides(
    deployment: Deployment, open_page: OpenPage, picture: Picture
) -> None:
    chat = open_page("/chat")
    _hear(chat, "前哨")
    picture(chat, "1-welcome")
    chat.set_input_files(
        "#photos",
        {
            "name": "IMG_0001.jpg",
            "mimeType": "image/jpeg",
            "buffer": draw_leaflet(angle=2, phone="19900001234"),
        },
    )
    _hear(chat, "收到 1 张照片")
    _choose(chat, "举报它")
    _hear(chat, "在哪里看到")
    _type(chat, "东街菜市场门口")
    _choose(chat, "墙上")
    _choose(chat, "没有了")
    _hear(chat, "我念一遍")
    picture(chat, "2-read-back")
    _choose(chat, "对，提交")
    _hear(chat, "回执号：QS-")
    _hear(chat, "疑似")
    picture(chat, "3-receipt-and-answer")
    said = chat.locator("#thread li", has_text="回执号：QS-").first.inner_text()
    receipt = said.split("回执号：")[1][:14]

    chat.reload()
    _hear(chat, "回执号：QS-")
    assert chat.locator("#thread li", has_text="东街菜市场门口").count() >= 1

    printed = deployment.run("officer", "add", "reviewer", "--name", "测试审核员", "--role", "reviewer")
    desk = open_page("/admin/queue", width=1366, height=768)
    _sign_in(desk, "reviewer", printed.rsplit(" ", 1)[1].strip())
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

    _hear(chat, "已核实属实")
    picture(chat, "7-result")


@pytest.mark.browser
def test_what_was_typed_survives_a_lost_network(deployment: Deployment, open_page: OpenPage) -> None:
    chat = open_page("/chat")
    _hear(chat, "前哨")
    chat.get_by_label("输入文字").fill("还没写完的话")
    chat.reload()
    _hear(chat, "前哨")
    assert chat.get_by_label("输入文字").input_value() == "还没写完的话"


@pytest.mark.browser
def test_the_chat_fits_a_small_phone_in_large_letters(
    deployment: Deployment, open_page: OpenPage, picture: Picture
) -> None:
    chat = open_page("/chat", width=320, height=640)
    _hear(chat, "前哨")
    chat.get_by_role("button", name="大字", exact=True).click()
    _hear(chat, "换好了")
    picture(chat, "large-letters")
    assert chat.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = chat.evaluate(
        "[...document.querySelectorAll('#choices button')].map(b => b.getBoundingClientRect().height)"
    )
    assert sizes
    assert min(sizes) >= 60
    assert chat.evaluate("parseFloat(getComputedStyle(document.querySelector('#thread li')).fontSize)") >= 18
