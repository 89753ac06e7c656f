"""Addresses on pictures: the registered domain, and what imitates a bank's or an authority's."""

from pathlib import Path

import pytest

from knowledge.pictures.addresses import (
    SHIPPED,
    OfficialDomains,
    OfficialDomainsUnreadable,
    hosts_in,
    registered_domain,
)

OFFICIALS = OfficialDomains.read()


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.com", "example.com"),
        ("a.b.example.com.cn", "example.com.cn"),
        ("www.pbc.gov.cn", "pbc.gov.cn"),
        ("example.top.", "example.top"),
        ("例子.中国", "例子.中国"),
        ("192.0.2.7", None),
        ("localhost", None),
    ],
)
def test_the_registered_domain_is_what_somebody_could_buy(host: str, domain: str | None) -> None:
    assert registered_domain(host) == domain


@pytest.mark.parametrize(
    ("host", "official", "how"),
    [
        ("www.icbc.com.cn.example.top", "icbc.com.cn", "subdomain"),
        ("lcbc.com.cn", "icbc.com.cn", "homoglyph"),
        ("1cbc.top", "icbc.com.cn", "homoglyph"),
        ("xn--cbc-ihd.com", "icbc.com.cn", "homoglyph"),
        ("www.іcbс.com", "icbc.com.cn", "homoglyph"),
        ("crnbchina.com", "cmbchina.com", "homoglyph"),
        ("abcchina.vip", "abchina.com", "misspelt"),
        ("unoinpay.com", "unionpay.com", "misspelt"),
        ("icbc.top", "icbc.com.cn", "other_suffix"),
        ("icbc-vip.cn", "icbc.com.cn", "within"),
        ("cmbchinaloan.com", "cmbchina.com", "within"),
        ("ccb-daikuan.com", "ccb.com", "within"),
        ("ccbcom.top", "ccb.com", "within"),
        ("pbccrc-online.com", "pbccrc.org.cn", "within"),
        ("www.pbc-gov-cn.com", "pbc.gov.cn", "within"),
        ("nfra.gov.cn.example.xyz", "nfra.gov.cn", "subdomain"),
        ("jubao.gov.cn.example.xyz", "gov.cn", "within"),
        ("al1pay-safe.cn", "alipay.com", "homoglyph"),
        ("alipay.com-safe.cn", "alipay.com", "subdomain"),
        ("icbcc.com.cn", "icbc.com.cn", "misspelt"),
        ("we-bank.com", "webank.com", "misspelt"),
        ("jd-jinrong.com", "jd.com", "within"),
        ("icbcfenqi.com", "icbc.com.cn", "within"),
        ("12377-jubao.cn", "12377.cn", "within"),
        ("mps-gov.cn", "mps.gov.cn", "within"),
        ("ccb.top", "ccb.com", "other_suffix"),
    ],
)
def test_what_imitates_an_official_domain_is_named_with_whose_it_is(
    host: str, official: str, how: str
) -> None:
    found = OFFICIALS.imitated_by(host)
    assert found is not None
    assert (found.official, found.how) == (official, how)
    assert found.owner


@pytest.mark.parametrize(
    "host",
    [
        "mybank.icbc.com.cn", "95599.cn", "u.wechat.com", "weixin.qq.com", "www.pbc.gov.cn", "www.gz.gov.cn",
        "example.com", "hzbank.com.cn", "alipan.com", "baidu.com", "bilibili.com", "douyin.com", "ccbn.org",
        "cib-hotel.com", "boca.com", "pin.com", "jd.example.com", "12345.com", "sina.com.cn", "cdbaby.com",
        "ssec.com", "jdsports.com", "sachin.com", "amacs.com", "bocc.org", "pingandmore.com", "webanker.org",
    ],
)  # fmt: skip
def test_official_and_unrelated_domains_are_left_alone(host: str) -> None:
    assert OFFICIALS.imitated_by(host) is None


