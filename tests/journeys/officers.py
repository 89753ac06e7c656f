"""Officers at work in the panel, over HTTP, form by form, as a browser would send them."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import httpx

from tests.deployment import Deployment

PASSWORD = "xiang-shui-wan-dao-9"


@dataclass
class Form:
    """A form of a page: where it goes and what it would send as it stands."""

    action: str
    fields: dict[str, str]


_FILLED = ("hidden", "text", "password")


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(values.get("action", ""), {}))
        elif tag == "input" and self.forms and "name" in values and values.get("type", "text") in _FILLED:
            self.forms[-1].fields[values["name"]] = values.get("value", "")


@dataclass
class Officer:
    """One signed-in officer."""

    http: httpx.Client
    login: str

    @classmethod
    def added(cls, deployment: Deployment, login: str, role: str) -> "Officer":
        """An officer whom the operator adds and who signs in for the first time."""
        printed = deployment.run("officer", "add", login, "--name", f"测试{role}", "--role", role)
        one_time = re.search(r"one-time password (\S+)", printed)
        assert one_time is not None
        officer = cls(httpx.Client(base_url=deployment.address, follow_redirects=True, timeout=30), login)
        officer.fill("/admin/sign-in", "/admin/sign-in", login=login, password=one_time[1])
        officer.fill("/admin/password", "/admin/password", current=one_time[1], new=PASSWORD, again=PASSWORD)
        return officer

    def read(self, path: str) -> str:
        """A page's HTML."""
        answer = self.http.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def fill(self, path: str, action: str, **values: str) -> str:
        """Opens a page, fills the form that goes to `action`, sends it, and returns the page that comes."""
        parser = _Forms()
        parser.feed(self.read(path))
        form = next((form for form in parser.forms if form.action == action), None)
        assert form is not None, f"{path} has no form for {action}: {[f.action for f in parser.forms]}"
        answer = self.http.post(action, data={**form.fields, **values})
        assert answer.status_code == 200, (action, answer.status_code, answer.text[:2000])
        return answer.text

    def find_tip(self, receipt: str) -> str:
        """The id of the tip with this receipt, from the queue page."""
        before, found, _ = self.read("/admin/queue").partition(f"<code>{receipt}</code>")
        assert found, f"{receipt} is not in the queue"
        return str(re.findall(r'href="/admin/tips/(tip_[0-9a-z]+)"', before)[-1])
