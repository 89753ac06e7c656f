"""From judged texts to a model in force: the real job, every switch on record, every process following."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from entrypoints import models
from entrypoints.desk import Desk
from entrypoints.matching import match_lines
from entrypoints.models import Follower
from entrypoints.setting_up import load_packs, verify_audit
from foundation.settings import Settings
from knowledge.learning import exemplars
from knowledge.learning.exemplars import ImportFault
from knowledge.learning.tables import MatchingModel
from knowledge.learning.versions import SHIPPED, VersionUnknown
from moderation import learning
from reports.tables import AuditEntry
from tests.entrypoints.commanding import Operator
from tests.jobs import Jobs

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
GOODS = (
    "面粉", "酱油", "雨伞", "棉被", "暖壶", "铁锅", "水壶", "书包", "台灯", "蜡烛",
    "肥皂", "牙刷", "茶叶", "苹果", "萝卜", "白菜", "鸡蛋", "豆浆", "面条", "豆腐",
)  # fmt: skip


def _file(folder: Path, rows: list[tuple[str, str | None]]) -> Path:
    path = folder / "judged.jsonl"
    path.write_text("".join(json.dumps({"text": t, "scheme": s}) + "\n" for t, s in rows), "utf-8")
    return path


def _rows(each: int) -> list[tuple[str, str | None]]:
    """Offers in a cant of their own, and honest texts, all different."""
    rows: list[tuple[str, str | None]] = []
    for n in range(each):
        a, b = GOODS[n % 20], GOODS[(n * 7 + n // 20) % 20]
        rows.append((f"{a}{b}口子老哥速来，白户花户都能上车，{n + 3}个点当天下款，先交工本费", "loan_broker"))
        rows.append((f"超市通知：{n + 1}号起{a}和{b}照常打折，请带会员卡到服务台登记", None))
    return rows


async def _acts(desk: Desk) -> list[str]:
    async with desk.reading() as session:
        entries = (await session.exec(select(AuditEntry).order_by(AuditEntry.seq))).all()  # type: ignore[arg-type]
    return [entry.act for entry in entries]


async def test_import_says_what_it_did_and_a_bad_file_leaves_nothing(
    settings: Settings, desk: Desk, tmp_path: Path
) -> None:
    await load_packs(settings)
    good = _file(tmp_path, _rows(3))
    assert await models.import_exemplars(settings, good) == "6 added, 0 judged anew, 0 known already."
    assert await models.import_exemplars(settings, good) == "0 added, 0 judged anew, 6 known already."
    own = _file(tmp_path, [("我叫李小花，家住柳树巷18号", None)])
    assert (await models.import_exemplars(settings, own)).startswith(
        "0 added, 0 judged anew, 0 known already. 1 left out"
    )
    bad = _file(tmp_path, [("这是另一段没有问题的话", None), ("这一段说的是贷款", "no_such")])
    with pytest.raises(ImportFault, match="Line 2: "):
        await models.import_exemplars(settings, bad)
    async with desk.reading() as session:
        assert await exemplars.count(session) == 6
    assert (await _acts(desk)).count("exemplars.imported") == 1


async def test_enough_judged_texts_set_one_fit_in_motion(
    settings: Settings, desk: Desk, jobs: Jobs, tmp_path: Path
) -> None:
    await load_packs(settings)
    await models.import_exemplars(settings, _file(tmp_path, _rows(20)))
    assert await jobs.waiting() == []
    await models.import_exemplars(settings, _file(tmp_path, _rows(26)))
    await models.import_exemplars(settings, _file(tmp_path, _rows(30)))
    assert await jobs.waiting() == [f"{learning.REFIT}:officers-1"]


async def test_text_judged_honest_is_known_again_also_by_the_clauses_that_were_not_kept(
    settings: Settings, desk: Desk, tmp_path: Path
) -> None:
    await load_packs(settings)
    whole = (
        "我叫李小花，家住柳树巷18号，楼下新贴的传单说无抵押贷款当天放款，请到农商银行网点办理，张建国也看到了"
    )
    follower = Follower(desk)
    await follower.look()
    assert not desk.matcher.match(whole).honest
    await models.import_exemplars(settings, _file(tmp_path, [(whole, None)]))
    assert await follower.look()
    assert desk.matcher.match(whole).honest
    assert not desk.matcher.match(
        "我叫李小花，家住柳树巷18号，急用钱找我，无抵押贷款当天放款，先交手续费"
    ).honest


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_version_is_fitted_takes_over_is_followed_and_rolled_back(
    settings: Settings, desk: Desk, jobs: Jobs, tmp_path: Path
) -> None:
    await load_packs(settings)
    follower = Follower(desk)
    await models.import_exemplars(settings, _file(tmp_path, _rows(80)))
    await jobs.run_all()
    async with desk.reading() as session:
        (row,) = (await session.exec(select(MatchingModel))).all()
    assert (row.name, row.parent, row.state, row.known_texts) == ("officers-1", SHIPPED, "on", 160)
    assert row.figures["own"]["recall"] >= row.figures["parent"]["recall"]
    kept = row.figures["own"]["offers"] + row.figures["own"]["honest"]
    assert len(row.data["exemplars"]) + kept == 160  # what is measured on was not learnt from

    unseen = "蜂蜜口子老哥速来，白户花户都能上车，当天下款，先交工本费"
    before = desk.matcher.match(unseen)
    assert await follower.look()
    after = desk.matcher.match(unseen)
    assert (before.model, after.model) == (SHIPPED, "officers-1")
    assert after.score > before.score
    assert not await follower.look()

    out = io.StringIO()
    line = json.dumps({"id": 1, "text": unseen}).encode()
    for name in (None, SHIPPED):
        matcher = await models.matcher_of_deployment(settings, name)
        match_lines(io.BytesIO(line), out, matcher, details=True)
    by = [json.loads(answer)["model"] for answer in out.getvalue().splitlines()]
    assert by == ["officers-1", SHIPPED]

    assert "AUC" in "\n".join(await models.compare_versions(settings, SHIPPED, "officers-1"))
    assert (await models.show_version(settings, "officers-1"))[0] == "officers-1: in force"
    assert (await models.use_version(settings, SHIPPED)).startswith(
        "offer-1 is in force instead of officers-1"
    )
    assert await follower.look()
    assert desk.matcher.match(unseen).score == before.score
    assert [line.split()[:2] for line in await models.list_versions(settings)] == [
        [SHIPPED, "on"],
        ["officers-1", "off"],
    ]
    assert (await _acts(desk)).count("model.switched") == 2
    holds, _ = await verify_audit(settings)
    assert holds


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_version_with_too_few_texts_to_tell_stays_a_candidate(
    settings: Settings, desk: Desk, jobs: Jobs, tmp_path: Path
) -> None:
    await load_packs(settings)
    await models.import_exemplars(settings, _file(tmp_path, _rows(5)))
    assert (await models.ask_for_refit(settings)).startswith("officers-1 will be fitted")
    await jobs.run_all()
    async with desk.reading() as session:
        (row,) = (await session.exec(select(MatchingModel))).all()
    assert row.state == "candidate"
    assert "too small to tell" in row.remark
    assert not await Follower(desk).look() or desk.matcher.model == SHIPPED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_match_names_the_version_that_it_was_asked_to_judge_by(
    operator: Operator, settings: Settings
) -> None:
    operator.sets(settings)
    assert operator.calls("packs", "load").code == 0
    line = json.dumps({"id": 1, "text": "无视黑白户，先交手续费"}).encode()
    answered = operator.calls("match", "--jsonl", "--details", "--model", SHIPPED, stdin=line)
    assert json.loads(answered.out)["model"] == SHIPPED
    assert (
        "no version “officers-9”"
        in operator.calls("match", "--jsonl", "--model", "officers-9", stdin=line).sentence
    )
    assert (
        "no version “officers-9”" in operator.calls("match", "先交手续费", "--model", "officers-9").sentence
    )


async def test_unknown_version_is_named(settings: Settings, desk: Desk) -> None:
    with pytest.raises(VersionUnknown, match="no version “officers-9”"):
        await models.use_version(settings, "officers-9")
