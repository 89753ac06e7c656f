"""axe-core, the accessibility checker, over a page as it stands."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.peers.wechat_crypto import FOLDER, install

SCRIPT = Path(FOLDER) / "node_modules" / "axe-core" / "axe.min.js"


def faults(page: Page) -> list[str]:
    """What axe finds on the page: the rule, and the elements that break it."""
    install()
    page.evaluate(SCRIPT.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']} | "
        + "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"])
        for one in found["violations"]
    ]
