"""How fast one visitor, and one address, may send: a bucket each, in memory, so that a flood costs us little."""

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class Pace:
    """Token buckets by name: `burst` at once, then `per_second`. The least recently used are forgotten."""

    def __init__(self, *, burst: float, per_second: float, names_at_most: int = 50_000) -> None:
        self._burst = burst
        self._rate = per_second
        self._most = names_at_most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, name: str, at: float) -> bool:
        """Takes one token; False where none is left. `at` is a monotonic time in seconds."""
        bucket = self._buckets.pop(name, None) or _Bucket(self._burst, at)
        bucket.tokens = min(self._burst, bucket.tokens + (at - bucket.filled_at) * self._rate)
        bucket.filled_at = at
        allowed = bucket.tokens >= 1
        if allowed:
            bucket.tokens -= 1
        self._buckets[name] = bucket
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return allowed


class Gate:
    """Two paces at once: a visitor's own, and that of the address they and others come from."""

    def __init__(self, by_visitor: Pace, by_address: Pace) -> None:
        self._by_visitor = by_visitor
        self._by_address = by_address

    def allows(self, visitor: str, address: str, at: float) -> bool:
        """Takes one token of each; False where either has none left."""
        return self._by_visitor.allows(visitor, at) and self._by_address.allows(address, at)
