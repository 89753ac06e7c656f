"""The command's promises: every fault one clear sentence and a non-zero exit, every success what it says."""

import base64
import json
import re
import shutil
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session

from foundation.crypto import MasterKeys, new_master_key
from foundation.database import sync_url
from foundation.settings import Settings
from reports.tables import Tip
from tests.conftest import MASTER
from tests.entrypoints.commanding import Operator

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def here(operator: Operator, settings: Settings) -> Operator:
    """An operator of a migrated deployment without packs, on each database."""
    operator.sets(settings)
    return operator


def _sqlite(folder: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{folder}/x.db", "BLOBS_URL": f"file://{folder}/blobs"}


# ---- faults --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [("nonsense",), ("packs", "nonsense"), ("serve", "--port", "0"), ("officer", "add")]
)
def test_a_call_that_is_no_call_is_told_in_one_sentence(operator: Operator, command: tuple[str, ...]) -> None:
    outcome = operator.calls(*command)
    assert outcome.code == 2
    assert outcome.sentence


def test_without_a_command_the_help_is_shown(operator: Operator) -> None:
    outcome = operator.calls()
    for command in ("serve", "worker", "migrate", "packs", "officer", "match", "audit", "doctor"):
        assert command in outcome.out + outcome.err


@pytest.mark.parametrize("environment", ["production", "demo", "test"])
@pytest.mark.parametrize(
    "command", [("serve", "--port", "1"), ("worker",), ("packs", "load"), ("audit", "verify")]
)
def test_nothing_starts_without_a_master_key(
    operator: Operator, tmp_path: Path, command: tuple[str, ...], environment: str
) -> None:
    variables = {**_sqlite(tmp_path), "ENVIRONMENT": environment}
    if command[0] == "serve":  # as root, port 1 is free; else it is refused for itself
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            command = ("serve", "--port", str(probe.getsockname()[1]))
    assert operator.calls(*command, **variables).sentence == (
        "A master key is not configured: set QIANSHAO_MASTER_KEYS."
    )
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize(
    "keys",
    ["x", "k1:", ":abc", "k1:c2hvcnQ=", "k1:not base64!", f"{MASTER},{MASTER}", ",", f"{MASTER},k2"],
)
def test_a_bad_master_key_is_told_and_not_shown(operator: Operator, tmp_path: Path, keys: str) -> None:
    sentence = operator.calls("audit", "verify", **_sqlite(tmp_path), MASTER_KEYS=keys).sentence
    assert sentence.startswith("QIANSHAO_MASTER_KEYS is wrong: ")
    assert "c2hvcnQ" not in sentence
    assert MASTER.split(":")[1] not in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root:geheim@db/x"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "postgresql://user:geheim@host:port/x"),
        ("BLOBS_URL", "/var/lib"),
        ("BLOBS_URL", "s3://"),
        ("PUBLIC_URL", "qianshao.example"),
        ("PUBLIC_URL", "http://[::1"),
        ("READER_PROCESSES", "many"),
        ("READER_PROCESSES", "0"),
        ("LOG_LEVEL", "loud"),
        ("ENVIRONMENT", "staging"),
        ("WECHAT", "geheim"),
        ("WECHAT", "[]"),
        ("WECHAT__NONSENSE", "x"),
        ("WECHAT__API_BASE", "api.weixin.example"),
        ("TELEGRAM__API_BASE", "ftp://api.telegram.example"),
        ("WORKER_EMBEDDED", "perhaps"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    operator: Operator, tmp_path: Path, name: str, value: str
) -> None:
    variables = {**_sqlite(tmp_path), "MASTER_KEYS": MASTER, name: value}
    sentence = operator.calls("audit", "verify", **variables).sentence
    assert sentence.startswith(f"QIANSHAO_{name} is wrong: ")
    assert "geheim" not in sentence


