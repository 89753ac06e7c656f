"""Deliveries of several messages that failed half-way, so that a retry does not say the first half again."""

_MOST = 10_000


class Underway:
    """How many messages of a delivery have gone out already. It lives as long as the process does: a
    delivery that is retried by another process begins anew, and saying a thing twice is better than not
    saying it.
    """

    def __init__(self) -> None:
        self._gone: dict[str, int] = {}

    def gone(self, key: str) -> int:
        """How many messages of this delivery went out before."""
        return self._gone.get(key, 0)

    def advance(self, key: str, gone: int) -> None:
        """`gone` messages of this delivery are out now."""
        if len(self._gone) >= _MOST:
            self._gone.pop(next(iter(self._gone)))
        self._gone[key] = gone

    def finish(self, key: str) -> None:
        """All of it is out."""
        self._gone.pop(key, None)
