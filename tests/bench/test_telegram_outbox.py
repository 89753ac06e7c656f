"""A burst over Telegram through the real queue: what may not wait goes first, the limits hold, nobody is left out."""

import shutil
from pathlib import Path

import pytest

from bench.telegram_outbox import NOTICE, REPLY, STOP, measure


@pytest.mark.slow
def test_stop_loss_and_replies_overtake_a_burst_of_notices_within_the_limits(
    tmp_path: Path, migrated_sqlite: Path
) -> None:
    path = tmp_path / "qianshao.db"
    shutil.copy(migrated_sqlite, path)
    was = measure(lambda _: f"sqlite:///{path}", notices=90, replies=6, texts=2.0)
    by_kind = {kind: was.after(kind, 0.0) for kind in (NOTICE, REPLY, STOP)}
    assert {kind: len(times) for kind, times in by_kind.items()} == {NOTICE: 90, REPLY: 6, STOP: 1}
    waiting = sum(1 for at in by_kind[NOTICE] if at > was.stop_owed_at)
    after_stop = sum(1 for at in by_kind[NOTICE] if at > by_kind[STOP][0])
    after_replies = sum(1 for at in by_kind[NOTICE] if at > by_kind[REPLY][-1])
    # Sixteen were under way already, and a slow machine takes its time to look; most of what waited was overtaken.
    assert waiting > 20
    assert after_stop > waiting / 2
    assert after_replies > waiting / 4
    # Thirty by the bucket's own clock (tests/bot/telegram/test_pace.py); a machine that stalls lets through together what
    # had its place already, which is no more than a worker's sixteen.
    assert was.busiest <= 30 + 16
    assert was.busiest_of_one <= 3
