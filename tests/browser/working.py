"""An officer at the panel, in a browser."""

import re

from playwright.sync_api import Page

from tests.journeys.officers import PASSWORD


def sign_in(page: Page, login: str, one_time: str) -> None:
    """Signs in with a one-time password, and sets one of their own."""
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(one_time)
    page.locator("main form button").click()
    page.locator("input[name=current]").fill(one_time)
    page.locator("input[name=new]").fill(PASSWORD)
    page.locator("input[name=again]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/admin/(queue|rewards|audit)"))
