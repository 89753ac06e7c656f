"""The chat in another site's page: whole where the operator named the site, refused by the browser anywhere else."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.deployment import Deployment, free_port

Picture = Callable[[Page, str], None]
pytestmark = pytest.mark.browser


def _site(port: int, script: str, policy: str) -> ThreadingHTTPServer:
    page = f"""<!doctype html><html lang="zh-Hans"><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1"><title>某县人民政府</title>
      <h1>某县人民政府</h1><p><a href="#news">政务公开</a></p><script src="{script}" defer></script></html>""".encode()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("localhost", port), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def neighbour(site: Deployment) -> Iterator[Callable[[int], str]]:
    """Opens a site at a port, with a policy as strict as a government's may be; its address."""
    there: list[ThreadingHTTPServer] = []
    policy = f"default-src 'none'; img-src data:; script-src {site.address}; frame-src {site.address}"

    def at(port: int) -> str:
        there.append(_site(port, f"{site.address}/chat/embed.js", policy))
        return f"http://localhost:{port}"

    yield at
    for server in there:
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def test_a_named_site_shows_the_whole_chat(
    site: Deployment, neighbour: Callable[[int], str], page: Page, picture: Picture
) -> None:
    (origin,) = site.settings.webchat.origins
    page.goto(neighbour(int(origin.rsplit(":", 1)[1])))
    launcher = page.get_by_role("button", name="防骗举报")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    picture(page, "launcher")
    for _ in range(3):
        page.keyboard.press("Tab")
        if launcher.evaluate("button => button.getRootNode().activeElement === button"):
            break
    page.keyboard.press("Enter")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#thread li.ours")).to_contain_text("看到可疑的")
    expect(frame.locator("#words")).to_be_focused()
    page.keyboard.type("群里有人拉人投资返利")
    page.keyboard.press("Enter")
    expect(frame.locator("#thread li.ours", has_text="疑似")).to_be_visible()
    picture(page, "chat")
    (cookie,) = [
        one for one in page.context.cookies(f"{site.address}/chat") if one["name"] == "qianshao_visitor"
    ]
    assert (cookie["sameSite"], cookie["secure"], cookie["httpOnly"]) == ("None", True, True)
    assert cookie["partitionKey"].startswith("http://localhost")

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(launcher).to_be_focused()
    page.reload()
    launcher.click()
    expect(frame.locator("#thread li.ours", has_text="疑似")).to_be_visible()  # the thread is kept
    frame.get_by_role("button", name="关闭").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_any_other_site_is_refused_by_the_browser_and_offers_a_link(
    site: Deployment, neighbour: Callable[[int], str], page: Page, picture: Picture
) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
    page.goto(neighbour(free_port()))
    page.get_by_role("button", name="防骗举报").click()
    link = page.get_by_role("link", name="在新窗口打开防骗举报")
    expect(link).to_have_attribute("href", f"{site.address}/chat", timeout=15_000)
    assert any("frame-ancestors" in fault for fault in refused), refused
    picture(page, "refused")
    page.get_by_role("button", name="关闭").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_browser_that_gives_frames_no_cookies_is_offered_the_chats_own_page(
    site: Deployment, neighbour: Callable[[int], str], page: Page, picture: Picture
) -> None:
    (origin,) = site.settings.webchat.origins
    page.route("**/chat/api/**", lambda route: route.fulfill(status=401, json={"detail": ""}))
    page.goto(neighbour(int(origin.rsplit(":", 1)[1])))
    page.get_by_role("button", name="防骗举报").click()
    link = page.get_by_role("link", name="在新窗口打开防骗举报")
    expect(link).to_have_attribute("href", f"{site.address}/chat")
    picture(page, "no-cookie")
