"""What was written survives: a lost network, a lost answer, a server that goes away, a page that is closed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chatting import hear
from tests.deployment import Deployment

OpenPage = Callable[..., Page]
Picture = Callable[[Page, str], None]
pytestmark = pytest.mark.browser

CUT = ("net::ERR_",)
WORDS = "群里有人拉人投资返利"


def _write(page: Page, words: str) -> None:
    page.get_by_label("输入文字").fill(words)
    page.get_by_role("button", name="发送").click()


def test_without_a_network_words_are_kept_over_a_reload_and_sent_once(
    visit: OpenPage, picture: Picture
) -> None:
    chat = visit("/chat", phone=True, faulty=CUT)
    hear(chat, "看到可疑的")
    chat.evaluate("navigator.serviceWorker.ready.then(() => true)")
    chat.context.set_offline(True)
    _write(chat, WORDS)
    line = chat.locator("#thread li.mine", has_text=WORDS)
    expect(line).to_contain_text("未发出")
    chat.get_by_label("输入文字").fill("还没写完的话")

    chat.reload()  # no network: the page comes from the phone itself
    expect(chat.locator("#offline")).to_contain_text("现在没有网络")
    expect(line).to_contain_text("未发出")
    expect(chat.get_by_label("输入文字")).to_have_value("还没写完的话")
    picture(chat, "offline")

    chat.context.set_offline(False)
    expect(line).to_contain_text("已发出")
    hear(chat, "疑似")
    expect(chat.locator("#offline")).to_be_empty()
    chat.reload()
    hear(chat, "疑似")
    expect(line).to_have_count(1)
    expect(chat.get_by_label("输入文字")).to_have_value("还没写完的话")


def test_what_waits_can_be_taken_back(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True, faulty=CUT)
    hear(chat, "看到可疑的")
    chat.context.set_offline(True)
    _write(chat, WORDS)
    line = chat.locator("#thread li.mine", has_text=WORDS)
    expect(line).to_contain_text("未发出")
    line.get_by_role("button", name="不发了").click()
    expect(line).to_have_count(0)
    chat.context.set_offline(False)
    _write(chat, "你好")
    expect(chat.locator("#thread li.mine", has_text="你好")).to_contain_text("已发出")
    chat.reload()
    hear(chat, "看到可疑的")
    expect(line).to_have_count(0)


def test_a_message_whose_answer_was_lost_counts_once(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True, faulty=CUT)
    hear(chat, "看到可疑的")
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        route.abort("connectionreset")

    chat.route("**/chat/api/messages", lose_the_first_answer)
    _write(chat, WORDS)
    hear(chat, "疑似")
    expect(chat.locator("#thread li.mine", has_text=WORDS)).to_contain_text("已发出")
    assert "疑似" in lost[0]
    chat.reload()
    hear(chat, "疑似")
    expect(chat.locator("#thread li.mine", has_text=WORDS)).to_have_count(1)
    expect(chat.locator("#thread li.ours", has_text="疑似")).to_have_count(1)


@pytest.mark.slow
def test_a_server_that_goes_away_and_comes_back_loses_nothing(site: Deployment, visit: OpenPage) -> None:
    chat = visit("/chat", phone=True, faulty=CUT)
    hear(chat, "看到可疑的")
    site.kill()
    _write(chat, WORDS)
    line = chat.locator("#thread li.mine", has_text=WORDS)
    expect(line).to_contain_text("未发出")
    site.start()
    expect(line).to_have_class(re.compile("sent"), timeout=30_000)
    hear(chat, "疑似")
    expect(line).to_have_count(1)


def test_a_lost_cookie_loses_no_words(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True, faulty=("401",))
    hear(chat, "看到可疑的")
    chat.context.clear_cookies()
    _write(chat, WORDS)
    hear(chat, "疑似")


def test_a_browser_that_cannot_run_the_page_is_told_whom_to_call(visit: OpenPage) -> None:
    chat = visit("/chat/manifest.webmanifest", phone=True, faulty=("Unexpected token", "404"))
    broken = "let words = ?."  # as what is of today looks to a browser of ten years ago
    chat.route(
        "**/kept.js",
        lambda route: route.fulfill(status=200, content_type="text/javascript", body=broken),
    )
    chat.goto("/chat")
    expect(chat.locator("#not-started")).to_contain_text("96110")
    expect(chat.locator("#not-started")).to_be_visible()
    chat.unroute_all()
    chat.reload()
    hear(chat, "看到可疑的")
    expect(chat.locator("#not-started")).to_be_hidden()


def test_a_browser_that_keeps_no_cookie_says_so_at_once(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True, faulty=("401",))
    chat.context.unroute_all()
    chat.route("**/chat/api/**", lambda route: route.fulfill(status=401, json={"detail": ""}))
    chat.context.clear_cookies()
    chat.reload()
    expect(chat.locator("#status")).to_contain_text("不让这个页面记住对话")


# ---- on the phone --------------------------------------------------------------------------------


def test_a_phone_can_install_it_and_keeps_nothing_but_the_shell(visit: OpenPage) -> None:
    chat = visit("/chat", phone=True)
    hear(chat, "看到可疑的")
    _write(chat, WORDS)
    hear(chat, "疑似")
    chat.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tools = chat.context.new_cdp_session(chat)
    errors = {
        error["errorId"] for error in tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    }
    assert errors <= {"in-incognito"}  # the browser of a test is a private window, where nothing is installed
    manifest = tools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert "前哨" in manifest["data"]
    kept = chat.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
          return found;
        }"""
    )
    assert "/chat" in kept
    assert [path for path in kept if path != "/chat" and not path.startswith("/chat/static/")] == []
    assert chat.evaluate("JSON.stringify({...localStorage})") == "{}"
