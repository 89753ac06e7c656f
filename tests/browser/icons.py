"""The icons of the web chat, drawn from its SVG files: `python -m tests.browser.icons` draws them anew."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bot.webchat.shell import STATIC

ICONS = {
    "icon-180.png": (
        "icon-maskable.svg",
        180,
    ),  # a telephone that rounds the corners itself wants none rounded
    "icon-192.png": ("icon.svg", 192),
    "icon-512.png": ("icon.svg", 512),
    "icon-maskable-512.png": ("icon-maskable.svg", 512),
}


def draw(browser: Browser, source: str, side: int) -> bytes:
    """The PNG of one SVG file, `side` pixels wide and high, transparent where nothing is drawn."""
    page = browser.new_page(viewport={"width": side, "height": side})
    try:
        svg = (
            (STATIC / source).read_text("utf-8").replace("<svg ", f'<svg width="{side}" height="{side}" ', 1)
        )
        page.set_content(f'<body style="margin:0;background:transparent;line-height:0">{svg}</body>')
        return page.screenshot(omit_background=True)
    finally:
        page.close()


if __name__ == "__main__":
    program = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, (source, side) in ICONS.items():
            Path(STATIC / name).write_bytes(draw(browser, source, side))
        browser.close()
