"""An officer's day, through the door: queue, tip, decision, reward, help, audit; long, because it is one day in one file."""

import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image
from sqlmodel import select

from knowledge.learning import exemplars
from knowledge.matching import Clue, MatchResult, SchemeMatch, Sense, Verdict
from knowledge.pictures.lines import TextLine
from knowledge.schemes.training import pack_matcher
from moderation import decisions, help_desk, queue, rulings
from moderation.officers import Role
from moderation.rulings import DecisionKind, Ruling
from moderation.tables import Enclosure
from reports import evidence, indicators, passphrases
from reports.indicators import SeenIndicator
from reports.rewards.track import reward_of
from reports.tables import AuditEntry, Notice, Supplement, Tip, WordsVersion
from tests.admin.conftest import Entered
from tests.admin.paneling import TrialDesk, Visitor
from tests.leaflets import draw_leaflet

MATCH = MatchResult(
    verdict=Verdict.LIKELY,
    score=0.91,
    schemes=(
        SchemeMatch(
            "credit_repair",
            "征信修复",
            0.91,
            (Clue(0.6, "红旗词", "先交八百", "先交", (12, 16), "还没办事就先要您交钱"),),
        ),
    ),
    sense=Sense.OFFER,
    indicators=(),
    disguise=0.4,
)


async def _tip(desk: TrialDesk, tip: Tip) -> Tip:
    async with desk.reading() as session:
        return (await session.exec(select(Tip).where(Tip.id == tip.id))).one()


async def _decide(desk: TrialDesk, visitor: Visitor, tip: Tip, kind: str, **fields: str) -> str:
    """Opens the tip and sends the decide form; returns the page that comes."""
    await visitor.get(f"/admin/tips/{tip.id}")
    desk.later(seconds=1)
    await visitor.post(
        f"/admin/tips/{tip.id}/decide",
        seen=visitor.hidden("seen"),
        kind=kind,
        reason=fields.pop("reason", "与窗口核对过，依据充分"),
        **fields,
    )
    return visitor.page


