"""Reading the body of a call from outside without ever holding more of it than allowed."""

from starlette.requests import ClientDisconnect, Request

from foundation.errors import Refusal


class BodyTooLarge(Refusal):
    """The body is larger than {limit} bytes."""


class BodyCutShort(Refusal):
    """The caller went away in the middle of the body."""


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body, at most `limit` bytes. Raises BodyTooLarge or BodyCutShort."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limit:
        raise BodyTooLarge(limit=limit)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise BodyTooLarge(limit=limit)
    except ClientDisconnect:
        raise BodyCutShort from None
    return bytes(body)
