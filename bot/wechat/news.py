"""News for somebody who may not be written to: a one-time notice that something waits, where they agreed to one."""

import logging

from bot.channels import TryLater, Unreachable, WindowClosed
from bot.wechat.client import WeChatClient
from bot.wechat.consents import Consents
from bot.wechat.faults import AnswerLost, NotOpenToAccount, OperatorMustAct, TextTooLong
from bot.wechat.operating import Capability, Operating

log = logging.getLogger(__name__)


class News:
    """The notices of one account."""

    def __init__(self, client: WeChatClient, consents: Consents, operating: Operating) -> None:
        self._client = client
        self._consents = consents
        self._operating = operating

    async def tell(self, address: str) -> None:
        """Uses a consent, where the person gave one, to tell that something waits for them."""
        if not await self._operating.may(Capability.notices):
            return
        scene = await self._consents.use_one(address)
        if scene is None:
            return
        try:
            language = await self._consents.spoken_to(address)
            await self._client.post(
                "/cgi-bin/message/template/subscribe", self._consents.notice(address, scene, language)
            )
        except NotOpenToAccount as fault:
            await self._consents.put_back(address, scene)
            await self._operating.switch_off(Capability.notices, fault.errcode)
        except OperatorMustAct as fault:
            await self._consents.put_back(address, scene)
            await self._operating.tell(fault.errcode, f"{fault.reason} ({self._consents.template})")
        except TryLater as fault:
            # What it would have told of waits for the person's next message all the same, and the next news tries again.
            if not isinstance(fault, AnswerLost):
                await self._consents.put_back(address, scene)
            log.warning("a notice was not sent", extra={"reason": str(fault)})
        except (Unreachable, WindowClosed, TextTooLong) as fault:
            log.warning("a notice was not sent", extra={"reason": str(fault)})
