"""A picture of one's own among the photos, where they come one by one and as an album: gone for good at “不发”, kept at “照样发”."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deployment import Deployment
from tests.journeys.citizens import Citizen, wait_to_hear
from tests.journeys.officers import Officer
from tests.leaflets import as_jpeg, draw_leaflet
from tests.portraits import portrait

CARD = draw_leaflet(
    ("居民身份证", "姓名 李某某", "性别 女 民族 汉", "出生 1950年1月1日", "住址 某某县东街1号")
)
AD = draw_leaflet(("急用钱找我", "无抵押 当天放款 黑户可做"), phone="19900001234")


def _rows(deployment: Deployment) -> list[tuple[str, str, object, object]]:
    """Kind of private picture, consent, wrapped key and reading of every file, in the order they came."""
    path = deployment.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        found = database.execute(
            "SELECT private_kind, consent, wrapped_key, reading FROM evidence ORDER BY received_at, id"
        ).fetchall()
    database.close()
    return found


def _stored(deployment: Deployment) -> set[str]:
    folder = Path(deployment.settings.blobs_url.removeprefix("file://"))
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def _wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)


def _receipts(citizen: Citizen) -> set[str]:
    return {text.split("回执号：")[1][:14] for text in citizen.heard() if "回执号：QS-" in text}


def _reports(citizen: Citizen, place: str, *at_last: str) -> str:
    """Reports what was shown last; the receipt."""
    before = _receipts(citizen)
    for words in ("举报它", place, "墙上", "没有了", "提交", *at_last):
        citizen.say(words)
    _wait_until(lambda: bool(_receipts(citizen) - before))
    (receipt,) = _receipts(citizen) - before
    return receipt


@pytest.mark.slow
@pytest.mark.parametrize(
    ("channel", "database_url"), [("webchat", "sqlite"), ("telegram", "sqlite")], indirect=True
)
def test_a_card_sent_by_a_slip_is_gone_and_a_face_sent_on_purpose_is_kept(
    channel: tuple[Deployment, Callable[[], Citizen]],
) -> None:
    deployment, arrive = channel
    citizen = arrive()
    citizen.show(AD, CARD)
    asked = wait_to_hear(citizen, "有 1 张像是身份证")
    assert "不发的话，我马上删掉" in asked
    _wait_until(lambda: len(_stored(deployment)) == 4)  # of each the original and the copy
    # What they were asked of the photos before is answered first; before it is sent they are asked again.
    receipt = _reports(citizen, "东街菜市场门口", "不发", "提交")
    wait_to_hear(citizen, "删掉了，工作人员看不到")
    _wait_until(lambda: len(_stored(deployment)) == 2)  # a job of the same transaction deletes it
    (card,) = [row for row in _rows(deployment) if row[0]]
    assert card[:3] == ("identity_card", "refused", None)
    assert card[3] in (None, "null")
    wait_to_hear(citizen, "疑似")
    officer = Officer.added(deployment, "reviewer", "reviewer")
    page = officer.read(f"/admin/tips/{officer.find_tip(receipt)}")
    assert "19900001234" in page
    assert "李某某" not in page
    assert "材料 <small>1 份" in page

    citizen.show(as_jpeg(portrait(900, 1100)))
    wait_to_hear(citizen, "有 1 张像是拍的人")
    citizen.say("照样发")
    wait_to_hear(citizen, "照样发给工作人员")
    receipt = _reports(citizen, "西街茶馆里")
    page = officer.read(f"/admin/tips/{officer.find_tip(receipt)}")
    assert "像是举报人自己的人脸照片：本人同意发送" in page
    assert "The chain holds" in deployment.run("audit", "verify")
