"""One tip with all that an officer needs to judge it. Nothing here says who reported it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from admin.desk import DeskHere, Now, PanelDesk
from admin.door import Here, Visitor, allowed
from admin.pages.marked import marked
from admin.pages.queue import schemes_by_family
from admin.rendering import page
from admin.route import PanelRoute
from moderation import (
    audit,
    decisions,
    learning,
    looking,
    officers,
    queue,
    rulings,
    same_ads,
    sayings,
    screening,
)
from moderation.audit import TrailLine
from moderation.company_names import screened_names
from moderation.officers import May
from moderation.queue import TipUnknown
from moderation.rulings import DecisionKind
from moderation.same_ads import SameAd
from moderation.tables import Claim, Decision
from reports import evidence, indicators, recordings, scenes, sealing
from reports.indicators import SharedIndicator
from reports.rewards import track
from reports.states import OPEN, TipState
from reports.tables import Evidence, Reward, Supplement, Tip, TipMatch, WordsVersion

router = APIRouter(route_class=PanelRoute)

EVIDENCE_STATES = {
    "awaited": "等待从平台取回",
    "kept": "已封存，等待识读",
    "read": "已识读",
    "unreadable": "无法识读",
    "lost": "平台已不再提供",
}
EVIDENCE_KINDS = {"picture": "图片", "voice": "语音", "video": "视频", "file": "文件"}
NAME_TIERS = {"prohibited": "原则上不得使用", "watch": "需重点关注", "context": "结合其他情况看"}
PRIVATE_KINDS = {"identity_card": "身份证之类的证件", "bank_card": "银行卡", "selfie": "人脸照片"}
DOUBTFUL = 0.8
"""Below this the reader was not quite sure of a line, though it was perhaps matched: see the picture."""

CODE_KINDS = {
    "wechat_profile": "微信名片码",
    "wechat_group": "微信群码",
    "mini_program": "小程序码",
    "payment": "收款码",
    "app_download": "应用下载码",
    "login": "登录码（扫了可能被盗号）",
    "other_chat": "QQ等聊天码",
    "phone": "电话码",
    "email": "邮箱码",
    "wifi": "无线网码",
    "place": "地点码",
    "short_link": "短链接或活码（看不出通往哪里）",
    "url": "网址码",
    "goods": "商品条码（不作为线索）",
    "text": "文字码",
}
READING_WARNINGS = {
    "turned": "图中文字是横着或倒着的。",
    "unread_part": "图中还有像文字的地方没有读出来，请看图。",
    "unread_code": "图中有二维码（或小程序圆码）没有读出来，请看图，必要时请举报人补一张清楚的。",
    "cut_off": "图很长，只识读了前面一部分。",
    "runs_off": "图边上有字没拍全，已标“没拍全”。",
    "first_frame_only": "动图只识读了第一帧。",
    "first_pages_only": "PDF只识读了前三页。",
    "identity_card": "图中像有身份证之类的证件，展示副本已遮住号码。",
    "look_alike_address": "图中有网址与银行或机关的网址相像，不是官方网址，请核实。",
    "hidden_address": "图中有短链接或活码，看不出通往哪里。请勿在自己的设备上打开。",
    "bank_card": "图中像有银行卡，展示副本已遮住卡号。",
    "selfie": "图中像有人的正脸，文字很少。",
}
SOURCES = {"words": "文字", "picture": "图中文字", "code": "二维码"}

DONE = {
    "claimed": "已领取，一小时内由您办理。",
    "released": "已释放，其他同事可以领取。",
    "decided": "决定已记录，通知已排入发送。",
    "ads": "已记下哪些广告算作线索，正在重新比对，过几秒刷新可见。",
    "proposed": "已提请奖励，等待另一位同事审批。",
}


@dataclass(frozen=True, slots=True)
class TipView:
    """Everything the page shows of one tip."""

    tip: Tip
    claim: Claim | None
    names: dict[str, str]
    files: list[Evidence]
    supplements: list[Supplement]
    versions: list[WordsVersion]
    match: TipMatch | None
    said: str
    """All that it says, as the matcher was given it."""
    learnable: str
    """What a decision would teach the matcher."""
    shared: list[SharedIndicator]
    same: list[SameAd]
    merged_into: Tip | None
    merged_here: list[Tip]
    decided: list[Decision]
    reward: Reward | None
    trail: list[TrailLine]
    poster: str = ""
    """Where the poster hangs that brought the reporter."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form that was refused, so that nobody types it twice."""

    values: dict[str, str] = field(default_factory=dict)
    message: str = ""

    def get(self, name: str, otherwise: str = "") -> str:
        """What stood in that field."""
        return self.values.get(name, otherwise)


