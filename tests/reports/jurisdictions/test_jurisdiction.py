"""A jurisdiction is read whole or refused with one clear sentence; what is made up says so."""

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from foundation.errors import Refusal
from reports.jurisdictions.calendar import read_calendar
from reports.jurisdictions.jurisdiction import (
    PACK_FOLDER,
    DepartmentKey,
    JurisdictionFault,
    JurisdictionUnknown,
    MediumCode,
    WordTier,
    read_jurisdiction,
)

DEMO = read_jurisdiction("demo-county")

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the pack in which one text of one file is replaced."""
    for path in PACK_FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")

    def edit(name: str, old: str, new: str) -> Path:
        path = tmp_path / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return tmp_path

    return edit


def fault_of(folder: Path, id: str = "demo-county") -> str:
    with pytest.raises(JurisdictionFault) as caught:
        read_jurisdiction(id, folder)
    assert isinstance(caught.value, Refusal)
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestDemoCounty:
    def test_says_that_it_is_fictional(self) -> None:
        assert DEMO.fictional
        assert "虚构" in DEMO.notice

    def test_every_entry_of_its_own_is_marked_fictional_and_none_of_the_base_is(self) -> None:
        own = tomllib.loads((PACK_FOLDER / "demo-county.toml").read_text("utf-8"))
        own_names = {
            *(f"departments[{entry['key']}]" for entry in own["departments"]),
            *(f"regions[{entry['code']}]" for entry in own["regions"]),
            *(f"rewards.tiers[{entry['code']}]" for entry in own["rewards"]["tiers"]),
            *(f"other_channels[{entry['code']}]" for entry in own["other_channels"]),
            *(f"deadlines.{name}" for name in own["deadlines"]),
            "rewards",
            "human",
        }
        assert {place for place, entry in DEMO.sourced() if entry.fictional} == own_names
        assert all("虚构" in entry.source for _, entry in DEMO.sourced() if entry.fictional)

    def test_names_no_phone_of_a_department(self) -> None:
        assert all(department.phone == "" for department in DEMO.departments)

    def test_every_part_in_the_work_has_a_department(self) -> None:
        assert {department.key for department in DEMO.departments} == set(DepartmentKey)
        assert DEMO.department("MPS-E").name == "前哨县公安局经侦大队"

    def test_the_first_hotline_is_110_and_urgent(self) -> None:
        assert (DEMO.hotlines[0].number, DEMO.hotlines[0].urgent) == ("110", True)

    def test_a_citizen_is_asked_about_six_mediums_which_cover_all(self) -> None:
        assert len(DEMO.asked_mediums) == 6
        asked = {medium.code for medium in DEMO.asked_mediums}
        assert all((m.code if m.asked else m.covered_by) in asked for m in DEMO.mediums)
        assert {medium.code for medium in DEMO.mediums} == set(MediumCode)

    def test_the_asked_labels_are_short_and_different(self) -> None:
        labels = [medium.plain for medium in DEMO.asked_mediums]
        assert len(set(labels)) == len(labels)
        assert all(2 <= len(label) <= 10 for label in labels)

    def test_tiers_rise_without_a_gap(self) -> None:
        tiers = DEMO.rewards.tiers
        assert [tier.min_fen for tier in tiers[1:]] == [tier.max_fen for tier in tiers[:-1]]

    def test_the_public_line_names_no_amount(self) -> None:
        # The greatest reward is never advertised: people would come for it.
        assert not any(character.isdigit() for character in DEMO.rewards.public_line)

    def test_regions_hang_under_the_county(self) -> None:
        assert {region.parent for region in DEMO.regions if region.parent is not None} == {"990100"}


class TestBase:
    def test_statutory_figures_come_from_the_base_with_source_and_day(self) -> None:
        deadline = DEMO.deadlines.advertising_reply
        assert (deadline.days, deadline.counted.value) == (7, "working")
        assert deadline.verified
        assert "广告法" in deadline.source

    def test_what_nobody_checked_is_told_apart(self) -> None:
        unsure = DEMO.hotline("12363")
        sure = DEMO.hotline("12345")
        assert unsure is not None
        assert not unsure.verified
        assert sure is not None
        assert sure.verified

    def test_the_six_words_of_the_regulation_are_prohibited_and_verified(self) -> None:
        words = DEMO.restricted_words
        assert set(words.of_tier(WordTier.PROHIBITED)) == {
            "金融", "交易所", "交易中心", "理财", "财富管理", "股权众筹",
        }  # fmt: skip
        group = words.group_of("理财")
        assert group is not None
        assert group.verified
        assert "第九条" in group.source

    def test_longer_words_are_looked_for_before_the_words_in_them(self) -> None:
        watched = DEMO.restricted_words.of_tier(WordTier.WATCH)
        assert watched.index("基金管理") < watched.index("基金")
        assert DEMO.restricted_words.group_of("没有这个词") is None

    def test_an_own_entry_replaces_the_bases_entry_whole(self, edited: Edit) -> None:
        folder = edited(
            "demo-county.toml",
            "# ---------------------------------------------------------------- 人工",
            '[[hotlines]]\nnumber = "12345"\nname = "前哨热线"\npurpose = "什么都能问"\nwhen = "白天"\n'
            'source = "虚构，仅供演示"\nfictional = true\n',
        )
        county = read_jurisdiction("demo-county", folder)
        hotline = county.hotline("12345")
        assert hotline is not None
        assert (hotline.name, hotline.verified_at, hotline.fictional) == ("前哨热线", None, True)
        # It keeps the base's place in the order, and the others stay.
        assert [h.number for h in county.hotlines] == [h.number for h in DEMO.hotlines]

    def test_an_own_deadline_leaves_the_bases_other_deadlines(self, edited: Edit) -> None:
        own = '[deadlines.accept]\ndays = 3\ncounted = "working"\nsource = "某县的办法"\n\n'
        folder = edited("demo-county.toml", "[deadlines.verify]", own + "[deadlines.verify]")
        deadlines = read_jurisdiction("demo-county", folder).deadlines
        assert deadlines.accept.days == 3
        assert deadlines.advertising_reply.days == 7

    def test_a_base_alone_is_no_jurisdiction(self) -> None:
        with pytest.raises(JurisdictionFault, match=r"national\.toml: is a base"):
            read_jurisdiction("national")

    def test_a_base_that_is_not_there_is_named(self, edited: Edit) -> None:
        folder = edited("demo-county.toml", 'base = "national"', 'base = "province"')
        assert "demo-county.toml: its base province is not in the pack" in fault_of(folder)

    def test_bases_in_a_circle_are_refused(self, edited: Edit) -> None:
        folder = edited("national.toml", "template = true", 'template = true\nbase = "demo-county"')
        assert "national.toml: stands on demo-county, which stands on it" in fault_of(folder)

    def test_a_base_may_stand_on_a_base(self, edited: Edit) -> None:
        folder = edited("demo-county.toml", 'base = "national"', 'base = "province"')
        (folder / "province.toml").write_text(
            'id = "province"\ntemplate = true\nbase = "national"\n'
            '[deadlines.accept]\ndays = 4\ncounted = "working"\nsource = "某省的办法"\n',
            "utf-8",
        )
        county = read_jurisdiction("demo-county", folder)
        assert county.deadlines.accept.days == 4
        assert county.deadlines.advertising_reply.days == 7
        assert county.base == "province"


class TestFiction:
    def test_a_real_county_with_a_made_up_entry_is_refused(self, edited: Edit) -> None:
        folder = edited("demo-county.toml", "fictional = true\n", "")
        assert "departments[CFB] is fictional, but the jurisdiction is not" in fault_of(folder)

    def test_a_fictional_county_must_say_so_to_its_citizens(self, edited: Edit) -> None:
        folder = edited("demo-county.toml", "前哨县是虚构的，", "")
        edited("demo-county.toml", "不是真的", "随便写的")
        assert "must say 虚构 in its notice" in fault_of(folder)

    def test_fiction_cannot_have_been_verified(self, edited: Edit) -> None:
        folder = edited("demo-county.toml", 'kind = "county"', 'kind = "county"\nverified_at = 2026-11-22')
        assert "regions[990100]: is fictional and cannot have been verified" in fault_of(folder)


class TestFaults:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("min_fen = 5000 ", "min_fen = 50000 ", "rewards.tiers[ad]: its least amount is above"),
            ("min_fen = 5000 ", "min_fen = 50.5 ", "rewards.tiers[ad].min_fen"),
            ("min_fen = 5000 ", "min_fen = 0 ", "rewards.tiers[ad].min_fen"),
            (
                "budget_fen = 20000000",
                "budget_fen = 1000000",
                "the tier criminal reaches above the whole budget",
            ),
            ('code = "lead"', 'code = "ad"', "rewards: the tier ad stands twice"),
            ("claim_days = 30", "claim_days = 0", "rewards.claim_days"),
            ('claim_days_counted = "working"', 'claim_days_counted = "lunar"', "rewards.claim_days_counted"),
            ('name = "前哨县民政局"', 'name = ""', "departments[CIV].name"),
            ('name = "前哨县民政局"', 'name = " 前哨县民政局"', "departments[CIV].name"),
            ('key = "CIV"', 'key = "CIVIL"', "departments[CIVIL].key"),
            ('key = "CIV"', 'key = "HOUS"', "departments[HOUS] stands twice"),
            ('code = "990100002"', 'code = "990100001"', "regions[990100001] stands twice"),
            ('parent = "990100"\n', "", "exactly one region must have no parent"),
            ('parent = "990100"\n', 'parent = "990199"\n', "the region 990100001 does not hang under"),
            ('parent = "990100"\n', 'parent = "990100001"\n', "the region 990100001 does not hang under"),
            ("closes = 11:30:00", "closes = 08:30:00", "human.spans[0]: closes before it opens"),
            ("weekdays = [1, 2, 3, 4, 5]", "weekdays = [0]", "human.weekdays[0]"),
            ('phone = "199', 'fax = "1"\nphone = "199', "human.fax: Extra inputs"),
            ("[deadlines.verify]", "[deadlines.check]", "deadlines.verify: Field required"),
            ("[rewards]", "[reward]", "rewards.source: Field required"),
            ('id = "demo-county"', 'id = "demo"', "its id is demo, so it must be named demo.toml"),
            ("[human]", "[human", "cannot be read"),
        ],
    )
    def test_a_fault_names_the_file_and_the_entry(self, edited: Edit, old: str, new: str, said: str) -> None:
        sentence = fault_of(edited("demo-county.toml", old, new))
        assert "demo-county.toml: " in sentence
        assert said in sentence

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('number = "12345"', 'number = "12345x"', "hotlines[12345x].number"),
            ('when = "全天"\n', "", "hotlines[110].when: Field required"),
            ('plain = "墙上、电梯里"\n', "", "mediums[wall]: must be asked with a plain label"),
            ('covered_by = "wall"\n', "", "mediums[elevator]: must be asked with a plain label"),
            ('words = ["征信"]', "words = []", "restricted_words.groups[credit-reporting].words"),
            ("days = 7\n", "days = 0\n", "deadlines.advertising_reply.days"),
        ],
    )
    def test_a_fault_in_the_base_names_the_bases_file(
        self, edited: Edit, old: str, new: str, said: str
    ) -> None:
        sentence = fault_of(edited("national.toml", old, new))
        assert "national.toml: " in sentence
        assert said in sentence

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('words = ["征信"]', 'words = ["征信", "理财"]', "the word 理财 stands twice"),
            ('covered_by = "sms"', 'covered_by = "shop"', "covered by shop, which is not asked"),
            (
                'label = "电话"\ncovered_by = "sms"',
                'label = "电话"\nasked = true\nplain = "电话"',
                "7 mediums are asked, where 1 to 6",
            ),
            (
                '[[mediums]]\ncode = "shop"\nlabel = "店铺、门头、写字楼"\ncovered_by = "other"\nenglish = "Shop or office"\n',
                "",
                "the medium shop is missing",
            ),
            ('number = "110"', 'number = "119"', "the hotline 110 must be listed"),
        ],
    )
    def test_parts_that_do_not_fit_together_are_refused(
        self, edited: Edit, old: str, new: str, said: str
    ) -> None:
        assert said in fault_of(edited("national.toml", old, new))

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("deadlines = 5", "deadlines must be a table"),
            ("hotlines = 110", "hotlines must be a list of tables"),
            ('hotlines = ["110"]', "hotlines must be a list of tables"),
            ("restricted_words.groups = 1", "restricted_words.groups must be a list of tables"),
        ],
    )
    def test_a_section_of_the_wrong_shape_is_refused_before_it_is_joined(
        self, edited: Edit, line: str, said: str
    ) -> None:
        folder = edited("national.toml", "template = true", "template = true")
        (folder / "here.toml").write_text(f'id = "here"\nname = "某县"\nbase = "national"\n{line}\n', "utf-8")
        assert f"here.toml: {said}" in fault_of(folder, "here")

    def test_a_file_that_is_not_utf8_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "here.toml").write_bytes('id = "here"\nname = "某县"\n'.encode("gb18030"))
        assert "here.toml: cannot be read" in fault_of(tmp_path, "here")

    @pytest.mark.parametrize("id", ["nowhere", "", "../demo-county", "Demo-County", "demo-county.toml"])
    def test_an_unknown_jurisdiction_is_refused_and_the_known_ones_named(self, id: str) -> None:
        with pytest.raises(JurisdictionUnknown) as caught:
            read_jurisdiction(id)
        assert f"There is no jurisdiction {id}: " in str(caught.value)
        assert "demo-county" in str(caught.value)

    def test_a_department_or_medium_that_does_not_exist_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="MPS-X"):
            DEMO.department("MPS-X")
        with pytest.raises(ValueError, match="radio"):
            DEMO.medium("radio")

    def test_a_jurisdiction_cannot_be_changed(self) -> None:
        with pytest.raises(ValidationError):
            DEMO.rewards.tiers[0].max_fen = 1  # type: ignore[misc]


class TestHumanDesk:
    @pytest.mark.parametrize(
        ("moment", "there"),
        [
            (datetime(2026, 11, 23, 0, 59, tzinfo=UTC), False),  # Monday 08:59 in China
            (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), True),
            (datetime(2026, 11, 23, 3, 30, tzinfo=UTC), False),  # 11:30, the noon break
            (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), True),
            (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), False),  # 17:00
            (datetime(2026, 11, 20, 8, 59, tzinfo=UTC), True),  # Friday
            (datetime(2026, 11, 21, 2, 0, tzinfo=UTC), False),  # Saturday
            (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), False),  # Sunday here, Monday 01:00 in China
        ],
    )
    def test_somebody_is_there_in_the_hours_of_china(self, moment: datetime, there: bool) -> None:
        assert DEMO.human.is_open(moment, DEMO.calendar) is there

    @pytest.mark.parametrize(
        ("moment", "back"),
        [
            (datetime(2026, 10, 1, 2, 0, tzinfo=UTC), datetime(2026, 10, 8, 1, 0, tzinfo=UTC)),  # 国庆节
            (
                datetime(2026, 10, 9, 9, 0, tzinfo=UTC),
                datetime(2026, 10, 10, 1, 0, tzinfo=UTC),
            ),  # 调休 Saturday
            (
                datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
                datetime(2026, 11, 23, 6, 0, tzinfo=UTC),
            ),  # the noon break
            (
                datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
                datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
            ),  # a weekend
        ],
    )
    def test_holidays_and_exchanged_weekends_say_when_somebody_is_back(
        self, moment: datetime, back: datetime
    ) -> None:
        assert not DEMO.human.is_open(moment, DEMO.calendar)
        assert DEMO.human.opens_next(moment, DEMO.calendar) == back
        assert DEMO.human.is_open(back, DEMO.calendar)

    def test_an_operators_own_calendar_is_read_and_its_faults_are_named(self, tmp_path: Path) -> None:
        file = tmp_path / "calendar.toml"
        file.write_text(
            'source = "放假通知"\nworked = [2027-02-14]\n[[days_off]]\nname = "春节"\nfirst = 2027-02-05\nlast = 2027-02-12\n'
        )
        calendar = read_calendar(file)
        assert not calendar.is_worked(date(2027, 2, 8))
        assert calendar.is_worked(date(2027, 2, 14))
        assert calendar.is_announced(2027)
        file.write_text('source = "放假通知"\nworked = [2027-02-15]\n')
        with pytest.raises(JurisdictionFault, match="2027-02-15 is no weekend"):
            read_calendar(file)
