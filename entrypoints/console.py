"""The `qianshao` command. Every fault is one clear sentence and a non-zero exit."""

import asyncio
import io
import sys
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from entrypoints.memory import collect_seldom
from entrypoints.telegram import telegram_app
from entrypoints.wechat import wechat_app
from foundation import logs
from foundation.errors import Refusal
from foundation.settings import Settings, read_settings

app = typer.Typer(
    pretty_exceptions_enable=False,
    help="前哨 Qianshao: hears from the people about illegal finance, and answers them.",
    no_args_is_help=True,
)
packs_app = typer.Typer(help="The knowledge packs.", no_args_is_help=True)
officer_app = typer.Typer(help="Officers of the panel.", no_args_is_help=True)
audit_app = typer.Typer(help="The audit chain.", no_args_is_help=True)
exemplars_app = typer.Typer(help="Texts that people have judged.", no_args_is_help=True)
model_app = typer.Typer(help="Versions of the learnt model.", no_args_is_help=True)
jobs_app = typer.Typer(help="Durable jobs.", no_args_is_help=True)
keys_app = typer.Typer(help="Master keys.", no_args_is_help=True)
tips_app = typer.Typer(help="Tips.", no_args_is_help=True)
for name, sub in (
    ("packs", packs_app), ("officer", officer_app), ("audit", audit_app), ("exemplars", exemplars_app),
    ("model", model_app), ("jobs", jobs_app), ("keys", keys_app), ("telegram", telegram_app),
    ("tips", tips_app), ("wechat", wechat_app),
):  # fmt: skip
    app.add_typer(sub, name=name)

T = TypeVar("T")


def main() -> None:
    """The entry of the installed command."""
    collect_seldom()
    try:
        code = app(standalone_mode=False)  # a raised `typer.Exit` comes back as its number
    except Refusal as refusal:
        _fail(str(refusal))
    except typer.Abort:
        _fail("Stopped.")
    except typer._click.exceptions.ClickException as fault:
        _fail(fault.format_message(), code=2)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
    except OSError as fault:
        _fail(f"{fault.strerror or fault}: {fault.filename}" if fault.filename else str(fault))
    except Exception as fault:
        sentence = _database_fault(fault)
        if sentence is None:
            raise
        _fail(sentence)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _fail(sentence: str, code: int = 1) -> None:
    typer.echo(sentence, err=True)
    sys.exit(code)


def _database_fault(fault: Exception) -> str | None:
    """What is wrong with the database, in one sentence; None where the fault is another."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    if isinstance(fault, CommandError):
        return f"The database's schema is not one that this version knows: {fault}"
    if not isinstance(fault, SQLAlchemyError):
        return None
    # The driver's first line: it names the host and the file, never the password.
    said = str(fault.orig if isinstance(fault, DBAPIError) else fault).strip().partition("\n")[0]
    if "no such table" in said or ("relation" in said and "does not exist" in said):
        return "The database has no schema yet: run `qianshao migrate`."
    return f"The database refuses: {said or type(fault).__name__}"


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serves citizens and officers; runs the jobs too unless QIANSHAO_WORKER_EMBEDDED is false."""
    from entrypoints.serving import serve as serve_forever

    serve_forever(_settings(), host=host, port=port)


@app.command()
def worker() -> None:
    """Runs the jobs, until told to stop."""
    from entrypoints.worker import work_until_told

    asyncio.run(work_until_told(_settings()))


@app.command()
def migrate() -> None:
    """Brings the database's schema up to date, and makes this deployment's secrets at the first run."""
    from entrypoints.setting_up import migrate as bring_up

    typer.echo(bring_up(_settings()))


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Where the demonstration keeps its data.")] = Path("var/demo"),
) -> None:
    """Sets up a demonstration in a folder of its own and serves it."""
    from entrypoints.demo import run

    run(folder, port)


@packs_app.command("load")
def packs_load() -> None:
    """Brings schemes, questions and warnings in the database to what the files say."""
    from entrypoints.setting_up import load_packs

    typer.echo(asyncio.run(load_packs(_settings())))


@officer_app.command("add")
def officer_add(
    login: Annotated[str, typer.Argument(help="What the officer signs in with.")],
    name: Annotated[str, typer.Option(help="How colleagues know them.")],
    role: Annotated[str, typer.Option(help="reviewer, supervisor, finance or admin.")] = "reviewer",
) -> None:
    """Adds an officer and prints a one-time password."""
    from entrypoints.setting_up import add_officer

    typer.echo(asyncio.run(add_officer(_settings(), login=login, name=name, role=role)))


@officer_app.command("reset")
def officer_reset(login: Annotated[str, typer.Argument(help="What the officer signs in with.")]) -> None:
    """Gives an officer a new one-time password and ends their sessions."""
    from entrypoints.setting_up import reset_officer

    typer.echo(asyncio.run(reset_officer(_settings(), login=login)))


@officer_app.command("off")
def officer_off(login: Annotated[str, typer.Argument(help="What the officer signs in with.")]) -> None:
    """Ends an officer's access at once; their decisions stay under their name. `reset` lets them in again."""
    from entrypoints.setting_up import switch_officer_off

    typer.echo(asyncio.run(switch_officer_off(_settings(), login=login)))


