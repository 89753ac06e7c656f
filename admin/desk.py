"""What the panel needs at hand, and how a page asks for it."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation import clock
from foundation.blobs import Blobs
from foundation.settings import Settings
from knowledge.schemes.catalogue import Catalogue
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.vault import Vault


class PanelDesk(Protocol):
    """The part of the desk that officers' pages use."""

    @property
    def settings(self) -> Settings: ...

    @property
    def vault(self) -> Vault: ...

    @property
    def blobs(self) -> Blobs: ...

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def jurisdiction(self) -> Jurisdiction: ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed when its block ends well."""
        ...


def desk_of(request: Request) -> PanelDesk:
    """The desk that the application was started with."""
    desk: PanelDesk = request.app.state.desk
    return desk


def moment() -> datetime:
    """When the request is answered; a test hands in another moment."""
    return clock.now()


DeskHere = Annotated[PanelDesk, Depends(desk_of)]
Now = Annotated[datetime, Depends(moment)]
