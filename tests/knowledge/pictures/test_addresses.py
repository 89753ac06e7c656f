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
