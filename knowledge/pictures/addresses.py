"""Addresses on the net as they stand on a picture: the registered domain, and whether it imitates an official one.

Nothing is opened or looked up: the public suffixes are the snapshot inside tldextract, the official domains a file
that an operator may replace. That an address resembles another proves nothing; it is said so that somebody looks.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from foundation.errors import Refusal

SHIPPED = Path(__file__).parent / "official_domains.toml"


class OfficialDomainsUnreadable(Refusal):
    """The file of official domains {file} cannot be used: {fault}. Begin from a copy of the one that ships."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """`host` as it was read, its registered `domain`, and whose domain it imitates. `how`: "homoglyph" (letters
    that look alike, punycode included), "misspelt", "other_suffix", "within" (the name with something added) or
    "subdomain" (the official name in front of somebody else's).
    """

    host: str
    domain: str
    official: str
    owner: str
    how: str

    def to_json(self) -> dict[str, str]:
        return {
            "host": self.host,
            "domain": self.domain,
            "official": self.official,
            "owner": self.owner,
            "how": self.how,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(**{name: str(stored[name]) for name in ("host", "domain", "official", "owner", "how")})


def registered_domain(host: str) -> str | None:
    """What somebody registered, in small letters: `a.b.example.com.cn` → `example.com.cn`. None for an IP address
    and for what ends in no public suffix.
    """
    parts = _suffixes()(host.strip().rstrip("."))
    return f"{parts.domain}.{parts.suffix}".lower() if parts.domain and parts.suffix else None


_HOST = re.compile(
    r"(?<![\w@.\-])(?:[^\W_](?:[\w\-]{0,61}[^\W_])?[.。．]){1,6}[^\W\d_]{2,24}(?![\w\-])", re.UNICODE
)
_HOST_AFTER = re.compile(r"://(?:[^/?#\s@]*@)?([^/?#\s:]+)")
_HAN = re.compile(r"[\u2e80-\u2fff\u3001\u3003-\u9fff]+|(?<![a-z0-9])\u3002|\u3002(?![a-z])", re.IGNORECASE)
"""Chinese words, and the full stop but where it stands for the dot of an address."""


def hosts_in(text: str) -> tuple[str, ...]:
    """The hosts that a text names, each once, in small letters; Chinese words around one are not part of it."""
    found: dict[str, None] = {}
    for after in _HOST_AFTER.finditer(text):
        found.setdefault(after[1].lower())
    for host in _HOST.finditer(_HAN.sub(" ", text)):
        found.setdefault(re.sub(r"[。．]", ".", host[0]).lower())
    return tuple(host for host in found if registered_domain(host))


@dataclass(frozen=True, slots=True)
class OfficialDomains:
    """Whose each official domain is, and what merely resembles one; `read` takes the file of the project."""

    owners: dict[str, str]
    honest: frozenset[str]

    @classmethod
    def read(cls, file: Path = SHIPPED) -> Self:
        """Raises OfficialDomainsUnreadable."""
        try:
            content = tomllib.loads(file.read_text("utf-8"))
            owners = {
                str(domain).lower(): str(owner["name"])
                for owner in content["owners"]
                for domain in owner["domains"]
            }
            honest = frozenset(str(domain).lower() for domain in content.get("honest", {}).get("domains", ()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise OfficialDomainsUnreadable(file=file, fault=fault) from fault
        return cls(owners, honest)

    def imitated_by(self, host: str) -> LookAlike | None:
        """What the host imitates. None for an official one and for one that resembles none."""
        host = host.strip().rstrip(".").lower()
        domain = registered_domain(host)
        if domain is None or self._is_official(domain) or domain in self.honest:
            return None
        shown = _unicode(domain)
        label = shown.split(".", 1)[0]
        for official, owner in self.owners.items():
            if (how := _resemblance(host, domain, label, official)) is not None:
                return LookAlike(host, domain, official, owner, how)
            if (
                how := _in_front(_unicode(host[: -len(domain)].rstrip(".")), domain, label, official)
            ) is not None:
                return LookAlike(host, domain, official, owner, how)
        if _GOVERNMENT.search(f"{host[: -len(domain)]}{label}"):
            return LookAlike(host, domain, "gov.cn", "政府网站", "within")
        return None

    def _is_official(self, domain: str) -> bool:
        return domain in self.owners or domain.endswith(".gov.cn")


def look_alikes(hosts: Iterable[str], officials: OfficialDomains) -> tuple[LookAlike, ...]:
    """Those of the hosts that imitate an official domain."""
    return tuple(found for host in hosts if (found := officials.imitated_by(host)) is not None)


@cache
def _suffixes() -> Any:
    import tldextract  # a fifth of a second: only where there is an address

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)


_GOVERNMENT = re.compile(r"(?:^|[.\-])gov[.\-]?cn(?:$|[.\-])")
_SHORT = 4
"""A name shorter than this (ccb, boc, cib) is one of many abbreviations: it counts only beside a word of banking."""
_MISSPELT_FROM = 6
"""Below this, one letter more or less makes another honest name (hzbank and czbank are both banks: what ends so
is measured without it, and a letter less is asked for)."""
_MISSPELT_TWICE_FROM = 11
_BANKING = re.compile(
    r"^(?:bank|china|vip|app|card|credit|loan|daikuan|dai|dk|pay|wap|ebank|mobile|m|www|online|login|safe|kf|955\d\d"
    r"|fenqi|jinrong|jr|puhui|xyk|xinyongka|zhengxin|baoxian|licai|huankuan|jiekuan|jiedai|edu|tie|baitiao|jinku|kefu|tuikuan"
    r"|refund|tousu|anquan|shiming|gov)+$"
)
_SERVICE = re.compile(
    rf"{_BANKING.pattern[:-3]}|my|cn|com|net|help|service|center|secure|security|verify|guanwang|jubao|tui|tuipiao|renzheng"
    r"|xiufu|xf|zx|\d{1,4})+$"
)
"""What is put beside a longer name: words of service too, and numbers."""
_CHEAP = frozenset(
    {"top", "vip", "xyz", "cc", "shop", "club", "online", "site", "fun", "icu", "work", "ltd", "cyou", "sbs"}
)
"""Endings under which a bank does not serve the public: there even a name of three letters is somebody's imitation."""
_USUAL = _CHEAP | {"cn", "com", "net", "cc", "co", "cm", "info", "tv", "me", "pw", "app"}
"""Endings at which a Chinese customer might look for a house; elsewhere four letters are somebody else's abbreviation."""
_ENDING_WORDS = r"(?:com|cn|net|org|gov|www)"
_LIKE_AN_ENDING = re.compile(rf"{_ENDING_WORDS}(?:-?{_ENDING_WORDS})*")
"""Own names such as `cn` in cn.vip or `com-cn` in com-cn.top: what stands in front of them is meant to be read as the name."""
_ENDING_WITHIN = re.compile(rf"(?:-?{_ENDING_WORDS})+$")


def _resemblance(host: str, domain: str, label: str, official: str) -> str | None:
    """How a domain, whose own name reads `label`, resembles an official one."""
    from rapidfuzz.distance import OSA

    name = official.split(".", 1)[0]
    before = host[: -len(domain)].rstrip(".")
    if before and (f".{official}." in f".{before}." or f".{official}" in f".{before}"):
        return "subdomain"
    if f".{official}-" in f".{host}":  # alipay.com-safe.cn
        return "subdomain"
    known = len(name) >= _SHORT
    if label == name:
        cheap = len(name) == _SHORT - 1 and domain.rsplit(".", 1)[1] in _CHEAP
        usual = len(name) > _SHORT or domain.rsplit(".", 1)[1] in _USUAL
        return "other_suffix" if (known and usual) or cheap else None
    if _skeleton(label) == _skeleton(name) and (known or not label.isascii()):
        return "homoglyph"
    beside = _SERVICE if known else _BANKING
    rest = label.replace(name, "", 1).replace("-", "") if name in label else None
    if rest is not None and (
        (known and not name.isdigit() and name in label.split("-"))
        or (rest != "" and beside.match(rest))
        or official.replace(".", "-") in label
        or official.replace(".", "") in label.replace("-", "")
    ):
        return "within"
    if known and (label.replace("-", "") == name or _once(label) == _once(name)):
        return "misspelt"  # we-bank, icbcc
    if len(name) >= _MISSPELT_FROM and not name.isdigit():
        around = [piece for piece in label.split("-") if _skeleton(piece) == _skeleton(name)]
        if around and beside.match(label.replace(around[0], "", 1).replace("-", "")):
            return "homoglyph"  # al1pay-safe
    allowed = 2 if len(name) >= _MISSPELT_TWICE_FROM else 1
    long = len(name) >= _MISSPELT_FROM and not name.isdigit()
    if name.endswith("bank"):
        long = len(name) - len("bank") >= _MISSPELT_FROM - 1
    if long and OSA.distance(label, name, score_cutoff=allowed) <= allowed:
        return "misspelt"
    return None


def _in_front(before: str, domain: str, label: str, official: str) -> str | None:
    """How what stands before a registered domain imitates: `icbc-com.cn.vip`, `icbc-com-cn.pay.top`, `icbc.pay.top`."""
    if not before:
        return None
    name = official.split(".", 1)[0]
    known = len(name) >= _SHORT
    if _LIKE_AN_ENDING.fullmatch(label):
        names = [one for one in before.split(".") if not _LIKE_AN_ENDING.fullmatch(one)]
        meant = _ENDING_WITHIN.sub("", names[-1]).removeprefix("www").strip("-") if names else ""
        return "subdomain" if _resemblance(meant, f"{meant}.top", meant, official) is not None else None
    joined = official.replace(".", "-")
    if known and f"-{joined}-" in f"-{before.replace('.', '-')}-":
        return "subdomain"
    cheap = domain.rsplit(".", 1)[1] in _CHEAP
    if known and cheap and any(_skeleton(one) == _skeleton(name) for one in before.split(".")):
        return "subdomain"
    return None


def _once(label: str) -> str:
    """The label with a letter that is said twice running said once."""
    return re.sub(r"([a-z])\1", r"\1", label)


def _unicode(domain: str) -> str:
    """What a browser would show: punycode turned back, where it is sound."""
    labels = []
    for label in domain.split("."):
        try:
            labels.append(label.encode("ascii").decode("idna") if label.startswith("xn--") else label)
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_ALIKE = {
    "a": "4àáâãäåāɑаα", "b": "8ƅьḃ", "c": "сçćčϲ", "d": "ԁɗď", "e": "3еèéêëēėěё", "g": "9ɡğġ", "h": "һħ", "j": "јʝ",
    "k": "кκķ", "l": "1i|!íìîïīıіιӏɩł", "m": "мṃ", "n": "пñńňηո", "o": "0òóôõöōøоοσ", "p": "рρþ", "q": "ԛ", "r": "гŕřʀ",
    "s": "5ѕśšşƽ", "t": "7тτťţ", "u": "ùúûüūυцս", "v": "νѵ", "w": "ԝшωŵ", "x": "хχ", "y": "уýÿγ", "z": "2źżžʐ",
}  # fmt: skip
"""Latin letters with the digits and the letters of other scripts that pass for them in an address."""
_LETTERS = {ord(other): letter for letter, others in _ALIKE.items() for other in others}


def _skeleton(label: str) -> str:
    """The label with letters that look alike made one: zero and o; one, l and i; rn and m; Cyrillic and Latin."""
    plain = label.translate(_LETTERS)
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return plain