@app.command()
def match(
    text: Annotated[str, typer.Argument(help="The text; left out, it is read from standard input.")] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Reads {"id","text"} lines and writes a line each.')
    ] = False,
    deployment: Annotated[
        bool, typer.Option("--deployment", help="Judges by this deployment's packs and the version in force.")
    ] = False,
    model: Annotated[str, typer.Option(help="Judges by this deployment's packs and this version.")] = "",
    details: Annotated[
        bool,
        typer.Option(
            "--details", help="With --jsonl: also what the two judges said, and which model it was."
        ),
    ] = False,
) -> None:
    """Says what a text looks like, as JSON, by the pack and the model that ship with the project."""
    from entrypoints.matching import as_json, match_lines, match_one, read_text

    matcher = None
    if model or deployment:
        from entrypoints.models import matcher_of_deployment

        matcher = asyncio.run(matcher_of_deployment(_settings(), model or None))
    if jsonl:
        if text:
            raise typer.BadParameter("with --jsonl the lines are read from standard input: `< file`")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # JSON is, whatever the terminal speaks
        match_lines(sys.stdin.buffer, sys.stdout, matcher, details=details)
        return
    typer.echo(as_json(match_one(text or read_text(sys.stdin.buffer), matcher), indent=2))


@app.command()
def look(
    files: Annotated[list[str], typer.Argument(help="Pictures.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Writes a JSON line a picture.")] = False,
) -> None:
    """Says what is on pictures: words, codes, indicators and schemes, as a whole and ad by ad."""
    from entrypoints.looking import look as look_at

    settings = read_settings()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    looked = look_at(
        files,
        sys.stdout,
        as_json=as_json,
        jurisdiction=settings.jurisdiction,
        official_domains=settings.official_domains,
    )
    if not asyncio.run(looked):
        raise typer.Exit(1)


@audit_app.command("verify")
def audit_verify() -> None:
    """Walks the whole audit chain; exits with 1 where it does not hold."""
    from entrypoints.setting_up import verify_audit

    holds, sentence = asyncio.run(verify_audit(_settings()))
    typer.echo(sentence, err=not holds)
    if not holds:
        raise typer.Exit(1)


@exemplars_app.command("import")
def exemplars_import(
    file: Annotated[
        Path, typer.Argument(help='JSON lines {"text", "scheme"}: a scheme code, or null for no scheme.')
    ],
) -> None:
    """Adds judged texts, all of the file or nothing; what is known already is not added again."""
    from entrypoints.models import import_exemplars

    typer.echo(asyncio.run(import_exemplars(_settings(), file)))


@model_app.command("refit")
def model_refit() -> None:
    """Has a worker fit a new version from all judged texts."""
    from entrypoints.models import ask_for_refit

    typer.echo(asyncio.run(ask_for_refit(_settings())))


@model_app.command("list")
def model_list() -> None:
    """Names every version, and which one is in force."""
    from entrypoints.models import list_versions

    typer.echo("\n".join(asyncio.run(list_versions(_settings()))))


@model_app.command("show")
def model_show(name: Annotated[str, typer.Argument(help="A version's name.")]) -> None:
    """Says what a version was fitted on, how it did, and what weighs most in it."""
    from entrypoints.models import show_version

    typer.echo("\n".join(asyncio.run(show_version(_settings(), name))))


@model_app.command("compare")
def model_compare(
    first: Annotated[str, typer.Argument(help="A version's name.")],
    second: Annotated[str, typer.Argument(help="Another's.")],
) -> None:
    """Measures two versions on the kept-back share of judged texts, side by side."""
    from entrypoints.models import compare_versions

    typer.echo("\n".join(asyncio.run(compare_versions(_settings(), first, second))))


@model_app.command("use")
def model_use(
    name: Annotated[str, typer.Argument(help="A version's name; offer-1 is the shipped one.")],
) -> None:
    """Takes a version into use, or back."""
    from entrypoints.models import use_version

    typer.echo(asyncio.run(use_version(_settings(), name)))


@jobs_app.command("retry")
def jobs_retry() -> None:
    """Puts every failed job back into its queue."""
    from foundation import job_queue

    typer.echo(f"{job_queue.retry_failed(_settings().database_url)} failed job(s) put back.")


@keys_app.command("new")
def keys_new(key_id: Annotated[str, typer.Argument(help="A name for the key, such as 2026a.")]) -> None:
    """Prints a fresh entry for QIANSHAO_MASTER_KEYS."""
    from foundation.crypto import new_master_key

    if not key_id.isalnum():
        raise typer.BadParameter("a key id holds letters and digits only")
    typer.echo(new_master_key(key_id))


@keys_app.command("rewrap")
def keys_rewrap() -> None:
    """Wraps every data key anew with the first master key, so that older ones can be taken out."""
    from entrypoints.setting_up import rewrap_keys

    typer.echo(f"{asyncio.run(rewrap_keys(_settings()))} key(s) wrapped anew.")


@tips_app.command("reread")
def tips_reread() -> None:
    """Reads old tips again, so that new ones find them by their indicators and texts; can be stopped and run again."""
    from entrypoints.rereading import reread_tips

    typer.echo(asyncio.run(reread_tips(_settings(), lambda line: typer.echo(line, err=True))))


@app.command()
def doctor() -> None:
    """Says what is configured, what is missing, and what each missing part switches off."""
    from entrypoints.doctor import examine

    healthy = True
    for finding in examine():
        healthy = healthy and not finding.is_fault
        typer.echo(
            f"{'✗' if finding.is_fault else '✓' if finding.is_on else '–'} {finding.part}: {finding.sentence}"
        )
    if not healthy:
        raise typer.Exit(1)


def _settings() -> Settings:
    settings = read_settings()
    logs.configure(settings.log_level)
    return settings


if __name__ == "__main__":
    main()
