"""A step is pure and must stay cheap: the webhook's answer waits for it."""

import statistics
import subprocess
import sys
import time

from tests.bot.conversation.talking import Citizen

REPORT = [
    "你好",
    "我要举报",
    "没有照片",
    "2",
    "楼下有人说能修征信，收三千",
    "好了",
    "人民路菜场门口",
    "传单",
    "没有",
    "对",
]


def test_a_step_takes_less_than_a_millisecond_as_a_rule() -> None:
    citizen = Citizen()
    taken = []
    for _ in range(10):
        for said in REPORT:
            began = time.thread_time()
            citizen.says(said)  # the step itself, and the state through JSON and back
            taken.append(time.thread_time() - began)
    assert statistics.median(taken) < 0.001


def test_a_sentence_made_to_confuse_takes_no_longer() -> None:
    citizen = Citizen()
    for said in (
        "我要" * 8,
        "我想要" * 5,
        "那就" * 2000,
        "好的吧啊呀了的" * 2,
        "转" * 4000,
        "没" * 4000,
        "1" * 4000,
        "一" * 4000,
    ):
        began = time.thread_time()
        citizen.says(said)
        assert time.thread_time() - began < 0.5, said[:8]


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, bot.conversation.engine\n"
        "heavy = {'numpy', 'jieba', 'sqlalchemy', 'sqlmodel', 'aiogram', 'wechatpy', 'cv2', 'dbos'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
