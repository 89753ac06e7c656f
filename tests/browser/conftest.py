"""A browser for each test, and where its pictures go."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from foundation.settings import Settings
from tests.deployment import Deployment, deployed

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "browser"


class BrowserMissing(RuntimeError):
    """Chromium is missing: `make test` installs Debian's package chromium."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    program = shutil.which("chromium")
    if program is None:
        raise BrowserMissing(BrowserMissing.__doc__)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def deployment(settings: Settings, tmp_path: Path) -> Iterator[Deployment]:
    """A deployment that serves."""
    with deployed(settings, tmp_path) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, deployment: Deployment) -> Iterator[Callable[..., Page]]:
    """Opens a page of somebody of their own; any fault in a page's script fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(path: str, *, width: int = 390, height: int = 844) -> Page:
        context = browser.new_context(
            base_url=deployment.address, viewport={"width": width, "height": height}, locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a screenshot among the run's artefacts."""
    folder = ARTEFACTS / re.sub(r"[^\w-]+", "_", request.node.name)
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    return keep
