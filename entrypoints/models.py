"""The learnt model in force: every process follows it, and an operator lists, compares and switches versions."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from entrypoints.desk import Desk
from entrypoints.setting_up import opened
from foundation.clock import local_text, now
from foundation.ids import new_id
from foundation.settings import Settings
from knowledge import packs
from knowledge.learning import exemplars, versions
from knowledge.learning.exemplars import Judged, kept_back
from knowledge.learning.measuring import measure
from knowledge.learning.tables import MatchingModel
from knowledge.learning.versions import SHIPPED, Standing
from knowledge.matching import Matcher
from moderation import learning

log = logging.getLogger(__name__)

WEIGHTS_SHOWN = 12

_LABELS = {
    "offers": "offers kept back",
    "honest": "honest texts kept back",
    "auc": "AUC",
    "recall": "recall at 2 % false",
    "verdict_recall": "offers with a verdict",
    "false_verdicts": "honest texts with a verdict",
    "right_scheme": "right scheme first",
}


class Follower:
    """Keeps one desk's matcher at what is in force."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known = Standing(desk.matcher.model, 0, None)

    async def look(self) -> bool:
        """Compares, and where something changed builds the matcher anew beside the old one. True if it did."""
        async with self._desk.reading() as session:
            standing = await versions.standing(session)
            if standing == self._known:
                return False
            honest = await versions.honest_texts(session)
            version = (
                await versions.read(session, standing.version)
                if standing.version != self._known.version
                else None
            )
        if version is None:
            self._desk.matcher = await asyncio.to_thread(versions.knowing_honest, self._desk.matcher, honest)
        else:
            self._desk.matcher = await asyncio.to_thread(version.matcher, self._desk.catalogue, honest)
            log.info("judging by another version", extra={"model": standing.version})
        self._known = standing
        return True


@contextlib.asynccontextmanager
async def following(desk: Desk) -> AsyncIterator[None]:
    """Follows the version in force, and what is ticked as honest, for as long as the block lasts; it is there when
    the block begins."""
    follower = Follower(desk)
    await follower.look()
    task = asyncio.create_task(_look_again_and_again(follower, desk.settings.follow_every_seconds))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _look_again_and_again(follower: Follower, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await follower.look()
        except Exception:
            # A database that is away for a while must not end it: what was in force goes on judging.
            log.exception("could not look which version is in force")


async def matcher_of_deployment(settings: Settings, name: str | None) -> Matcher:
    """The matcher of a version of this deployment; None stands for the one in force."""
    async with opened(settings) as (database, _), database.reading() as session:
        catalogue = (await packs.loaded(session)).catalogue
        version = await versions.read(session, name or await versions.in_force(session))
        honest = await versions.honest_texts(session)
    return version.matcher(catalogue, honest)


async def import_exemplars(settings: Settings, file: Path) -> str:
    """Takes in a file of judged texts, all of it or nothing. Raises ImportFault with the line at fault."""
    async with opened(settings) as (database, _):
        async with database.reading() as session:
            catalogue = (await packs.loaded(session)).catalogue
        with file.open("rb") as lines:
            judged = exemplars.read_lines(lines, catalogue)
        async with database.writing() as session:
            done = await learning.take_in(session, judged, now())
            await session.commit()
    told = f"{done.added} added, {done.changed} judged anew, {done.known} known already."
    if done.left_out:
        told += f" {done.left_out} left out: they say who somebody is, and nothing else that could be learnt."
    return told


async def ask_for_refit(settings: Settings) -> str:
    """Sets a fit in motion and says which version will come of it."""
    async with opened(settings) as (database, _), database.writing() as session:
        name = await learning.ask_for_refit(session, new_id("fit"))
        await session.commit()
    return f"{name} will be fitted by a worker; `qianshao model list` shows it when it is done."


async def list_versions(settings: Settings) -> list[str]:
    """A line for each version, the shipped one first."""
    async with opened(settings) as (database, _), database.reading() as session:
        current = await versions.in_force(session)
        rows = await versions.all_of_them(session)
    lines = [f"{SHIPPED}  {'on' if current == SHIPPED else 'off'}  ships with the project"]
    for row in rows:
        own = row.figures["own"]
        lines.append(
            f"{row.name}  {row.state}  {local_text(row.created_at)}  {row.known_texts} texts  "
            f"AUC {own['auc']:.3f}  recall {own['recall']:.3f}  false verdicts {own['false_verdicts']:.3f}  {row.remark}"
        )
    return lines


async def show_version(settings: Settings, name: str) -> list[str]:
    """What a version is, how it did, and what weighs most in it."""
    async with opened(settings) as (database, _), database.reading() as session:
        row = await versions.find(session, name)
        version = await versions.read(session, name)
        current = await versions.in_force(session)
    lines = [f"{name}: {'in force' if name == current else 'not in force'}"]
    if row is not None:
        lines += _told(row)
        lines += _side_by_side((name, row.figures["own"]), (row.parent, row.figures["parent"]))
    lines.append(f"{len(version.model.grams)} n-grams; the weightiest features:")
    weights = sorted(version.model.features.items(), key=lambda item: -abs(item[1]))[:WEIGHTS_SHOWN]
    return lines + [f"  {feature:20s} {weight:+.3f}" for feature, weight in weights]


def _told(row: MatchingModel) -> list[str]:
    return [
        f"fitted {local_text(row.created_at)} beside {row.parent}, on {len(row.data['exemplars'])} of "
        f"{row.known_texts} judged texts; {row.state}: {row.remark}"
    ]


async def compare_versions(settings: Settings, first: str, second: str) -> list[str]:
    """Two versions on today's kept-back share, side by side, and the features they weigh most differently."""
    async with opened(settings) as (database, _), database.reading() as session:
        catalogue = (await packs.loaded(session)).catalogue
        a, b = await versions.read(session, first), await versions.read(session, second)
        rows = await exemplars.that_count(session)
    share = [Judged(row.text, row.scheme) for row in rows if kept_back(row.digest)]
    lines = _side_by_side(
        (first, measure(a.matcher(catalogue), share).to_json()),
        (second, measure(b.matcher(catalogue), share).to_json()),
    )
    apart = {
        feature: b.model.features.get(feature, 0.0) - weight for feature, weight in a.model.features.items()
    }
    lines.append("the features weighed most differently:")
    for feature in sorted(apart, key=lambda f: -abs(apart[f]))[:WEIGHTS_SHOWN]:
        lines.append(
            f"  {feature:20s} {a.model.features[feature]:+.3f} {b.model.features.get(feature, 0.0):+.3f}"
        )
    return lines


def _side_by_side(*columns: tuple[str, dict[str, Any]]) -> list[str]:
    width = max(len(label) for label in _LABELS.values())
    lines = [" " * width + "".join(f"  {name:>14s}" for name, _ in columns)]
    for field, label in _LABELS.items():
        cells = (column[field] for _, column in columns)
        lines.append(f"{label:{width}s}" + "".join(f"  {_cell(value):>14s}" for value in cells))
    return lines


def _cell(value: float | int) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


async def use_version(settings: Settings, name: str) -> str:
    """Takes a version into use, or back; raises VersionUnknown."""
    async with opened(settings) as (database, _), database.writing() as session:
        before = await learning.use(session, name, at=now(), why="an operator's command")
        await session.commit()
    if before == name:
        return f"{name} is in force already."
    seconds = settings.follow_every_seconds
    return f"{name} is in force instead of {before}; every process follows within {seconds:g} seconds."
