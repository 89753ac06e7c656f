"""A citizen at the chat page, with fingers and eyes."""

import re

from playwright.sync_api import Page, expect


def hear(page: Page, words: str) -> None:
    """Waits until the newest line with these words is in sight."""
    expect(page.locator("#thread li.ours", has_text=words).last).to_be_visible(timeout=30_000)


def choose(page: Page, label: str) -> None:
    """Presses an option."""
    page.locator("#choices").get_by_role("button", name=label).first.click()


def say(page: Page, words: str) -> None:
    """Writes, sends, and waits until it has arrived."""
    page.locator("#words").fill(words)  # whatever language its label is in
    page.locator("#send").click()
    expect(page.locator("#thread li.mine", has_text=words).last).to_have_class(re.compile("sent"))