async def look_at(session: AsyncSession, tip_id: str, at: datetime) -> TipView:
    """Gathers the view. Raises TipUnknown."""
    tip = await session.get(Tip, tip_id)
    if tip is None:
        raise TipUnknown
    newest_match = (
        await session.exec(
            select(TipMatch)
            .where(col(TipMatch.tip_id) == tip_id)
            .order_by(col(TipMatch.matched_at).desc(), col(TipMatch.id).desc())
            .limit(1)
        )
    ).first()
    supplements = await session.exec(
        select(Supplement).where(col(Supplement.tip_id) == tip_id).order_by(col(Supplement.added_at))
    )
    versions = await session.exec(
        select(WordsVersion).where(col(WordsVersion.tip_id) == tip_id).order_by(col(WordsVersion.edited_at))
    )
    merged_here = await session.exec(
        select(Tip).where(col(Tip.merged_into) == tip_id).order_by(col(Tip.submitted_at)).limit(50)
    )
    return TipView(
        tip=tip,
        claim=await queue.live_claim(session, tip_id, at),
        names=await officers.names(session),
        files=await evidence.of_tip(session, tip_id),
        supplements=list(supplements.all()),
        versions=list(versions.all()),
        match=newest_match,
        said=(await screening.what_tip_says(session, tip_id)).text,
        learnable=await learning.learnable(session, tip),
        shared=await indicators.shared(session, tip_id),
        same=await same_ads.of_tip(session, tip_id),
        merged_into=await session.get(Tip, tip.merged_into) if tip.merged_into else None,
        merged_here=list(merged_here.all()),
        decided=await decisions.of_tip(session, tip_id),
        reward=await track.reward_of(session, tip_id),
        trail=await audit.trail_of_tip(session, tip),
        poster=await scenes.place_of(session, tip.scene) if tip.scene else "",
    )


