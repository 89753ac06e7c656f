"""An officer sees which other tips say nearly the same."""

from knowledge.pictures.lines import TextLine
from moderation import near_duplicates
from reports.tables import Tip
from tests.admin.conftest import Entered
from tests.admin.paneling import TrialDesk

LEAFLET = "急用钱找我们，本地私人放款，凭身份证当天拿钱，利息低，手续简单，电话13800138000"


async def _noted(desk: TrialDesk, words: str) -> Tip:
    tip = await desk.tip(words)
    async with desk.transaction() as session:
        await near_duplicates.note(session, tip.id)
    return tip


async def test_the_page_names_the_tip_with_the_same_leaflet_and_how_alike_it_is(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    first = await _noted(trial_desk, LEAFLET)
    other = await _noted(trial_desk, "群里老师带着买股票，保证翻倍，先交会员费三千八百元")
    copy = await _noted(trial_desk, LEAFLET.replace("13800138000", "19900000000").replace("利息低", "息低"))
    await visitor.get(f"/admin/tips/{copy.id}")
    assert first.receipt in visitor.page
    assert other.receipt not in visitor.page
    assert "文字相近</b> 相似 9" in visitor.page


async def test_nothing_is_said_where_no_tip_is_alike(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    alone = await _noted(trial_desk, LEAFLET)
    await visitor.get(f"/admin/tips/{alone.id}")
    assert "相同或相近的广告" not in visitor.page


async def test_a_leaflet_is_known_again_whatever_was_written_beside_it(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    tips = []
    for words, phone in (("菜市场门口贴的", "13800138000"), ("孩子从学校带回来的，请查一查", "19900000000")):
        who = await trial_desk.reporter()
        lines = tuple(
            TextLine(text, (0, 60 * row, 700, 60 * row + 50), 0.98)
            for row, text in enumerate(
                ("急用钱找我们，本地私人放款", "凭身份证当天拿钱，利息低", f"电话{phone}")
            )
        )
        picture = await trial_desk.picture(who, lines)
        tip = await trial_desk.tip(words, reporter_id=who, evidence_ids=(picture.id,))
        async with trial_desk.transaction() as session:
            await near_duplicates.note(session, tip.id)
        tips.append(tip)
    await visitor.get(f"/admin/tips/{tips[1].id}")
    assert tips[0].receipt in visitor.page
    assert "文字相近</b> 相似 100%" in visitor.page
