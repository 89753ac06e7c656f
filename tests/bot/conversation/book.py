"""A book for tests: the real questions and warnings, a made-up county."""

from functools import cache

from bot.conversation.book import Book, Hotline, Medium
from knowledge.quizzes.questions import read_questions
from knowledge.schemes.catalogue import read_pack
from knowledge.schemes.meanings import shipped_meanings
from knowledge.warnings.notices import read_warnings


@cache
def county_book() -> Book:
    return Book(
        questions=read_questions(),
        warnings=read_warnings(),
        mediums=(
            Medium("wall", "墙上、楼道里"),
            Medium("elevator", "电梯里", asked=False),
            Medium("flyer", "传单、小卡片"),
            Medium("sms", "短信、电话", online=True),
            Medium("wechat_group", "微信群、朋友圈", online=True),
            Medium("short_video", "短视频、网上", online=True),
            Medium("lecture", "讲座、会销", asked=False),
            Medium("acquaintance", "熟人介绍", asked=False),
            Medium("other", "别的地方"),
        ),
        hotlines=(
            Hotline("110", "正在被骗、刚转了钱", "任何时候", key="police"),
            Hotline("96110", "接到可疑电话，问一问", "任何时候", key="antifraud"),
            Hotline("12345", "别的事不知道找谁", key="government"),
            Hotline("12378", "跟银行、保险公司的纠纷", "工作日", key="institutions"),
        ),
        human_hours="工作日 9:00–17:00",
        human_phone="12345",
        meaning_of=shipped_meanings(read_pack()).of,
    )
