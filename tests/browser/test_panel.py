"""The officers' pages for whoever works by keyboard, by ear, or on a telephone."""

from collections.abc import Callable
from itertools import count

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.working import sign_in
from tests.deployment import Deployment

OpenPage = Callable[..., Page]
Picture = Callable[[Page, str], None]
pytestmark = pytest.mark.browser


def _tell(site: Deployment, *texts: str) -> None:
    numbers = count(1)
    with httpx.Client(base_url=site.address, headers={"X-Qianshao": "1"}, timeout=30) as citizen:
        citizen.get("/chat").raise_for_status()
        for text in texts:
            body = {"id": f"message-{next(numbers):04}", "text": text}
            citizen.post("/chat/api/messages", json=body).raise_for_status()


def test_axe_finds_nothing_on_the_officers_pages_and_none_is_wider_than_a_telephone(
    site: Deployment, visit: OpenPage, picture: Picture
) -> None:
    _tell(
        site,
        "文字举报",
        "群里有人拉人投资返利，加微信 kuaidai_8866",
        "没有",
        "东街菜市场门口",
        "墙上",
        "没有了",
        "提交",
    )
    _tell(site, "你好", "人工", "我想找人问问")
    printed = site.run("officer", "add", "head.axe", "--name", "测试主管", "--role", "supervisor")
    desk = visit("/admin/sign-in", width=1280, height=900)
    assert axe.faults(desk) == []
    sign_in(desk, "head.axe", printed.rsplit(" ", 1)[1].strip())
    tip = desk.locator("table.tips a[href*='/admin/tips/']").first.get_attribute("href")
    desk.goto("/admin/help")
    asked = desk.locator("main a[href*='/admin/help/']").first.get_attribute("href")
    pages = {"queue": "/admin/queue", "tip": tip, "help-desk": "/admin/help", "help": asked, "rewards": "/admin/rewards",
             "audit": "/admin/audit", "password": "/admin/password"}  # fmt: skip
    for width in (1280, 390):
        desk.set_viewport_size({"width": width, "height": 844})
        for name, path in pages.items():
            assert path, name
            desk.goto(path)
            picture(desk, f"{name}-{width}")
            assert axe.faults(desk) == [], (name, width)
            assert desk.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
