"""`python -m entrypoints.schema_check`: one head, and a history that makes exactly the tables the code declares."""

import sys
import tempfile

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from entrypoints.setting_up import alembic_config


def main() -> None:
    """Exits with a sentence where the history and the tables differ."""
    with tempfile.TemporaryDirectory() as folder:
        config = alembic_config(f"sqlite:///{folder}/check.db")
        heads = ScriptDirectory.from_config(config).get_heads()
        if len(heads) != 1:
            sys.exit(f"The history has {len(heads)} heads where it must have one: {', '.join(heads)}.")
        command.upgrade(config, "head")
        try:
            command.check(config)
        except CommandError as fault:
            sys.exit(f"The tables and the history differ: {fault}")


if __name__ == "__main__":
    main()
