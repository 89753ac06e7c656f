"""The audit chain as officers read it: a tip's trail in sentences, and whether the chain holds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from moderation import officers
from moderation.rulings import LABELS as DECISIONS
from moderation.rulings import DecisionKind
from reports import custody
from reports.custody import ChainState
from reports.states import LABELS as STATES
from reports.states import TipState
from reports.tables import AuditEntry, Evidence, Tip

PAGE = 50


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry of the chain, told: who did what, and the details that matter."""

    seq: int
    at: datetime
    who: str
    what: str
    note: str
    subject: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The answer of a check, told."""

    holds: bool
    sentence: str
    entries: int
    head: str


_FAULTS = {
    "an entry is missing": "缺少一条记录",
    "it does not follow the entry before it": "与前一条记录接不上",
    "its content was changed": "内容被改动过",
    "the head of the chain is missing": "缺少链尾记录",
    "the head of the chain was changed": "链尾记录被改动过",
    "the newest entries were cut off": "最新的记录被删去",
}


async def check_chain(session: AsyncSession, secret: bytes) -> ChainReport:
    """Walks the whole chain and says in one sentence what was found."""
    state = await custody.verify(session, secret)
    return ChainReport(state.fault is None, _told(state), state.entries, state.head)


def _told(state: ChainState) -> str:
    if state.fault is None:
        return f"审计链完整：共 {state.entries} 条记录，逐条校验无误。"
    reason = _FAULTS.get(state.fault.reason, state.fault.reason)
    return f"审计链在第 {state.fault.seq} 条处有问题：{reason}。此前 {state.entries} 条记录完好，请立即报告。"


async def trail_of_tip(session: AsyncSession, tip: Tip) -> list[TrailLine]:
    """All that happened to a tip and its files, oldest first."""
    files = (await session.exec(select(Evidence.id).where(col(Evidence.tip_id) == tip.id))).all()
    return await _tell(session, await custody.trail_of(session, [tip.id, *files]))


async def newest(session: AsyncSession, *, before: int | None = None, subject: str = "") -> list[TrailLine]:
    """A page of the chain, newest first; `before` is the number where the last page ended."""
    query = select(AuditEntry).order_by(col(AuditEntry.seq).desc()).limit(PAGE)
    if before is not None:
        query = query.where(col(AuditEntry.seq) < before)
    if subject:
        query = query.where(col(AuditEntry.subject) == subject)
    return await _tell(session, (await session.exec(query)).all())


async def _tell(session: AsyncSession, entries: Iterable[AuditEntry]) -> list[TrailLine]:
    names = await officers.names(session)
    return [tell(entry, names) for entry in entries]


def tell(entry: AuditEntry, names: Mapping[str, str]) -> TrailLine:
    """One entry in words. What we have no sentence for is shown by its bare name, never left out."""
    detail: dict[str, Any] = json.loads(entry.detail)
    what, note = _sentence(entry.act, detail, names)
    return TrailLine(entry.seq, entry.at, _actor(entry.actor, names), what, note, entry.subject)


def _actor(actor: str, names: Mapping[str, str]) -> str:
    kind, _, who = actor.partition(":")
    if kind == "officer":
        return names.get(who, "已离岗人员")
    return {"reporter": "举报人", "system": "系统"}.get(kind, actor)


_PLAIN = {
    "tip.submitted": "提交线索",
    "tip.screened": "自动初筛完成",
    "tip.claimed": "领取线索",
    "evidence.kept": "材料已封存",
    "evidence.attached": "材料归入线索",
    "evidence.consent_asked": "图片像是举报人自己的证件或照片，已询问本人是否发送",
    "evidence.consent_given": "举报人同意发送",
    "evidence.consent_refused": "举报人不同意发送，图片将删除",
    "evidence.opened": "打开原始录音、录像或文件",
    "tip.seen": "查看线索材料",
    "evidence.read": "材料识读完成，生成展示副本",
    "evidence.unreadable": "材料无法识读",
    "evidence.lost": "平台已不再提供该材料",
    "reward.notified": "奖励通知已送达，领取期开始",
    "reward.reminded": "提醒举报人领取奖励",
    "reward.claimed": "举报人登记领取奖励",
    "reward.lapsed": "奖励逾期未领",
    "exemplar.learnt": "文字（已隐去号码）用于改进研判",
    "exemplar.retired": "撤回此前用于改进研判的文字",
    "exemplars.imported": "批量导入研判样本",
    "model.fitted": "研判模型新版本已训练",
    "model.switched": "切换研判模型版本",
    "help.asked": "请求人工",
    "help.files_sent": "求助时发来材料",
    "help.files_taken": "求助的材料归入线索",
    "help.seen": "查看求助材料",
    "help.answered": "答复求助",
    "help.closed": "关闭求助",
    "help.picture_added": "答复求助时附上图片",
    "help.picture_sent": "答复所附图片已查，发给群众",
    "help.picture_withheld": "答复所附图片没有发出",
    "officer.added": "新增人员",
    "officer.reset": "重置人员密码",
    "officer.switched_off": "停用人员",
    "officer.password_changed": "修改密码",
    "officer.signed_in": "登录",
    "notice.sent": "通知已送达举报人",
    "notice.held": "通知暂存，待举报人下次联系时送达",
    "notice.failed": "通知无法送达",
    "notice.undeliverable": "举报人已无法联系，通知未能送达",
    "evidence.forgotten": "举报人收回材料",
    "packs.loaded": "更新知识包",
    "keys.rewrapped": "更换主密钥",
    "reporter.erased": "举报人资料已按本人要求删除",
}

_VERDICTS = {"likely": "疑似", "possible": "可能", "none": "未见特征"}


def _sentence(act: str, detail: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, str]:
    match act:
        case "tip.moved":
            return f"状态由“{_state(detail['from'])}”变为“{_state(detail['to'])}”", str(
                detail.get("reason") or ""
            )
        case "tip.decided":
            note = "；".join(
                part
                for part in (
                    f"理由：{detail.get('reason')}",
                    f"告知举报人：{detail['said']}" if detail.get("said") else "",
                    f"部门：{detail['department']}" if detail.get("department") else "",
                )
                if part
            )
            return f"作出决定：{DECISIONS[DecisionKind(detail['kind'])]}", note
        case "tip.scheme_corrected":
            return "更正套路", f"{detail.get('from') or '未定'} → {detail.get('to')}"
        case "tip.screened":
            verdict = _VERDICTS.get(str(detail.get("verdict")), str(detail.get("verdict")))
            return _PLAIN[act], f"{verdict}，得分 {detail.get('score')}"
        case "tip.released":
            holder = names.get(str(detail.get("holder")), "同事")
            return "释放线索", f"原领取人：{holder}"
        case "evidence.kept":
            return _PLAIN[act], f"SHA-256 {str(detail.get('sha256'))[:16]}…，{detail.get('size')} 字节"
        case "evidence.ads_chosen":
            return "指定图中哪些广告算作线索", f"算：{_ads(detail['chosen'])}；不算：{_ads(detail['beside'])}"
        case "evidence.unreadable" | "evidence.lost":
            return _PLAIN[act], str(detail.get("why") or "")
        case "reward.proposed":
            return f"提请奖励 {_yuan(detail.get('fen'))} 元", str(detail.get("why") or "")
        case "reward.consented":
            return f"财务同意奖励 {_yuan(detail.get('fen'))} 元", ""
        case "reward.approved":
            return f"批准奖励 {_yuan(detail.get('fen'))} 元", ""
        case "reward.refused":
            return "未批准奖励", str(detail.get("why") or "")
        case "reward.paid":
            return "奖励已发放", f"凭证号 {detail.get('reference')}"
        case _:
            return _PLAIN.get(act, act), ""


def _ads(places: Sequence[int]) -> str:
    return "、".join(f"第 {place + 1} 则" for place in places) or "无"


def _state(value: Any) -> str:
    try:
        return STATES[TipState(value)]
    except ValueError:
        return str(value)


def _yuan(fen: Any) -> str:
    return f"{int(fen or 0) / 100:.2f}".removesuffix(".00")
