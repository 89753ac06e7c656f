"""Turning what was looked up into a page: the templates, and how times, money and states are written."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from foundation.clock import CHINA, local_text
from knowledge.pictures.private_numbers import masked
from moderation.officers import ROLE_LABELS, May, Role, may
from moderation.tables import Officer
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.states import LABELS, TipState

HERE = Path(__file__).parent
STATIC = HERE / "static"

STATE_TONES: dict[TipState, str] = {
    TipState.submitted: "new",
    TipState.need_more: "waiting",
    TipState.accepted: "active",
    TipState.routed: "active",
    TipState.verifying: "active",
    TipState.recognised: "good",
    TipState.not_recognised: "quiet",
    TipState.merged: "quiet",
    TipState.screened_out: "quiet",
    TipState.closed: "quiet",
}

OFFICER_STATES: dict[TipState, str] = {
    **LABELS,
    TipState.submitted: "待审核",
    TipState.need_more: "待补充",
    TipState.routed: "已转办",
    TipState.verifying: "核实中",
    TipState.recognised: "属实",
    TipState.not_recognised: "不属实",
    TipState.merged: "重复",
    TipState.screened_out: "不予受理",
}
"""The officers' short words; a citizen reads reports.states.LABELS."""

VERDICTS = {"likely": "疑似", "possible": "可能", "none": "未见特征", "": "待初筛"}
VERDICT_TONES = {"likely": "alert", "possible": "waiting", "none": "quiet", "": "quiet"}
SENSES = {
    "offer": "广告或话术",
    "question": "咨询",
    "victim": "自述受害",
    "told": "转述他人的招揽",
    "warning": "警示或宣传",
    "negation": "否认或拒绝",
    "dispute": "与持牌机构的纠纷",
    "other": "其他",
}
CHANNELS = {"wechat": "微信", "telegram": "Telegram", "webchat": "网页"}
PAID = {"yes": "已付款", "no": "未付款", "unknown": "未说明"}
FAMILIES = {
    "fundraising": "非法集资类",
    "credit": "信贷与债务类",
    "payment": "支付与账户类",
    "impersonation": "冒充与电信网络类",
    "insurance": "保险类",
    "advertising": "广告与名称类",
}


def yuan(fen: int) -> str:
    """Money as people write it: 1,200 or 1,200.50, without the unit."""
    return f"{fen / 100:,.2f}".removesuffix(".00")


def when(at: datetime | None) -> str:
    """A moment in China: 03-02 09:30, with the year where it is not this one's neighbour."""
    return local_text(at) if at is not None else "—"


def day_and_time(at: datetime | None) -> str:
    """A moment without its year, for lists."""
    return at.astimezone(CHINA).strftime("%m-%d %H:%M") if at is not None else "—"


def span(earlier: datetime, later: datetime) -> str:
    """How long it has been, in the largest unit that says enough: 5 分钟, 3 小时, 2 天."""
    minutes = max(0, int((later - earlier).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} 分钟"
    if minutes < 48 * 60:
        return f"{minutes // 60} 小时"
    return f"{minutes // (24 * 60)} 天"


@cache
def asset(name: str) -> str:
    """The address of a static file; a digest of its content lets browsers keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/admin/static/{name}?v={digest}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(yuan=yuan, when=when, day_and_time=day_and_time, masked=masked)
    environment.globals.update(
        asset=asset,
        span=span,
        may=may,
        May=May,
        role_label=lambda officer: ROLE_LABELS[Role(officer.role)],
        state_label=lambda tip: OFFICER_STATES[TipState(tip.state)],
        state_tone=lambda tip: STATE_TONES[TipState(tip.state)],
        verdict_label=lambda verdict: VERDICTS.get(verdict, verdict),
        verdict_tone=lambda verdict: VERDICT_TONES.get(verdict, "quiet"),
        sense_label=lambda sense: SENSES.get(sense, sense),
        channel_label=lambda channel: CHANNELS.get(channel, channel),
        paid_label=lambda paid: PAID.get(paid, paid),
        family_label=lambda family: FAMILIES.get(family, family),
    )
    return environment


_templates = _environment()


def page(
    request: Request,
    template: str,
    *,
    officer: Officer | None = None,
    csrf: str = "",
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Renders a template within the frame of the panel."""
    body = _templates.get_template(template).render(
        officer=officer, csrf=csrf, path=request.url.path, place=_jurisdiction(request), **values
    )
    return HTMLResponse(body, status_code=status)


def _jurisdiction(request: Request) -> Jurisdiction:
    place: Jurisdiction = request.app.state.desk.jurisdiction
    return place
