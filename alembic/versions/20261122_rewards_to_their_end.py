"""rewards to their end: who agreed for finance, when its reporter last heard of it, who took the claim."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NAMES = ("consented_by", "claimed_by")
_MOMENTS = ("consented_at", "told_at", "claimed_at")


def upgrade() -> None:
    """Brings the schema here."""
    with op.batch_alter_table("reward", schema=None) as batch_op:
        for name in _NAMES:
            batch_op.add_column(sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        for name in _MOMENTS:
            batch_op.add_column(sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("reward", schema=None) as batch_op:
        for name in (*_NAMES, *_MOMENTS):
            batch_op.drop_column(name)
