"""Messages a second accepted and durably answered, for each channel on each database, beside a floor.

    python -m bench.webhook            about four minutes
    python -m bench.webhook --quick    a look, under a minute and a half

Rounds of the product and of the floor alternate, so that whatever else this machine does slows both. Requests are
signed and sealed before the clock starts. Loopback only.
"""

import argparse
import contextlib
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import servers
from bench.cores import PEER, on_core
from bench.databases import KINDS, FreshUrl, count
from bench.load import Answered, pace, saturate
from bench.messages import ASKING, CHANNELS, EVERYDAY, Mix, prepare
from bench.servers import Server

ASKED_ON = "wechat"
"""The channel on which the judged texts are measured."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to look."""

    rounds: int
    seconds: float
    """Of one saturated round, after its warm-up."""
    paced_seconds: float
    warm: int = 200
    """Messages before the clock starts."""
    most_a_second: int = 2500
    """For so many are requests prepared."""


THOROUGH = Plan(rounds=3, seconds=2.5, paced_seconds=5.0)
QUICK = Plan(rounds=1, seconds=1.5, paced_seconds=2.0)


@dataclass(slots=True)
class Pair:
    """The product and the floor on one channel and one database."""

    database: str
    channel: str
    what: str
    ours: list[Answered] = field(default_factory=list)
    floors: list[Answered] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Milliseconds of the product's processor for each message, by round."""
    floor_cpu: list[float] = field(default_factory=list)
    paced: Answered | None = None
    floor_paced: Answered | None = None
    asked_rate: float = 0.0

    @property
    def rate(self) -> float:
        return statistics.median(answered.rate for answered in self.ours)

    @property
    def floor_rate(self) -> float:
        return statistics.median(answered.rate for answered in self.floors)

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios: each compares what ran one after the other."""
        return statistics.median(a.rate / b.rate for a, b in zip(self.ours, self.floors, strict=True))


class Seeds:
    """A fresh number for each batch of citizens, so that nobody comes twice."""

    def __init__(self) -> None:
        self._next = int(time.time()) % 400

    def __call__(self) -> int:
        self._next += 1
        return self._next


@dataclass(slots=True)
class Site:
    """Both servers on one kind of database, and where they keep their rows."""

    database: str
    product: Server
    floor: Server
    product_url: str
    floor_url: str
    answered: int = 0
    floor_answered: int = 0
    submitted: int = 0

    def note(self, answered: Answered, requests_kinds: int, *, is_floor: bool) -> None:
        """Keeps count of what has to be on record in the end."""
        if is_floor:
            self.floor_answered += answered.total
        else:
            self.answered += answered.total
            self.submitted += requests_kinds

    def check(self) -> None:
        """Every answer that was given is on record. Raises AssertionError."""
        kept, floor_kept = count(self.product_url, "inbox_message"), count(self.floor_url, "message")
        tips = count(self.product_url, "tip")
        assert kept == self.answered, f"{self.answered} messages answered, {kept} on record"
        assert floor_kept == self.floor_answered, f"{self.floor_answered} answered, {floor_kept} on record"
        assert tips == self.submitted, f"{self.submitted} reports submitted, {tips} tips"


def measure(site: Site, channel: str, mix: Mix, plan: Plan, seeds: Seeds, *, what: str, paced: bool) -> Pair:
    """Alternating rounds at saturation, then both at half the rate that the product reached."""
    pair = Pair(site.database, channel, what)
    for number in range(plan.rounds):
        requests = prepare(channel, mix, seeds(), plan.warm + int(plan.seconds * plan.most_a_second))
        for is_floor in (False, True) if number % 2 == 0 else (True, False):
            server = site.floor if is_floor else site.product
            before = server.cpu_seconds()
            answered = saturate(server.port, requests, warm=plan.warm, seconds=plan.seconds)
            spent = (server.cpu_seconds() - before) / answered.total * 1000
            (pair.floors if is_floor else pair.ours).append(answered)
            (pair.floor_cpu if is_floor else pair.cpu).append(spent)
            submitted = sum(request.kind == "submit" for request in requests[: answered.total])
            site.note(answered, submitted, is_floor=is_floor)
    if paced:
        pair.asked_rate = pair.rate / 2
        warm = int(pair.asked_rate * 0.5)
        needed = int(pair.asked_rate * plan.paced_seconds * 1.3) + 100
        for is_floor in (False, True):
            requests = prepare(channel, mix, seeds(), needed)
            server = site.floor if is_floor else site.product
            answered = pace(
                server.port, requests, rate=pair.asked_rate, warm=warm, seconds=plan.paced_seconds
            )
            site.note(
                answered, sum(r.kind == "submit" for r in requests[: answered.total]), is_floor=is_floor
            )
            if is_floor:
                pair.floor_paced = answered
            else:
                pair.paced = answered
    return pair


@contextlib.contextmanager
def opened_site(database: str, fresh: FreshUrl, folder: Path, bot_api: str) -> Iterator[Site]:
    """Both servers, running, on databases of their own."""
    settings = servers.settings_of(fresh("product"), folder, bot_api)
    servers.set_up(settings)
    floor_url = fresh("floor")
    with servers.product(settings, folder) as ours, servers.floor(floor_url, folder) as bare:
        yield Site(database, ours, bare, settings.database_url, floor_url)


def run(plan: Plan, databases: list[str], channels: list[str], *, with_stages: bool) -> None:
    """Measures and prints."""
    seeds, began = Seeds(), time.monotonic()
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; {plan.rounds} rounds of {plan.seconds} s"
    )
    pairs: list[Pair] = []
    for database in databases:
        with contextlib.ExitStack() as stack:
            fresh = stack.enter_context(KINDS[database]())
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qianshao-bench-logs-")))
            stack.enter_context(on_core(PEER))
            bot_api = stack.enter_context(servers.bot_api())
            with opened_site(database, fresh, folder, bot_api) as site:
                for channel in channels:
                    pairs.append(measure(site, channel, EVERYDAY, plan, seeds, what="everyday", paced=True))
                    print(saturation_line(pairs[-1]), flush=True)
                if ASKED_ON in channels:
                    pairs.append(measure(site, ASKED_ON, ASKING, plan, seeds, what="问一问", paced=False))
                    print(saturation_line(pairs[-1]), flush=True)
                site.check()
    print_tables(pairs)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end, {time.monotonic() - began:.0f} s in all")


def saturation_line(pair: Pair) -> str:
    """One line of the first table."""
    name = pair.channel if pair.what == "everyday" else f"{pair.channel}, {pair.what}"
    ours, bare = pair.ours[-1], pair.floors[-1]
    spread = " ".join(f"{a.rate / b.rate:.2f}" for a, b in zip(pair.ours, pair.floors, strict=True))
    return (
        f"| {pair.database} | {name} | {pair.rate:.0f} | {pair.floor_rate:.0f} | {pair.ratio:.2f} | {spread} "
        f"| {ours.quantile(0.5):.0f} / {ours.quantile(0.99):.0f} | {bare.quantile(0.5):.0f} / {bare.quantile(0.99):.0f} "
        f"| {statistics.median(pair.cpu):.2f} / {statistics.median(pair.floor_cpu):.2f} |"
    )


def print_tables(pairs: list[Pair]) -> None:
    """The two tables, as Markdown."""
    print("\nAs fast as 16 connections go (messages a second, milliseconds):\n")
    print(
        "| database | channel | ours | floor | ratio | each round | p50 / p99 | floor's | CPU ms, ours / floor |"
    )
    print("|---|---|--:|--:|--:|---|--:|--:|--:|")
    for pair in pairs:
        print(saturation_line(pair))
    print(
        "\nAt half of our rate, arriving at chance moments (milliseconds from the moment a message was due):\n"
    )
    print("| database | channel | messages a second | ours p50 / p99 | floor p50 / p99 | slowest of ours |")
    print("|---|---|--:|--:|--:|--:|")
    for pair in pairs:
        if pair.paced and pair.floor_paced:
            print(
                f"| {pair.database} | {pair.channel} | {pair.paced.rate:.0f} "
                f"| {pair.paced.quantile(0.5):.1f} / {pair.paced.quantile(0.99):.1f} "
                f"| {pair.floor_paced.quantile(0.5):.1f} / {pair.floor_paced.quantile(0.99):.1f} "
                f"| {pair.paced.quantile(1):.0f} |"
            )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="one short round of each")
    parser.add_argument("--database", choices=list(KINDS), action="append")
    parser.add_argument("--channel", choices=CHANNELS, action="append")
    asked = parser.parse_args()
    run(
        QUICK if asked.quick else THOROUGH,
        asked.database or list(KINDS),
        asked.channel or list(CHANNELS),
        with_stages=True,
    )


if __name__ == "__main__":
    main()
