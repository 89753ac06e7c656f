"""A PostgreSQL server of the tests' own: started by them, as root too, on a unix socket, thrown away afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from entrypoints.setting_up import migrate
from foundation.settings import Environment, Settings

_TEMPLATE = "qianshao_template"


class NoServer(RuntimeError):
    """There is no PostgreSQL server program on this machine."""


def find_program(name: str) -> Path:
    """`initdb` or `postgres`: the newest of Debian's, or the one on the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    found = debian[-1] if debian else shutil.which(name)
    if found is None:
        raise NoServer("PostgreSQL is missing: `make test` installs Debian's package postgresql")
    return Path(found)


@dataclass
class PostgresServer:
    """A running server; databases are made from a migrated template in a tenth of a second."""

    folder: Path
    port: int

    @classmethod
    @contextlib.contextmanager
    def started(cls) -> Iterator["PostgresServer"]:
        """Starts a server in a temporary folder and stops it at the end."""
        folder = Path(tempfile.mkdtemp(prefix="qianshao-pg-"))
        prefix: list[str] = []
        if os.geteuid() == 0:  # the server refuses to run as root
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        data = folder / "data"
        try:
            subprocess.run(
                [*prefix, str(find_program("initdb")), "-D", str(data), "-U", "postgres", "--no-sync",
                 "--locale=C.UTF-8", "--auth=trust"],
                check=True, capture_output=True, cwd=folder,
            )  # fmt: skip
            port = 5432  # names the socket only; nothing listens on TCP
            process = subprocess.Popen(
                [*prefix, str(find_program("postgres")), "-D", str(data), "-k", str(folder), "-p", str(port),
                 "-c", "listen_addresses=", "-c", "max_connections=300", "-c", "fsync=off"],
                stdout=subprocess.DEVNULL, stderr=(folder / "log").open("wb"), cwd=folder,
            )  # fmt: skip
            try:
                server = cls(folder, port)
                server._wait(process)
                server._make_template()
                yield server
            finally:
                process.terminate()
                process.wait(30)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """The address of one database."""
        return f"postgresql://postgres@/{name}?host={self.folder}&port={self.port}"

    @contextlib.contextmanager
    def fresh_database(self) -> Iterator[str]:
        """A migrated database of one's own, dropped at the end."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        with self._admin() as admin:
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE {_TEMPLATE}')
        try:
            yield self.url(name)
        finally:
            with self._admin() as admin:
                admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.url("postgres"), autocommit=True)

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        import time

        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            with contextlib.suppress(psycopg.OperationalError), self._admin():
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not start within 30 seconds")

    def _make_template(self) -> None:
        with self._admin() as admin:
            admin.execute(f"CREATE DATABASE {_TEMPLATE}")
        migrate(Settings(database_url=self.url(_TEMPLATE), environment=Environment.test, _env_file=None))
