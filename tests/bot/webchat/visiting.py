"""A browser at the web chat, as the page's script would use it."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import httpx

ADDRESS = "http://127.0.0.1:8000"
PAGE = {"X-Qianshao": "1"}

_numbers = itertools.count(1)


@dataclass
class Visitor:
    """One browser with its cookies."""

    client: httpx.AsyncClient
    seen: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)

    async def opens(self) -> httpx.Response:
        """Loads the page."""
        return await self.client.get("/chat")

    async def posts(self, headers: dict[str, str] | None = None, **message: Any) -> httpx.Response:
        """Sends one message as it is given."""
        body = {"id": f"message-{next(_numbers):06}", **message}
        return await self.client.post(
            "/chat/api/messages", json=body, headers=PAGE if headers is None else headers
        )

    async def says(self, *texts: str) -> str:
        """Says one thing after the other; what the last one is answered."""
        for text in texts:
            new = self._note(await self.posts(text=text, after=self.seen))
        return new

    async def shows(self, data: bytes, message_id: str = "") -> httpx.Response:
        """Uploads a photo."""
        fields = {"id": message_id or f"photo-{next(_numbers):06}", "after": str(self.seen)}
        return await self.client.post(
            "/chat/api/photos", data=fields, files={"photo": ("photo", data)}, headers=PAGE
        )

    async def shows_and_hears(self, data: bytes) -> str:
        """Uploads a photo; what is answered."""
        return self._note(await self.shows(data))

    async def thread(self, after: int = 0, **query: Any) -> list[dict[str, Any]]:
        """The thread, as a page that comes back asks for it."""
        answer = await self.client.get("/chat/api/thread", params={"after": after, **query}, timeout=40)
        assert answer.status_code == 200, answer.text
        lines: list[dict[str, Any]] = answer.json()["lines"]
        return lines

    def _note(self, answer: httpx.Response) -> str:
        assert answer.status_code == 200, (answer.status_code, answer.text)
        new = answer.json()["lines"]
        self.lines += new
        self.seen = max((line["seq"] for line in new), default=self.seen)
        return "\n".join(line["text"] for line in new if not line["mine"])