async def test_queue_shows_the_most_pressing_first_and_filters(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    calm = await trial_desk.tip("楼道小广告", priority=5, place="西河乡")
    pressing = await trial_desk.tip("刚转了五万", priority=95)
    await trial_desk.matched(pressing, MATCH)
    await visitor.get("/admin/queue")
    assert visitor.page.index(pressing.receipt) < visitor.page.index(calm.receipt)
    assert "征信" in visitor.page
    for query, shown, hidden in (
        ("place=西河", calm, pressing),
        ("verdict=likely", pressing, calm),
        ("scheme=credit_repair", pressing, calm),
        ("priority=70", pressing, calm),
        (f"q={calm.receipt.lower()}", calm, pressing),
    ):
        await visitor.get(f"/admin/queue?{query}")
        assert shown.receipt in visitor.page, query
        assert hidden.receipt not in visitor.page, query
    await visitor.get("/admin/queue?verdict=rubbish&holder=rubbish&age=rubbish&tab=rubbish")
    assert pressing.receipt in visitor.page


async def test_long_queue_is_paged(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    for _ in range(queue.PAGE + 2):
        await trial_desk.tip()
    seen: set[str] = set()
    for number in (1, 2):
        await visitor.get(f"/admin/queue?page={number}")
        seen |= set(re.findall(r"QS-\w{4}-\w{4}-\w", visitor.page))
    assert len(seen) == queue.PAGE + 2
    assert "第 2 / 2 页" in visitor.page


async def test_tip_page_shows_all_that_is_needed_and_nothing_of_the_reporter(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    who = await trial_desk.reporter()
    picture = await trial_desk.picture(
        who,
        (
            TextLine("急用钱找我", (60, 20, 700, 100), 0.99),
            TextLine("电话 13800138000", (60, 420, 700, 500), 0.41),
        ),
    )
    tip = await trial_desk.tip("<b>铲单</b>洗白", reporter_id=who, evidence_ids=(picture.id,))
    earlier = await trial_desk.tip("同一个电话")
    await trial_desk.matched(tip, MATCH)
    seen = [SeenIndicator("phone", "13800138000", "138 0013 8000", "picture")]
    async with trial_desk.transaction() as session:
        await indicators.note(session, tip.id, seen, trial_desk.at)
        await indicators.note(session, earlier.id, seen, trial_desk.at)
        session.add(Supplement(id="sup_1", tip_id=tip.id, words="又看到一张", added_at=trial_desk.at))
        session.add(
            WordsVersion(
                id="ver_1", tip_id=tip.id, before="收三<b>千", after="收四千", edited_at=trial_desk.at
            )
        )
    await visitor.get(f"/admin/tips/{tip.id}")
    page = visitor.page
    for expected in (
        tip.receipt,
        "&lt;b&gt;铲单&lt;/b&gt;洗白",
        "原来：收三&lt;b&gt;千<br>改成：收四千",
        "急用钱找我",
        'class="doubtful" title="识读把握 41%',
        "收款码",
        "wxp://f2f0-demo",
        picture.sha256,
        "先交八百",
        "还没办事就先要您交钱",
        "13800138000",
        earlier.receipt,
        "又看到一张",
        "材料已封存",
        "提交线索",
    ):
        assert expected in page, expected
    assert "<b>铲单" not in page
    assert who not in page
    assert 'href="wxp' not in page


async def test_picture_is_opened_for_officers_alone_and_kept_by_no_browser(
    trial_desk: TrialDesk, entered: Entered, outsider: Visitor
) -> None:
    reviewer, finance = await entered(), await entered("money", Role.finance)
    who = await trial_desk.reporter()
    picture = await trial_desk.picture(who)
    address = f"/admin/evidence/{picture.id}/picture"
    assert (await reviewer.get(address)).status_code == 404  # a draft's: nobody's business yet
    await trial_desk.tip(reporter_id=who, evidence_ids=(picture.id,))
    shown = await reviewer.client.get(address)
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "no-store"
    assert Image.open(io.BytesIO(shown.content)).size == (picture.width, picture.height)
    async with trial_desk.reading() as session:
        row = await evidence.find(session, picture.id)
    assert shown.content not in await trial_desk.blobs.get(row.display_key)  # it lies sealed
    assert (await finance.client.get(address)).status_code == 403
    assert (await outsider.get(address)).url.path == "/admin/sign-in"
    assert (await reviewer.get("/admin/evidence/evi_unknown/picture")).status_code == 404


async def test_claimed_tip_cannot_be_decided_by_a_colleague(trial_desk: TrialDesk, entered: Entered) -> None:
    one, other = await entered("one", name="甲"), await entered("other", name="乙")
    tip = await trial_desk.tip()
    await other.get(f"/admin/tips/{tip.id}")
    token, seen = other.token(), other.hidden("seen")
    await one.get("/admin/queue")
    shown = await one.post("/admin/queue/claim-next")
    assert shown.url.path == f"/admin/tips/{tip.id}"
    assert "由您办理" in one.page
    refused = await other.client.post(
        f"/admin/tips/{tip.id}/decide",
        data={"csrf": token, "seen": seen, "kind": "accept", "reason": "我先看到的"},
    )
    assert refused.status_code == 409
    assert "正由甲办理" in refused.text
    assert (await _tip(trial_desk, tip)).state == "submitted"
    await other.get("/admin/queue")
    await other.post("/admin/queue/claim-next")
    assert "目前没有待领取的线索" in other.page
    await one.get(f"/admin/tips/{tip.id}")
    await one.post(f"/admin/tips/{tip.id}/release")
    assert "目前无人办理" in one.page


async def test_supervisor_takes_a_claim_off_a_colleague(trial_desk: TrialDesk, entered: Entered) -> None:
    one, head = await entered("one"), await entered("head", Role.supervisor)
    tip = await trial_desk.tip()
    await one.get(f"/admin/tips/{tip.id}")
    await one.post(f"/admin/tips/{tip.id}/claim")
    await head.get(f"/admin/tips/{tip.id}")
    assert "收回（主管）" in head.page
    await head.post(f"/admin/tips/{tip.id}/release")
    assert "释放线索" in head.page


@pytest.mark.parametrize(
    ("kind", "fields", "state"),
    [
        ("recognise", {}, "recognised"),
        ("not_recognise", {}, "not_recognised"),
        ("need_more", {"said": "请补拍门头"}, "need_more"),
        ("route", {"department": "SAMR"}, "routed"),
        ("screen_out", {}, "screened_out"),
        ("accept", {"scheme": "loan_broker"}, "accepted"),
    ],
)
async def test_decision_moves_the_tip_owes_a_notice_and_stands_in_the_trail(
    trial_desk: TrialDesk, entered: Entered, kind: str, fields: dict[str, str], state: str
) -> None:
    visitor = await entered()
    tip = await trial_desk.tip()
    page = await _decide(trial_desk, visitor, tip, kind, **fields)
    assert "决定已记录" in page
    assert f"作出决定：{rulings.LABELS[DecisionKind(kind)]}" in page
    moved = await _tip(trial_desk, tip)
    assert moved.state == state
    async with trial_desk.reading() as session:
        [notice] = (await session.exec(select(Notice).where(Notice.tip_id == tip.id))).all()
    assert notice.reporter_id == tip.reporter_id
    if "scheme" in fields:
        assert moved.scheme_code == "loan_broker"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_clues_are_underlined_in_the_words_that_were_judged(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    tip = await trial_desk.tip("群里有人说能修復征❤，先交八百")
    result = pack_matcher().match(tip.words)
    await trial_desk.matched(tip, result)
    await visitor.get(f"/admin/tips/{tip.id}")
    page = visitor.page
    underlined = re.findall(r"<mark[^>]*>([^<]+)</mark>", re.sub(r"</mark><mark[^>]*>", "", page))
    assert "修復征❤" in underlined  # as it was sent
    assert "语气：转述他人的招揽" in page
    assert "规则与学习模型意见不一" not in page
    assert "显示全部" not in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_officer_is_told_where_rules_and_learnt_model_disagree(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    tip = await trial_desk.tip("看看视频就有钱，一天四五百，快来")
    result = pack_matcher().match(tip.words)
    assert result.disagree
    await trial_desk.matched(tip, result)
    await visitor.get(f"/admin/tips/{tip.id}")
    assert "规则与学习模型意见不一，请多看一眼。" in visitor.page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_clue_is_listed_the_ninth_and_further_behind_a_fold(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    tip = await trial_desk.tip(
        "专业修复征信，逾期、呆账都能消除不良记录，铲单洗白，信用修复异议申诉，不成功不收费，先交八百定金"
    )
    result = pack_matcher().match(tip.words)
    clues = result.schemes[0].clues
    assert len(clues) > 8
    await trial_desk.matched(tip, result)
    await visitor.get(f"/admin/tips/{tip.id}")
    shown, _, folded = visitor.page.partition(f"显示全部 {len(clues)} 条依据")
    assert f"<td>{clues[7].weight:+.2f}</td><td>{clues[7].reason}</td>" in shown
    assert f"<td>{clues[8].weight:+.2f}</td><td>{clues[8].reason}</td>" in folded
    assert visitor.page.count(f"<td>{clues[-1].reason}</td>") == len(result.schemes)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ticked_text_becomes_an_honest_exemplar_and_an_unticked_one_does_not(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    silent, ticked = (
        await trial_desk.tip("超市通知会员日打八折"),
        await trial_desk.tip("社区通知老人体检，电话13800138000"),
    )
    await _decide(trial_desk, visitor, silent, "screen_out")
    await visitor.get(f"/admin/tips/{ticked.id}")
    assert 'name="is_honest"' in visitor.page
    assert "社区通知老人体检，电话13800000000" in visitor.page  # what would be learnt is shown beforehand
    await _decide(trial_desk, visitor, ticked, "screen_out", is_honest="yes")
    async with trial_desk.reading() as session:
        learnt = [(row.text, row.scheme) for row in await exemplars.that_count(session)]
    assert learnt == [("社区通知老人体检，电话13800000000", None)]


async def test_duplicate_is_joined_by_its_receipt(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    root, tip = await trial_desk.tip(), await trial_desk.tip()
    page = await _decide(trial_desk, visitor, tip, "merge", duplicate_of=root.receipt)
    assert "已并入" in page
    await visitor.get(f"/admin/tips/{root.id}")
    assert tip.receipt in visitor.page


async def test_refused_decision_keeps_what_was_typed(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    tip = await trial_desk.tip()
    page = await _decide(
        trial_desk, visitor, tip, "screen_out", reason="属于服务纠纷，不是线索", said="您的钱一定能追回"
    )
    assert "一定能追回”，属于承诺性" in page
    assert "属于服务纠纷，不是线索</textarea>" in page
    assert 'value="screen_out" required checked' in page
    assert (await _tip(trial_desk, tip)).state == "submitted"
    page = await _decide(trial_desk, visitor, tip, "")
    assert "请先选择一种处理意见" in page


async def test_decision_on_an_outdated_page_is_refused(trial_desk: TrialDesk, entered: Entered) -> None:
    one, other = await entered("one"), await entered("other")
    tip = await trial_desk.tip()
    await other.get(f"/admin/tips/{tip.id}")
    token, seen = other.token(), other.hidden("seen")
    await _decide(trial_desk, one, tip, "accept")
    refused = await other.client.post(
        f"/admin/tips/{tip.id}/decide",
        data={"csrf": token, "seen": seen, "kind": "screen_out", "reason": "不属于受理范围"},
    )
    assert "有了新的变化" in refused.text
    assert (await _tip(trial_desk, tip)).state == "accepted"


async def test_reward_goes_from_one_officer_to_another_and_to_finance(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    head, other = await entered("head", Role.supervisor), await entered("other", Role.supervisor)
    finance = await entered("money", Role.finance)
    tip = await trial_desk.tip()
    await _decide(trial_desk, head, tip, "recognise")
    tier = trial_desk.jurisdiction.rewards.tiers[0]

    async def propose(amount: str) -> None:
        await head.post(
            f"/admin/tips/{tip.id}/propose-reward", tier=tier.code, amount=amount, reason="查实是违法广告"
        )

    for amount, said in (("很多", "金额请写成数字"), (f"{tier.max_fen // 100 + 1}", "金额应在")):
        await propose(amount)
        assert said in head.page
    wide = str(tier.min_fen // 100).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})
    await propose(f"{wide}．００ 元")  # as a Chinese keyboard types it
    assert "已提请奖励" in head.page

    address = f"/admin/rewards/{tip.id}"
    await head.get(address)
    assert "须由另一位同事审批" in head.page
    refused = await head.post(f"{address}/approve")
    assert refused.status_code == 409
    assert "提请和审批必须是两个人" in head.page
    await finance.get(address)
    assert (await finance.post(f"{address}/approve")).status_code == 403

    await other.get(address)
    await other.post(f"{address}/approve")
    assert "已批准，通知已排入发送" in other.page
    assert (await other.post(f"{address}/paid", reference="P-1")).status_code == 403

    await other.get(address)
    assert (await other.post(f"{address}/claimed")).status_code == 403
    await finance.get(address)
    await finance.post(f"{address}/claimed")
    assert "已登记领取" in finance.page
    assert (await finance.post(f"{address}/paid", reference=" ")).status_code == 409
    await finance.post(f"{address}/paid", reference="国库-2026-001")
    assert "已登记发放" in finance.page
    async with trial_desk.reading() as session:
        reward = await reward_of(session, tip.id)
        kinds = (
            await session.exec(select(Notice.kind).where(Notice.tip_id == tip.id).order_by(Notice.id))
        ).all()
    assert reward is not None
    assert (reward.state, reward.amount_fen, reward.payment_reference) == (
        "paid",
        tier.min_fen,
        "国库-2026-001",
    )
    assert kinds == ["recognised", "reward_approved", "reward_paid"]


async def test_a_large_reward_passes_finance_before_anybody_approves_it(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    one, head = await entered("one"), await entered("head", Role.supervisor)
    finance = await entered("money", Role.finance)
    tip = await trial_desk.tip()
    await _decide(trial_desk, one, tip, "recognise")
    rules = trial_desk.jurisdiction.rewards
    yuan = rules.approval_threshold_fen // 100
    tier = next(t for t in rules.tiers if t.max_fen >= rules.approval_threshold_fen)
    await one.post(
        f"/admin/tips/{tip.id}/propose-reward", tier=tier.code, amount=str(yuan), reason="查实是违法广告"
    )
    address = f"/admin/rewards/{tip.id}"
    await head.get(address)
    assert "须先由财务会签" in head.page
    assert f"批准 {yuan:,} 元" not in head.page
    assert (await head.post(f"{address}/approve")).status_code == 409
    assert (await head.post(f"{address}/consent")).status_code == 403
    await finance.get("/admin/rewards?tab=proposed")
    assert "待财务会签" in finance.page
    await finance.get(address)
    await finance.post(f"{address}/consent")
    assert "已会签" in finance.page
    await head.get(address)
    await head.post(f"{address}/approve")
    assert "已批准，通知已排入发送" in head.page


async def test_refused_reward_can_be_proposed_anew(trial_desk: TrialDesk, entered: Entered) -> None:
    one, head = await entered("one"), await entered("head", Role.supervisor)
    tip = await trial_desk.tip()
    await _decide(trial_desk, one, tip, "recognise")
    tier = trial_desk.jurisdiction.rewards.tiers[0]
    form = {"tier": tier.code, "amount": str(tier.min_fen // 100), "reason": "查实是违法广告"}
    await one.post(f"/admin/tips/{tip.id}/propose-reward", **form)
    await head.get(f"/admin/rewards/{tip.id}")
    assert (await head.post(f"/admin/rewards/{tip.id}/refuse", reason="")).status_code == 409
    await head.post(f"/admin/rewards/{tip.id}/refuse", reason="依据还不够，请补充认定文书")
    assert "已退回" in head.page
    await one.get(f"/admin/tips/{tip.id}")
    await one.post(f"/admin/tips/{tip.id}/propose-reward", **form)
    assert "已提请奖励" in one.page


async def test_finance_sees_rewards_but_no_tip(trial_desk: TrialDesk, entered: Entered) -> None:
    finance = await entered("money", Role.finance)
    tip = await trial_desk.tip("只有审核人员能看的内容")
    for path in ("/admin/queue", f"/admin/tips/{tip.id}", "/admin/help", "/admin/audit"):
        answer = await finance.get(path)
        assert answer.status_code == 403
        assert "只有审核人员能看的内容" not in answer.text
    assert (await finance.get("/admin/rewards")).status_code == 200
    assert (await finance.get(f"/admin/rewards/{tip.id}")).status_code == 404


async def test_citizen_who_asked_for_a_human_is_answered(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    who = await trial_desk.reporter()
    async with trial_desk.transaction() as session:
        asked = await help_desk.ask(session, reporter_id=who, words="我不会<操作>", at=trial_desk.at)
    trial_desk.later(minutes=9)
    await visitor.get("/admin/help")
    assert "我不会&lt;操作&gt;" in visitor.page
    assert "9 分钟" in visitor.page
    await visitor.get(f"/admin/help/{asked.id}")
    assert who not in visitor.page
    refused = await visitor.post(f"/admin/help/{asked.id}/answer", text="保证还款")
    assert refused.status_code == 409
    assert "保证还款</textarea>" in visitor.page
    await visitor.post(f"/admin/help/{asked.id}/answer", text="您好，回复“1”就能举报。")
    assert "答复已排入发送" in visitor.page
    await visitor.post(f"/admin/help/{asked.id}/close")
    assert "已关闭" in visitor.page
    async with trial_desk.reading() as session:
        [notice] = (await session.exec(select(Notice))).all()
    assert (notice.kind, notice.detail["text"]) == ("officer_answer", "您好，回复“1”就能举报。")


async def test_what_was_said_since_an_officer_looked_is_neither_answered_nor_closed_unread(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    one, other = await entered("li.na"), await entered("zhang.wei")
    who = await trial_desk.reporter()

    async def says(words: str) -> str:
        async with trial_desk.transaction() as session:
            return (await help_desk.ask(session, reporter_id=who, words=words, at=trial_desk.at)).id

    asked = f"/admin/help/{await says('在哪里办公')}"
    for visitor in (one, other):
        await visitor.get(asked)
    looked_at = one.hidden("seen")
    await says("我已经把钱转过去了")
    for path, said in ((f"{asked}/answer", {"text": "东街 8 号。"}), (f"{asked}/close", {})):
        refused = await one.post(path, seen=looked_at, **said)
        assert refused.status_code == 409
        assert "我已经把钱转过去了" in one.page
        assert "还没有发出" in one.page
    answered = await one.post(f"{asked}/answer", text="先打 110。", seen=one.hidden("seen"))
    assert answered.status_code == 200
    # A colleague who still has the page open, and whoever presses twice, is told instead of answering again.
    assert (await other.post(f"{asked}/answer", text="东街 8 号。", seen=looked_at)).status_code == 409
    assert "先打 110。" in other.page
    assert "东街 8 号。</textarea>" in other.page
    trial_desk.later(minutes=1)
    await says("打了，然后呢")
    await other.get(asked)
    assert "到那一条去答复" in other.page
    async with trial_desk.reading() as session:
        told = [notice.detail["text"] for notice in (await session.exec(select(Notice))).all()]
    assert told == ["先打 110。"]


async def test_every_page_says_how_many_wait_and_that_somebody_is_in_distress(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    await visitor.get("/admin/queue")
    assert 'hx-get="/admin/help/waiting"' in visitor.page
    assert (await visitor.get("/admin/help/waiting")).text == ""
    one, other = await trial_desk.reporter(), await trial_desk.reporter()
    async with trial_desk.transaction() as session:
        for who, words, urgent in ((one, "在吗", False), (other, "活不下去了", True)):
            await help_desk.ask(session, reporter_id=who, words=words, at=trial_desk.at, urgent=urgent)
    assert "1 紧急" in (await visitor.get("/admin/help/waiting")).text
    await visitor.get("/admin/queue")
    await visitor.post("/admin/sign-out")
    assert (await visitor.get("/admin/help/waiting")).status_code == 204


async def test_audit_page_finds_a_changed_entry(trial_desk: TrialDesk, entered: Entered) -> None:
    chief = await entered("chief", Role.admin)
    tip = await trial_desk.tip()
    await chief.get("/admin/audit")
    assert "提交线索" in chief.page
    await chief.post("/admin/audit/check")
    assert "审计链完整" in chief.page
    await chief.get(f"/admin/audit?subject={tip.id}")
    assert "登录" not in re.sub(r"(?s)<header.*?</header>", "", chief.page)
    async with trial_desk.transaction() as session:
        entry = (await session.exec(select(AuditEntry).where(AuditEntry.subject == tip.id))).one()
        entry.actor = "reporter:rep_somebody_else"
        session.add(entry)
    await chief.get("/admin/audit")
    await chief.post("/admin/audit/check")
    assert f"审计链在第 {entry.seq} 条处有问题：内容被改动过" in chief.page


async def test_reviewer_reads_no_audit_page(entered: Entered) -> None:
    visitor = await entered()
    assert (await visitor.get("/admin/audit")).status_code == 403


async def test_unknown_tip_and_page_read_as_pages(entered: Entered) -> None:
    visitor = await entered()
    assert (await visitor.get("/admin/tips/tip_unknown")).status_code == 404
    assert "没有这条线索" in visitor.page
    assert (await visitor.get("/admin/static/..%2Fpanel.py")).status_code == 404
    assert (await visitor.get("/admin/static/NOTICE.txt")).status_code == 404


async def test_what_htmx_asks_without_a_session_sends_the_whole_page_to_the_door(outsider: Visitor) -> None:
    answer = await outsider.client.get("/admin/queue", headers={"hx-request": "true"})
    assert answer.status_code == 204
    assert answer.headers["hx-redirect"].startswith("/admin/sign-in")


async def test_decided_elsewhere_shows_who_decided_and_why(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    tip = await trial_desk.tip()
    officer = (await trial_desk.officer("zhao", name="赵敏")).officer
    async with trial_desk.transaction() as session:
        await decisions.decide(
            session,
            tip.id,
            Ruling(DecisionKind.need_more, "照片太糊", said="请再拍一张"),
            officer=officer,
            departments={},
            schemes=(),
            at=trial_desk.at,
        )
    await visitor.get(f"/admin/tips/{tip.id}")
    for expected in ("赵敏", "照片太糊", "正在等举报人补充：请再拍一张"):
        assert expected in visitor.page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("step", ["claimed", "paid"])
async def test_whoever_left_no_name_is_paid_with_their_passphrase_and_not_without(
    trial_desk: TrialDesk, entered: Entered, step: str
) -> None:
    head, other = await entered("head", Role.supervisor), await entered("other", Role.supervisor)
    finance = await entered("money", Role.finance)
    tip = await trial_desk.tip()
    async with trial_desk.transaction() as session:
        passphrase = await passphrases.make(session, trial_desk.vault, tip.id, trial_desk.at)
    await _decide(trial_desk, head, tip, "recognise")
    tier = trial_desk.jurisdiction.rewards.tiers[0]
    amount = str(tier.min_fen // 100)
    await head.post(
        f"/admin/tips/{tip.id}/propose-reward", tier=tier.code, amount=amount, reason="查实是违法广告"
    )
    address = f"/admin/rewards/{tip.id}"
    await other.get(address)
    await other.post(f"{address}/approve")
    await finance.get(address)
    assert "领奖口令" in finance.page
    wrong = "0000 0000" if passphrase != "0000 0000" else "1111 1111"
    for said in ("", wrong, passphrase[:-1], f"{passphrase}0"):
        refused = await finance.post(f"{address}/{step}", reference="国库-2026-002", passphrase=said)
        assert (refused.status_code, "口令" in finance.page) == (409, True)
        assert passphrase not in finance.page
    async with trial_desk.reading() as session:
        reward = await reward_of(session, tip.id)
    assert reward is not None
    assert (reward.state, reward.claimed_by, reward.payment_reference) == ("approved", None, "")
    wide = passphrase.translate(
        {ord(d): ord(d) + 0xFEE0 for d in "0123456789"}
    )  # as a Chinese keyboard types it
    await finance.post(f"{address}/{step}", reference="国库-2026-002", passphrase=wide)
    assert "已登记" in finance.page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_answer_with_a_picture_is_sealed_and_read_before_it_goes(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    who = await trial_desk.reporter()
    async with trial_desk.transaction() as session:
        asked = await help_desk.ask(session, reporter_id=who, words="服务站在哪里", at=trial_desk.at)
    page, kept_in = (
        f"/admin/help/{asked.id}",
        Path(urlsplit(trial_desk.settings.blobs_url).path) / "enclosure",
    )

    async def sends(data: bytes, name: str = "way.jpg") -> httpx.Response:
        await visitor.get(page)
        return await visitor.client.post(
            f"{page}/answer",
            data={"csrf": visitor.token(), "text": "在东街，看图。"},
            files={"picture": (name, data, "image/jpeg")},
        )

    for broken, why in ((b"<html>", "不是照片"), (b"\xff\xd8\xff" + b"0" * 11_000_000, "照片文件太大")):
        refused = await sends(broken)
        assert (refused.status_code, why in refused.text) == (409, True)
    assert list(kept_in.glob("*")) == []
    async with trial_desk.reading() as session:
        assert (await session.exec(select(Notice))).all() == []
    data = draw_leaflet(("便民服务站", "东街12号"))
    assert "答复已排入发送" in (await sends(data)).text
    await visitor.get(page)
    assert "正在检查" in visitor.page
    [kept] = kept_in.glob("*")
    assert b"\xff\xd8\xff" not in kept.read_bytes()
    assert (await visitor.get(f"/admin/help/pictures/{kept.name}")).status_code == 404
    async with trial_desk.reading() as session:
        [row] = (await session.exec(select(Enclosure))).all()
    assert (row.id, row.state, row.reporter_id) == (kept.name, "reading", who)