@pytest.mark.parametrize("jurisdiction", ["nowhere", "../../../../etc/passwd", ""])
def test_an_unknown_jurisdiction_is_told(operator: Operator, tmp_path: Path, jurisdiction: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    variables = {**_sqlite(tmp_path), "MASTER_KEYS": MASTER, "JURISDICTION": jurisdiction}
    assert operator.calls("serve", "--port", port, **variables).sentence


def test_a_broken_env_file_is_told(operator: Operator, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"QIANSHAO_PUBLIC_URL=\xff\xfe\n")
    assert operator.calls("audit", "verify").sentence


def test_a_folder_that_cannot_be_made_is_told(operator: Operator, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    variables = {"DATABASE_URL": f"sqlite:///{tmp_path}/file/x.db", "MASTER_KEYS": MASTER}
    assert str(tmp_path / "file") in operator.calls("migrate", **variables).sentence


def test_packs_that_are_not_loaded_are_told(here: Operator) -> None:
    for command in (("worker",), ("serve", "--port", _free_port())):
        assert here.calls(*command).sentence == (
            "The knowledge pack is not in the database yet: run `qianshao packs load`."
        )


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_another_deployments_key_is_told(here: Operator) -> None:
    assert here.calls("packs", "load").code == 0
    same_name = f"test:{base64.b64encode(bytes(32)).decode()}"
    assert "cannot be opened" in here.calls("audit", "verify", MASTER_KEYS=same_name).sentence
    assert "“other” that" not in here.calls("audit", "verify", MASTER_KEYS=new_master_key("other")).sentence
    assert "“test”" in here.calls("audit", "verify", MASTER_KEYS=new_master_key("other")).sentence


def test_officers_are_added_reset_and_refused(here: Operator) -> None:
    added = here.calls("officer", "add", "li.na", "--name", "李娜", "--role", "supervisor")
    assert re.fullmatch(r"li\.na: one-time password \S{8,}\n", added.out)
    again = here.calls("officer", "reset", "li.na")
    assert re.fullmatch(r"li\.na: one-time password \S{8,}\n", again.out)
    assert added.out != again.out
    assert here.calls("officer", "add", "li.na", "--name", "李娜").sentence
    assert here.calls("officer", "reset", "nobody").sentence
    assert here.calls("officer", "off", "li.na").out == "li.na: switched off, every session ended\n"
    assert here.calls("officer", "off", "nobody").sentence
    role = here.calls("officer", "add", "wang", "--name", "王", "--role", "chief").sentence
    assert role == "There is no role “chief”: choose one of reviewer, supervisor, finance, admin."
    for login in ("", " ", "a" * 500, "a b", "\x00"):
        assert here.calls("officer", "add", login, "--name", "王").sentence, login


def test_a_taken_port_stops_the_demonstration_before_it_makes_anything(
    operator: Operator, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = operator.calls("demo", "--port", str(port), "--folder", str(tmp_path / "demo"))
    assert outcome.sentence == f"Port {port} is taken: choose another with `make demo PORT=8001`."
    assert not (tmp_path / "demo").exists()


# ---- packs, audit --------------------------------------------------------------------------------


def test_packs_are_loaded_once_and_the_chain_says_so(here: Operator) -> None:
    first = here.calls("packs", "load")
    assert (first.code, "added: scheme/" in first.out) == (0, True)
    assert re.fullmatch(r"\d{3} unchanged\.\n", here.calls("packs", "load").out)
    chain = here.calls("audit", "verify")
    assert re.fullmatch(r"The chain holds: 1 entries, the last digest is [0-9a-f]{64}\.\n", chain.out)


def test_tampering_with_the_chain_is_found(here: Operator, settings: Settings) -> None:
    assert here.calls("packs", "load").code == 0
    assert here.calls("audit", "verify").code == 0
    _execute(settings, "UPDATE audit_entry SET actor = 'somebody'")
    assert here.calls("audit", "verify").sentence == "The chain breaks at entry 1: its content was changed."
    _execute(settings, "DELETE FROM audit_entry")
    assert here.calls("audit", "verify").sentence == (
        "The chain breaks at entry 1: the newest entries were cut off."
    )


def _execute(settings: Settings, statement: str) -> None:
    engine = create_engine(sync_url(settings.database_url))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_nothing_failed_so_nothing_is_put_back(here: Operator) -> None:
    assert here.calls("jobs", "retry").out == "0 failed job(s) put back.\n"


def test_migrating_again_changes_nothing(here: Operator) -> None:
    for _ in range(2):
        assert here.calls("migrate").out == "The database's schema is up to date.\n"


# ---- keys ----------------------------------------------------------------------------------------


def test_a_new_key_is_one_that_can_be_used(operator: Operator) -> None:
    printed = operator.calls("keys", "new", "2026a").out
    assert MasterKeys.parse(printed.strip()).current == "2026a"
    assert printed != operator.calls("keys", "new", "2026a").out


@pytest.mark.parametrize("name", ["", "a:b", "a,b", "a b", "-"])
def test_a_key_name_that_could_not_be_read_back_is_refused(operator: Operator, name: str) -> None:
    assert operator.calls("keys", "new", "--", name).sentence


def test_a_master_key_is_rotated_out(here: Operator) -> None:
    """Put the new one first, rewrap, take the old one out: everything is still there."""
    assert here.calls("packs", "load").code == 0
    fresh = here.calls("keys", "new", "fresh").out.strip()
    both = f"{fresh},{MASTER}"
    assert here.calls("keys", "rewrap", MASTER_KEYS=both).out == "2 key(s) wrapped anew.\n"
    assert here.calls("keys", "rewrap", MASTER_KEYS=both).out == "0 key(s) wrapped anew.\n"
    assert "holds: 1 entries" in here.calls("audit", "verify", MASTER_KEYS=fresh).out
    assert "“fresh”" in here.calls("audit", "verify", MASTER_KEYS=MASTER).sentence


def test_reading_old_tips_again_where_there_are_none(here: Operator) -> None:
    assert here.calls("tips", "reread").out == "0 tip(s) read again.\n"


# ---- match ---------------------------------------------------------------------------------------

AD = "无抵押秒下款，黑户可做，放款前先交2000元手续费，加微信 kuaidai_8866"


def test_a_text_is_matched(operator: Operator) -> None:
    said = json.loads(operator.calls("match", AD).out)
    assert said["verdict"] == "likely"
    assert said["schemes"][0]["code"]
    assert {"kind": "wechat", "canonical": "kuaidai_8866"}.items() <= said["indicators"][0].items()


def test_a_text_is_read_from_standard_input(operator: Operator) -> None:
    assert operator.calls("match", stdin=AD.encode()).out == operator.calls("match", AD).out


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\x00", "？", "👵🏽", "a" * 100_000, "加微信" * 30_000, "1" * 50_000, "\u202e贷款"],
)
def test_an_odd_text_is_matched_too(operator: Operator, text: str) -> None:
    outcome = operator.calls("match", stdin=text.encode())
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["verdict"] in ("likely", "possible", "none")


def test_bytes_that_are_no_text_are_told(operator: Operator) -> None:
    assert operator.calls("match", stdin=b"\xff\xfe\x00\xff").sentence


LINE_KEYS = {"id", "verdict", "score", "schemes", "sense", "indicators", "disguise"}


def test_lines_are_matched_in_order_with_their_ids_and_nothing_else_is_told(operator: Operator) -> None:
    rows = [
        {"id": "a", "text": AD},
        {"id": 7, "text": "今天天气不错"},
        {"id": None, "text": ""},
        {"id": 7, "text": AD},
    ]
    lines = "\ufeff" + "\r\n \r\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    outcome = operator.calls("match", "--jsonl", stdin=lines.encode())
    said = [json.loads(line) for line in outcome.out.splitlines()]
    assert [line["id"] for line in said] == ["a", 7, None, 7]
    assert [line["verdict"] for line in said] == ["likely", "none", "none", "likely"]
    assert all(set(line) == LINE_KEYS for line in said)
    assert 1 <= len(said[0]["schemes"]) <= 5
    assert all(set(scheme) == {"code", "score", "clues"} for scheme in said[0]["schemes"])
    clue = said[0]["schemes"][0]["clues"][0]
    assert AD[clue["span"][0] : clue["span"][1]] == clue["query"]


def test_a_file_named_where_lines_are_read_from_standard_input_is_refused(operator: Operator) -> None:
    assert "standard input" in operator.calls("match", "--jsonl", "texts.jsonl").sentence


def test_lines_with_details_say_all_that_one_text_alone_does(operator: Operator) -> None:
    line = json.dumps({"id": 1, "text": AD}).encode()
    said = json.loads(operator.calls("match", "--jsonl", "--details", stdin=line).out)
    assert said == {"id": 1, **json.loads(operator.calls("match", AD).out)}


def test_a_line_with_half_a_character_is_matched(operator: Operator) -> None:
    outcome = operator.calls(
        "match", "--jsonl", stdin=b'{"id":"\\ud800","text":"\\ud800\xe5\x8a\xa0\xe5\xbe\xae"}'
    )
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["verdict"]


BAD_LINES = {
    b"{": "This is not JSON.",
    b"[" * 200_000: "This is not JSON.",
    b'{"id":NaN,"text":"x"}': "This is not JSON.",
    b'{"id":-Infinity,"text":"x"}': "This is not JSON.",
    b'{"id":1e999,"text":"x"}': "A number is too large.",
    b'{"id":' + b"9" * 5000 + b',"text":"x"}': "This is not JSON.",
    b'{"id":1,"text":"x","text":"y"}': "A key stands twice in one object.",
    b'{"id":1,"text":"x"}{"id":2,"text":"y"}': "This is not JSON.",
    b"[]": "This is not a JSON object.",
    b"null": "This is not a JSON object.",
    b'{"id":4}': 'There is no "text".',
    b'{"text":"x"}': 'There is no "id".',
    b'{"id":4,"text":null}': 'The "text" is not a string.',
    b'{"id":4,"text":["x"]}': 'The "text" is not a string.',
    b'{"id":4,"text":"\xe5\x8a"}': "Byte 17 is not UTF-8.",
    b"\xff\xfe": "Byte 1 is not UTF-8.",
    b'{"id":4,"text":"' + b"x" * 8 * 1024 * 1024 + b'"}': "The line is longer than 8 MiB.",
}


def test_every_bad_line_is_answered_in_its_place_and_none_of_the_others_is_lost(operator: Operator) -> None:
    good = b'{"id":"good","text":"' + AD.encode() + b'"}\n'
    outcome = operator.calls(
        "match", "--jsonl", stdin=good + b"".join(line + b"\n" + good for line in BAD_LINES)
    )
    said = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.sentence.startswith(
        f"{len(BAD_LINES)} of {2 * len(BAD_LINES) + 1} line(s) could not be read (2, 4,"
    )
    assert [line["verdict"] for line in said[::2]] == ["likely"] * (len(BAD_LINES) + 1)
    assert [line["error"] for line in said[1::2]] == list(BAD_LINES.values())
    assert [line["line"] for line in said[1::2]] == list(range(2, 2 * len(BAD_LINES) + 1, 2))
    assert {line["id"] for line in said[1::2]} == {None, 4}


def test_a_line_of_a_megabyte_is_answered_and_says_so_when_asked(operator: Operator) -> None:
    line = json.dumps({"id": 1, "text": "先交手续费，" * 170_000}, ensure_ascii=False).encode()
    assert len(line) > 3_000_000
    assert json.loads(operator.calls("match", "--jsonl", "--details", stdin=line).out)["cut"] is True


# ---- doctor --------------------------------------------------------------------------------------


def _findings(said: str) -> dict[str, tuple[str, str]]:
    found = {}
    for line in said.strip().splitlines():
        mark, rest = line.split(" ", 1)
        part, sentence = rest.split(": ", 1)
        found[part] = (mark, sentence)
    return found


def test_the_doctor_finds_nothing_wrong_and_says_what_is_off(here: Operator) -> None:
    assert here.calls("packs", "load").code == 0
    outcome = here.calls("doctor")
    found = _findings(outcome.out)
    assert (outcome.code, {mark for mark, _ in found.values()}) == (0, {"✓", "–"})
    assert found["master keys"] == ("✓", "the current key is test")
    assert found["packs"][1].startswith(f"{45} schemes, 60 questions, 10 warnings")
    assert found["jobs"][1] == "0 waiting, 0 running, 0 failed"
    for channel in ("WeChat", "Telegram"):
        mark, sentence = found[channel]
        assert mark == "–"
        assert sentence.startswith("off: QIANSHAO_")
    assert found["web chat"] == ("✓", "on, at http://127.0.0.1:8000/chat")
    assert MASTER.split(":")[1] not in outcome.out


def test_the_doctor_says_how_many_tips_wait_to_be_read_again_and_what_to_do(
    operator: Operator, tmp_path: Path, migrated_sqlite: Path
) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "x.db")
    variables = {**_sqlite(tmp_path), "MASTER_KEYS": MASTER, "ENVIRONMENT": "test"}
    assert operator.calls("packs", "load", **variables).code == 0
    assert "tips" not in _findings(operator.calls("doctor", **variables).out)
    with Session(create_engine(f"sqlite:///{tmp_path}/x.db")) as session:  # its reporter does not matter here
        session.add(
            Tip(
                id="tip_old", receipt="QS-OLD", reporter_id="rep_old", submission_key="old", channel="webchat",
                kind="words", state="submitted", jurisdiction="demo-county", submitted_at=NINE, updated_at=NINE,
            )
        )  # fmt: skip
        session.commit()
    outcome = operator.calls("doctor", **variables)
    mark, sentence = _findings(outcome.out)["tips"]
    assert (outcome.code, mark) == (0, "–")
    assert sentence.startswith("1 tip(s) ")
    assert "`qianshao tips reread`" in sentence


def test_the_doctor_says_what_a_half_configured_channel_lacks(here: Operator) -> None:
    assert here.calls("packs", "load").code == 0
    found = _findings(
        here.calls("doctor", WECHAT__APP_ID="wx1", WECHAT__TOKEN="t", TELEGRAM__TOKEN="1:a").out
    )
    assert found["WeChat"][0] == "✓"
    assert "plain mode only" in found["WeChat"][1]
    assert "QIANSHAO_WECHAT__APP_SECRET is not set" in found["WeChat API"][1]
    assert found["Telegram"] == (
        "✗", "QIANSHAO_TELEGRAM__WEBHOOK_SECRET is not set, so that every update is refused.",
    )  # fmt: skip
    assert here.calls("doctor", TELEGRAM__TOKEN="1:a").code == 1


def test_a_channels_key_that_is_none_is_told_by_serve_and_by_the_doctor(
    operator: Operator, tmp_path: Path, migrated_sqlite: Path
) -> None:
    here = operator
    shutil.copy(migrated_sqlite, tmp_path / "x.db")
    here.variables |= {f"QIANSHAO_{k}": v for k, v in _sqlite(tmp_path).items()}
    here.variables |= {"QIANSHAO_MASTER_KEYS": MASTER, "QIANSHAO_ENVIRONMENT": "test"}
    assert here.calls("packs", "load").code == 0
    wechat = {"WECHAT__APP_ID": "wx1", "WECHAT__TOKEN": "t", "WECHAT__ENCODING_AES_KEY": "short"}
    telegram = {"TELEGRAM__TOKEN": "nonsense", "TELEGRAM__WEBHOOK_SECRET": "s"}
    for part, name, variables in (
        ("WeChat", "QIANSHAO_WECHAT__ENCODING_AES_KEY", wechat),
        ("Telegram", "QIANSHAO_TELEGRAM__TOKEN", telegram),
    ):
        sentence = here.calls("serve", "--port", _free_port(), **variables).sentence
        assert sentence.startswith(f"{name} is wrong: ")
        assert _findings(here.calls("doctor", **variables).out)[part] == ("✗", sentence)


def test_the_doctor_says_what_is_missing_and_how_to_mend_it(here: Operator) -> None:
    outcome = here.calls("doctor", MASTER_KEYS="", JURISDICTION="nowhere")
    found = _findings(outcome.out)
    assert outcome.code == 1
    assert found["master keys"][0] == found["jurisdiction"][0] == found["packs"][0] == "✗"
    assert "`qianshao keys new`" in found["master keys"][1]
    assert "`qianshao packs load`" in found["packs"][1]


def test_the_doctor_of_a_deployment_that_was_never_made_says_what_to_do_first(
    operator: Operator, tmp_path: Path
) -> None:
    for folder in (tmp_path, tmp_path / "not" / "there"):
        variables = {**_sqlite(tmp_path), "DATABASE_URL": f"sqlite:///{folder}/x.db", "MASTER_KEYS": MASTER}
        outcome = operator.calls("doctor", **variables)
        assert outcome.code == 1
        mark, sentence = _findings(outcome.out)["database"]
        assert mark == "✗"
        assert "`qianshao migrate`" in sentence


def test_the_doctor_of_an_unreachable_database_says_so_without_its_password(
    operator: Operator, tmp_path: Path
) -> None:
    variables = {"DATABASE_URL": "postgresql://q:geheim@127.0.0.1:1/q", "BLOBS_URL": f"file://{tmp_path}/b"}
    outcome = operator.calls("doctor", **variables, MASTER_KEYS=MASTER)
    assert "does not answer" in _findings(outcome.out)["database"][1]
    assert "geheim" not in outcome.out + outcome.err


def test_the_doctor_of_wrong_settings_says_which(operator: Operator) -> None:
    outcome = operator.calls("doctor", PUBLIC_URL="nonsense")
    assert (outcome.code, "QIANSHAO_PUBLIC_URL is wrong" in outcome.out) == (1, True)