@router.get("/tips/{tip_id}", dependencies=[allowed(May.see_tips)])
async def show_tip(
    tip_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    return await tip_page(request, desk, visitor, at, tip_id, notice=DONE.get(done, ""))


async def tip_page(
    request: Request,
    desk: PanelDesk,
    visitor: Visitor,
    at: datetime,
    tip_id: str,
    *,
    notice: str = "",
    ruling: Draft | None = None,
    proposal: Draft | None = None,
    status: int = 200,
) -> Response:
    """The page of a tip, also after a form on it was refused."""
    async with desk.reading() as session:
        view = await look_at(session, tip_id, at)
        known = await looking.is_on_record(session, looking.SEEN, tip_id, officer=visitor.officer, at=at)
    if view.files and not known:
        async with desk.transaction() as session:
            await looking.record(session, looking.SEEN, tip_id, officer=visitor.officer, at=at)
    tip, officer = view.tip, visitor.officer
    held_by_another = view.claim is not None and view.claim.officer_id != officer.id
    place = desk.jurisdiction
    return page(
        request,
        "tip/page.html",
        officer=officer,
        csrf=visitor.csrf,
        status=status,
        view=view,
        tip=tip,
        at=at,
        notice=notice,
        ruling=ruling or Draft(),
        proposal=proposal or Draft(),
        mine=view.claim is not None and view.claim.officer_id == officer.id,
        held_by_another=held_by_another,
        is_open=TipState(tip.state) in OPEN,
        possible=_possible(view),
        decision_labels=rulings.LABELS,
        decision_kinds=DecisionKind,
        reward_labels={state.value: label for state, label in track.LABELS.items()},
        may_propose=may_propose(view),
        rules=place.rewards,
        departments=[(d.key.value, d.name, d.duty) for d in place.departments],
        department_names={d.key.value: d.name for d in place.departments},
        mediums={m.code.value: m.label for m in place.mediums},
        schemes=schemes_by_family(desk.catalogue),
        scheme_names={code: scheme.name for code, scheme in desk.catalogue.items()},
        scheme=desk.catalogue.get(tip.scheme_code or ""),
        result=_readable(view.match, view.said),
        taken={
            row.id: sealing.taken(desk.vault.masters, row)
            for row in view.files
            if not evidence.is_withheld(row, at)
        },
        named=screened_names(
            view.said,
            [item.canonical for item in view.shared if item.kind == "company"],
            place.restricted_words,
        ),
        name_tiers=NAME_TIERS,
        withheld={row.id: row.asked_at for row in view.files if evidence.is_withheld(row, at)},
        withheld_for=evidence.WITHHELD_FOR,
        private_kinds=PRIVATE_KINDS,
        ads_on={row.id: sayings.ads_shown(row) for row in view.files},
        neighbours={row.id: sayings.neighbours_on(row) for row in view.files},
        file_numbers={row.id: number for number, row in enumerate(view.files, start=1)},
        doubtful=DOUBTFUL,
        code_kinds=CODE_KINDS,
        reading_warnings=READING_WARNINGS,
        evidence_states=EVIDENCE_STATES,
        played=recordings.PLAYED,
        evidence_kinds=EVIDENCE_KINDS,
        sources=SOURCES,
    )


def _possible(view: TipView) -> tuple[DecisionKind, ...]:
    """What can be ruled on it now: nothing is closed while its reward is under way."""
    is_rewarding = view.reward is not None and track.is_under_way(view.reward)
    return tuple(
        kind for kind in rulings.possible(view.tip) if not (is_rewarding and kind is DecisionKind.close)
    )


def may_propose(view: TipView) -> bool:
    """Whether the tip stands where a reward can be proposed."""
    recognised = view.tip.state in (TipState.recognised.value, TipState.closed.value)
    return recognised and (view.reward is None or view.reward.state == track.RewardState.refused.value)


def _readable(match: TipMatch | None, said: str) -> dict[str, Any]:
    """The stored result with every field a template asks for, whatever version of the matcher wrote it."""
    stored: dict[str, Any] = match.result if match is not None else {}
    return {
        "verdict": stored.get("verdict", ""),
        "score": float(stored.get("score", 0.0)),
        "sense": stored.get("sense", ""),
        "disguise": float(stored.get("disguise", 0.0)),
        "cut": bool(stored.get("cut", False)),
        "honest": bool(stored.get("honest", False)),
        "model": (match.model if match is not None else None) or "",
        "disagree": _disagree(stored),
        "schemes": [
            {
                "code": found.get("code", ""),
                "name": found.get("name", ""),
                "score": float(found.get("score", 0.0)),
                "clues": [
                    {
                        name: clue.get(name, 0.0 if name == "weight" else "")
                        for name in ("weight", "reason", "query", "candidate", "plain")
                    }
                    for clue in found.get("clues", ())
                ],
                "pieces": marked(said, found.get("clues", ())),
            }
            for found in stored.get("schemes", ())
        ],
    }


def _disagree(stored: dict[str, Any]) -> bool:
    rules, learnt = stored.get("rules"), stored.get("learnt")
    return rules is not None and learnt is not None and abs(float(rules) - float(learnt)) >= 0.5
