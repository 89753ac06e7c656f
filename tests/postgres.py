"""A PostgreSQL server of the tests' own: started by them, as root too, on a unix socket, thrown away afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
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


_TABLES = (
    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'dbos')"
)
_HISTORIES = ("public.alembic_version", "dbos.dbos_migrations")
"""What a migration leaves behind: the only rows of a fresh database."""

_SHAPE = """
    SELECT md5(string_agg(concat_ws(' ', table_schema, table_name, column_name, data_type, is_nullable), ','
           ORDER BY table_schema, table_name, column_name)) FROM information_schema.columns
    WHERE table_schema IN ('public', 'dbos')
"""


@dataclass
class PostgresServer:
    """A running server. A database is made from a migrated template, and afterwards emptied for the next test, which
    is thirty times quicker than making another."""

    folder: Path
    port: int
    _free: list[str] = field(default_factory=list)
    _shape: str = ""

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
        """A migrated database of one's own with nothing in it."""
        name = self._free.pop() if self._free else self._made()
        try:
            yield self.url(name)
        finally:
            if self._emptied(name):
                self._free.append(name)
            else:
                with self._admin() as admin:
                    admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _made(self) -> str:
        name = f"t_{uuid.uuid4().hex[:12]}"
        with self._admin() as admin:
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE {_TEMPLATE}')
        return name

    def _emptied(self, name: str) -> bool:
        """Takes every row out. False where a test changed the tables themselves, or removed the database."""
        with self._admin() as admin:  # whoever was killed in the middle of something may still hold locks
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
        try:
            with psycopg.connect(self.url(name), autocommit=True) as database:
                if self._only(database, _SHAPE) != self._shape:
                    return False
                tables = [str(row[0]) for row in database.execute(_TABLES).fetchall()]
                database.execute("SET session_replication_role = replica")  # rows go in any order
                for table in tables:
                    if table not in _HISTORIES:
                        database.execute(f"DELETE FROM {table}")
                for (sequence,) in database.execute(
                    "SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences"
                ).fetchall():
                    database.execute(f"ALTER SEQUENCE {sequence} RESTART")
        except psycopg.OperationalError:
            return False
        return True

    @staticmethod
    def _only(database: "psycopg.Connection[tuple[object, ...]]", query: str) -> str:
        row = database.execute(query).fetchone()
        assert row is not None
        return str(row[0])

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
        with psycopg.connect(self.url(_TEMPLATE)) as template:
            self._shape = self._only(template, _SHAPE)
