"""Contacts that belong to everybody: whoever names one is not behind an ad, and two who do have nothing in common.

Short service numbers (110, 96110, 12378, a bank's 95588) need no list: no pattern for a telephone is that short. The rest is
common knowledge, not checked one by one; what a jurisdiction gives its citizens is left out by screening.
"""

import re

_SERVICE_LINE = re.compile(r"[48]00\d{2}9[56]\d{3}|4008205555|4008895558")
"""Banks' 400 numbers mostly end in their short number: 400-66-95566."""
_SHORT_LINE = re.compile(r"1\d{4}|9[56]\d{3}")
"""Five digits that are a service number and never somebody's QQ."""

_AUTHORITIES = re.compile(
    r"(?:.+\.)?(?:gov\.cn|12377\.cn|12315\.cn|12321\.cn|12381\.cn|95\d{3}\.(?:com|cn|com\.cn))"
)
_EVERYBODYS = frozenset(
    [
        "weixin.qq.com",
        "mp.weixin.qq.com",
        "qq.com",
        "wx.qq.com",
        "work.weixin.qq.com",
        "baidu.com",
        "douyin.com",
        "kuaishou.com",
        "xiaohongshu.com",
        "weibo.com",
        "taobao.com",
        "tmall.com",
        "jd.com",
        "pinduoduo.com",
        "meituan.com",
        "alipay.com",
        "163.com",
        "126.com",
        "sina.com",
        "sohu.com",
        "bilibili.com",
        "zhihu.com",
        "toutiao.com",
        "google.com",
        "apple.com",
        "telegram.org",
        "t.me",
        "wa.me",
        "whatsapp.com",
        "github.com",
        "icbc.com.cn",
        "abchina.com",
        "boc.cn",
        "ccb.com",
        "bankcomm.com",
        "psbc.com",
        "cmbchina.com",
        "citicbank.com",
        "cebbank.com",
        "unionpay.com",
    ]
)
"""Without a path behind it such an address names nobody."""
_LICENSED = re.compile(
    r"(?:中国(?:工商|农业|建设|邮政储蓄|光大|民生)?|交通|招商|中信|华夏|兴业|平安|广发|上海浦东发展)银行(?:股份)?有限(?:责任)?公司|"
    r"支付宝\(中国\)(?:网络技术|信息技术)有限公司|财付通支付科技有限公司|中国银联股份有限公司|"
    r"深圳市腾讯计算机系统有限公司|中国人寿保险股份有限公司|中国(?:移动|联通|电信).{0,6}有限公司"
)

_AUTHORITYS_NAME = re.compile(
    r"警|公安|反诈|法院|检察|政府|政务|发布$|监管|人民|银行|消保|国家|金融局|市场监督|税务|社保|12\d{3}|110|96110"
)


def is_public_phone(number: str) -> bool:
    """Whether a number, in digits, is a bank's or an authority's."""
    return _SERVICE_LINE.fullmatch(number) is not None


def is_service_number(number: str) -> bool:
    """Whether five digits are a hotline rather than an account."""
    return _SHORT_LINE.fullmatch(number) is not None


def is_public_address(host: str, path: str) -> bool:
    """Whether an address is an authority's, or the front door of a site that everybody uses."""
    return _AUTHORITIES.fullmatch(host) is not None or (host in _EVERYBODYS and not path)


def is_authoritys_name(name: str) -> bool:
    """Whether an account's name is such as authorities and banks give theirs. A swindler who takes one is not found by
    it: better that than to join all who name the police."""
    return _AUTHORITYS_NAME.search(name) is not None


def is_licensed_company(name: str) -> bool:
    """Whether a company's full name is that of a house that swindlers borrow."""
    return _LICENSED.fullmatch(name) is not None