IMITATING = [
        "cmbchina-com.cn.top", "www.psbc.com.cn.cc", "alipay-com.cn.icu", "unionpay.com.cn.top",
        "ccb-com.cn.vip", "bankcomm.cn.com", "www-ccb-com.cn.vip", "icbc-com-cn.pay-x.top",
        "wap-abchina-com.loan88.xyz", "m.alipay-com.refund-x.cc", "icbc.pay-x.top", "alipay.safe-check.vip",
        "cmbchina.apply.shop", "12306.refund-x.top", "xn--cbc-ihd.com", "xn--lipay-3ve.com",
        "xn--mbchina-xjg.com", "xn--unionpy-7fg.net", "xn--pdb-ehd.com", "www.xn--pingn-7ve.com.cn",
        "alipay-tuikuan.com", "jd-baitiao-kefu.top", "wechatpay-anquan.cn", "psbc-edu.top",
        "95599-abchina.cc", "cebbank-xyk.com", "ecitic-jiekuan.com", "webank-jiedai.com", "12377-jubao.top",
        "12315-tousu.cn", "spdb.cc", "picc-baoxian.com", "nifa-org-cn.com", "csrc.gov.cn.check.vip",
        "mps-gov-cn.top", "chinatax.gov-cn.top", "creditchina-xiufu.com", "taoba0.com", "jdpay-refund.com",
        "tenpay.com.verify-x.cn", "icbc-com.cn.vip", "95588-icbc.cc", "icbc.com-cn.top",
        "login-icbc.com.cn.top", "pbccrc.com.cn.top", "weixin110-security.com",
]  # fmt: skip
"""Bank's names with endings as labels or words of their own, in front of others' domains, in other scripts, misspelt, and
with words of service. None may be somebody's real address; those under `xn--` are written in Cyrillic letters."""
LAWFUL = [
        "www.psbc.com", "pbank.psbc.com", "www.spdb.com.cn", "ebank.spdb.com.cn", "nper.cmbc.com.cn",
        "www.cebbank.com", "xyk.cebbank.com", "www.hxb.com.cn", "www.cib.com.cn", "wap.cgbchina.com.cn",
        "www.webank.com", "m.webank.com", "render.alipay.com", "ds.alipay.com", "qr.alipay.com",
        "u.wechat.com", "work.weixin.qq.com", "qm.qq.com", "3.cn", "m.jd.com", "www.nifa.org.cn",
        "gs.amac.org.cn", "www.sse.com.cn", "www.creditchina.gov.cn", "tousu.12315.cn", "www.mps.gov.cn",
        "hd.chinatax.gov.cn", "www.bankofshanghai.com", "www.cqrcb.com", "www.gdrcu.com", "cn.bing.com",
        "vip.com", "club.vip.com", "shop.sina.com.cn", "cmbi.com.hk", "www.sfccn.com", "picclick.com",
        "bocaraton.org", "jdwetherspoon.com", "mpsvr.com", "alipay.hotel-supplier.com", "icbc.job-site.cn",
        "taobao.shop-tool.com", "ccb.edu.in", "psb.hr", "spdbd.org", "sachem.ca", "hxb.travel", "amac.ch",
        "cn.vip",
]  # fmt: skip
"""Houses' own hosts, and others' names that begin or sound alike."""


def test_forty_six_made_up_imitations_are_each_noted() -> None:
    assert [host for host in IMITATING if OFFICIALS.imitated_by(host) is None] == []


def test_fifty_lawful_hosts_are_each_left_alone() -> None:
    assert [found for host in LAWFUL if (found := OFFICIALS.imitated_by(host)) is not None] == []


def test_a_name_before_what_only_looks_like_an_ending_is_somebody_elses() -> None:
    found = OFFICIALS.imitated_by("icbc-com.cn.vip")
    assert found is not None
    assert (found.domain, found.official, found.how) == ("cn.vip", "icbc.com.cn", "subdomain")


def test_hosts_are_found_in_words_and_in_payloads_and_numbers_are_none() -> None:
    text = "官网www.icbc-vip.cn办理，下载https://user@App.Example.com:8080/a?b=c.d 版本1.2.3 邮箱a@b.com 网址example。top"
    assert hosts_in(text) == ("app.example.com", "www.icbc-vip.cn", "example.top")


def test_an_operators_own_file_takes_the_place_of_the_one_that_ships(tmp_path: Path) -> None:
    own = tmp_path / "domains.toml"
    own.write_text('[[owners]]\nname = "某县农信"\ndomains = ["example-rcb.cn"]\n', encoding="utf-8")
    officials = OfficialDomains.read(own)
    found = officials.imitated_by("example-rcb.top")
    assert found is not None
    assert found.owner == "某县农信"
    assert officials.imitated_by("icbc.top") is None
    own.write_text("owners = 3", encoding="utf-8")
    with pytest.raises(OfficialDomainsUnreadable):
        OfficialDomains.read(own)


def test_the_file_that_ships_names_registered_domains_only() -> None:
    assert SHIPPED.exists()
    assert all(registered_domain(domain) == domain for domain in OFFICIALS.owners)
