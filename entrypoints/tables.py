"""Every table of ours, imported for the metadata that alembic and the tests compare."""

from bot import tables as bot_tables
from bot.telegram import pace as telegram_pace
from bot.wechat import tables as wechat_tables
from foundation import job_queue
from knowledge import packs
from knowledge.learning import tables as learning_tables
from knowledge.quizzes import answers
from moderation import tables as moderation_tables
from reports import tables as report_tables

__all__ = [
    "answers",
    "bot_tables",
    "job_queue",
    "learning_tables",
    "moderation_tables",
    "packs",
    "report_tables",
    "telegram_pace",
    "wechat_tables",
]
