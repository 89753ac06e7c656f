"""The floor: the least that a durable answer costs with these libraries, on the same server and the same engine.

For each channel it opens the message with the channel's own library, inserts one row under the message's id, commits
and answers as the channel wants to be answered. It knows no citizen, no conversation and no key, and seals nothing.
"""

import argparse
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import uvicorn
import uvloop
from aiogram.types import Update
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel
from sqlalchemy import Column, DateTime, LargeBinary, MetaData, String, Table, insert
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply

from bench.messages import AES_KEY, APP_ID, BOT_SECRET, WECHAT_TOKEN
from foundation.clock import now
from foundation.database import Database

ANSWER = "您好，这里是前哨。您可以：\n1 我要举报\n2 问一问，是不是骗局\n3 我的举报\n4 防骗小测验\n5 风险提示\n0 返回 · 9 人工"

_metadata = MetaData()
_messages = Table(
    "message",
    _metadata,
    Column("id", String, primary_key=True),
    Column("raw", LargeBinary, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
)


class Message(BaseModel):
    """What the page of the web chat sends."""

    id: str
    text: str = ""
    choice: str = ""
    label: str = ""
    start: bool = False
    after: int = 0


def build_floor(url: str) -> FastAPI:
    """One handler for each channel."""
    database = Database(url)
    crypto = WeChatCrypto(WECHAT_TOKEN, AES_KEY, APP_ID)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with database.writer.begin() as connection:
            await connection.run_sync(_metadata.create_all)
        yield
        await database.close()

    async def keep(message_id: str, raw: bytes, at: datetime) -> None:
        async with database.writer.begin() as connection:
            await connection.execute(insert(_messages).values(id=message_id, raw=raw, received_at=at))

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    @app.get("/readyz")
    async def readyz() -> dict[str, bool]:
        return {"ready": True}

    @app.post("/wechat")
    async def wechat(request: Request) -> Response:
        at, query = now(), request.query_params
        xml = crypto.decrypt_message(
            await request.body(), query["msg_signature"], query["timestamp"], query["nonce"]
        )
        message = parse_message(xml)
        await keep(f"wechat:{message.id or secrets.token_hex(8)}", xml.encode(), at)
        reply = TextReply(source=message.target, target=message.source, content=ANSWER)
        sealed = crypto.encrypt_message(reply, secrets.token_hex(8), str(int(at.timestamp())))
        return Response(sealed, media_type="application/xml")

    @app.post("/telegram")
    async def telegram(request: Request) -> Response:
        at = now()
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != BOT_SECRET:
            return Response(status_code=403)
        body = await request.body()
        update = Update.model_validate_json(body)
        await keep(f"telegram:{update.update_id}", body, at)
        chat = update.message.chat.id if update.message else update.callback_query.from_user.id  # type: ignore[union-attr]
        answer = {"method": "sendMessage", "chat_id": chat, "text": ANSWER}
        return Response(json.dumps(answer, ensure_ascii=False).encode(), media_type="application/json")

    @app.post("/chat/api/messages")
    async def webchat(message: Message) -> dict[str, Any]:
        at = now()
        await keep(f"webchat:{message.id}", message.model_dump_json().encode(), at)
        return {"lines": [{"seq": 1, "mine": False, "at": at.isoformat(), "text": ANSWER, "choices": []}]}

    return app


async def _serve(url: str, port: int) -> None:
    config = uvicorn.Config(
        build_floor(url),
        host="127.0.0.1",
        port=port,
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    uvloop.run(_serve(asked.database_url, asked.port))
