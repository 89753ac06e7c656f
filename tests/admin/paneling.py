"""A panel over real parts, and a visitor who walks through its doors as a browser does."""

import functools
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from admin.desk import moment
from admin.panel import build_panel
from foundation.blobs import Blobs
from foundation.database import Database
from foundation.ids import new_id
from foundation.settings import Settings
from knowledge.matching import MatchResult
from knowledge.pictures.ads import Ad
from knowledge.pictures.codes import Code, CodeKind
from knowledge.pictures.lines import TextLine
from knowledge.pictures.opening import display_copy
from knowledge.pictures.reading import PictureReading
from knowledge.schemes.catalogue import Catalogue
from moderation import officers
from moderation.officers import Role
from moderation.tables import Officer
from reports import evidence, intake, sealing
from reports.evidence import EvidenceKind
from reports.intake import Submission
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.tables import Evidence, Tip, TipMatch
from reports.vault import Vault
from tests.leaflets import draw_leaflet

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, nine in the morning in China."""

OWN_PASSWORD = "shan-gao-yue-xiao-7"


class TrialDesk:
    """What the panel finds in `app.state.desk`, and the acts that a test begins with."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        vault: Vault,
        catalogue: Catalogue,
        jurisdiction: Jurisdiction,
    ) -> None:
        self.settings = settings
        self.database = database
        self.vault = vault
        self.catalogue = catalogue
        self.jurisdiction = jurisdiction
        self.blobs = Blobs(settings.blobs_url)
        self.at = NINE

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with self.database.writing() as session:
            yield session
            await session.commit()

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self.database.reading()

    def later(self, **parts: float) -> None:
        """Lets time pass for the panel."""
        self.at += timedelta(**parts)

    async def officer(self, login: str, role: Role = Role.reviewer, name: str = "") -> officers.FreshPassword:
        async with self.transaction() as session:
            return await officers.add(session, login=login, name=name or login, role=role, at=self.at)

    async def settled(self, login: str, role: Role = Role.reviewer, name: str = "") -> officers.FreshPassword:
        """An officer whose password is their own already; hashing another would cost each test its time."""
        fresh = await self.officer(login, role, name)
        async with self.transaction() as session:
            officer = await officers.find_by_login(session, login)
            officer.must_change_password = False
            session.add(officer)
        return fresh

    async def reporter(self) -> str:
        async with self.transaction() as session:
            row, _ = self.vault.new_reporter(self.at)
            session.add(row)
        return row.id

    async def tip(
        self,
        words: str = "群里有人说能修复征信，先交八百",
        *,
        reporter_id: str = "",
        evidence_ids: tuple[str, ...] = (),
        priority: int = 40,
        place: str = "东坪镇老街",
    ) -> Tip:
        who = reporter_id or await self.reporter()
        async with self.transaction() as session:
            tip = await intake.submit(
                session,
                Submission(
                    reporter_id=who,
                    channel="webchat",
                    kind="words",
                    submission_key=new_id("key"),
                    words=words,
                    evidence_ids=evidence_ids,
                    place_text=place,
                    medium="flyer",
                    jurisdiction="demo-county",
                ),
                self.at,
            )
            tip.priority = priority
            tip.due_at = self.at + timedelta(days=7)
            session.add(tip)
        return tip

    async def picture(
        self,
        reporter_id: str,
        lines: tuple[TextLine, ...] = (),
        *,
        ads: tuple[Ad, ...] = (),
        runs_off: tuple[int, ...] = (),
        faint: tuple[TextLine, ...] = (),
    ) -> Evidence:
        """A leaflet that was kept and read; its reading is told instead of made, which takes seconds."""
        data = draw_leaflet()
        copy = display_copy(data)
        row = evidence.expect(
            reporter_id=reporter_id,
            kind=EvidenceKind.picture,
            channel="webchat",
            message_id=new_id("msg"),
            remote_ref="",
            at=self.at,
        )
        sealed = await sealing.seal_into(self.blobs, self.vault.masters, row.id, data)
        reading = PictureReading(
            width=copy.width,
            height=copy.height,
            lines=lines,
            codes=(Code(CodeKind.PAYMENT, "wxp://f2f0-demo", (100, 300, 220, 420)),),
            sha256=sealed[2],
            pdq=None,
            pdq_quality=0,
            warnings=(),
            milliseconds=1,
            ads=ads,
            runs_off=runs_off,
            faint=faint,
        )
        async with self.transaction() as session:
            await evidence.keep(
                session,
                row,
                sealed=sealed,
                media_type="image/jpeg",
                size=len(data),
                width=copy.width,
                height=copy.height,
                at=self.at,
            )
            display = await sealing.seal_display(self.blobs, self.vault.masters, row, copy.data)
            await evidence.note_reading(
                session, row, display=display, reading=reading.to_json(), pdq=None, refusal="", at=self.at
            )
        return row

    async def matched(self, tip: Tip, result: MatchResult) -> None:
        """Notes what the matcher found on a tip."""
        async with self.transaction() as session:
            session.add(
                TipMatch(
                    id=new_id("mat"),
                    tip_id=tip.id,
                    verdict=result.verdict.value,
                    score=result.score,
                    sense=result.sense.value,
                    result=result.to_json(),
                    matched_at=self.at,
                )
            )
            tip.verdict, tip.scheme_code = result.verdict.value, result.schemes[0].code
            await session.merge(tip)


@functools.cache
def _panel() -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(build_panel())
    return app


def build_app(desk: TrialDesk) -> FastAPI:
    """An application with nothing but the panel. Its routes take a tenth of a second to build: there is one, and of a
    test it holds the desk alone."""
    app = _panel()
    app.state.desk = desk
    app.dependency_overrides[moment] = lambda: desk.at
    return app


class Visitor:
    """A browser without JavaScript: keeps cookies, reads a form's token off the page, follows redirects."""

    def __init__(self, app: FastAPI, base_url: str) -> None:
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url=base_url, follow_redirects=True
        )
        self.page = ""
        self.password = ""

    async def get(self, path: str) -> httpx.Response:
        response = await self.client.get(path)
        self.page = response.text
        return response

    async def post(self, path: str, *, csrf: str | None = None, **fields: str) -> httpx.Response:
        token = csrf if csrf is not None else self.token()
        response = await self.client.post(path, data={"csrf": token, **fields})
        self.page = response.text
        return response

    def token(self) -> str:
        """The form token on the page that is open."""
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.page)
        assert found is not None, "the page has no form"
        return found[1]

    def hidden(self, name: str) -> str:
        """The value of a hidden field on the page that is open."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found is not None, f"the page has no field {name}"
        return found[1]

    async def sign_in(self, fresh: officers.FreshPassword) -> Officer:
        """Signs in and remembers the password."""
        self.password = fresh.password
        await self.get("/admin/sign-in")
        await self.post("/admin/sign-in", login=fresh.officer.login, password=fresh.password)
        return fresh.officer
