"""Where a tip came from: the poster that brought its reporter."""

from sqlmodel import col, select

from reports import scenes
from reports.tables import Tip
from tests.admin.conftest import Entered
from tests.admin.paneling import TrialDesk


async def test_tip_page_names_the_poster_that_brought_the_reporter(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    tip = await trial_desk.tip("村口有人发传单")
    async with trial_desk.transaction() as session:
        await scenes.name(session, "village-07", "东街村<村委会>", trial_desk.at)
        (await session.exec(select(Tip).where(col(Tip.id) == tip.id))).one().scene = "village-07"
    await visitor.get(f"/admin/tips/{tip.id}")
    assert "扫码：东街村&lt;村委会&gt;" in visitor.page
