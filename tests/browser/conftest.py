"""A browser for each test, and where its pictures go."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from foundation.settings import Environment, Settings, WebchatSettings
from tests.conftest import MASTER
from tests.deployment import Deployment, deployed, free_port

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
OpenPage = Callable[..., Page]
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Deployment]:
    """A deployment for all tests, each of which comes as somebody else. One neighbour may show its chat."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(migrated_sqlite, folder / "qianshao.db")
    settings = Settings(
        environment=Environment.test,
        database_url=f"sqlite:///{folder}/qianshao.db",
        blobs_url=f"file://{folder}/blobs",
        master_keys=MASTER,
        webchat=WebchatSettings(embed_origins=f"http://localhost:{free_port()}"),
        _env_file=None,
    )
    with deployed(settings, folder) as running:
        yield running


def _pages(browser: Browser, deployment: Deployment) -> Iterator[OpenPage]:
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    expected: list[str] = []

    def open_one(
        path: str,
        *,
        width: int = 390,
        height: int = 844,
        phone: bool = False,
        faulty: tuple[str, ...] = (),
        locale: str = "zh-CN",
    ) -> Page:
        """`phone`: fingers instead of a mouse. `faulty`: words of the faults that this page is meant to meet."""
        context = browser.new_context(
            base_url=deployment.address, viewport={"width": width, "height": height}, locale=locale,
            timezone_id="Asia/Shanghai", has_touch=phone, is_mobile=phone,
        )  # fmt: skip
        contexts.append(context)
        expected.extend(faulty)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [fault for fault in faults if not any(words in fault for words in expected)] == []


@pytest.fixture
def open_page(browser: Browser, deployment: Deployment) -> Iterator[OpenPage]:
    """Opens a page of somebody of their own; any fault in a page's script fails the test."""
    yield from _pages(browser, deployment)


@pytest.fixture
def visit(browser: Browser, site: Deployment) -> Iterator[OpenPage]:
    """The same, at the deployment that the tests share."""
    yield from _pages(browser, site)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a screenshot among the run's artefacts."""
    folder = ARTEFACTS / re.sub(r"[^\w-]+", "_", request.node.name)
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    return keep
