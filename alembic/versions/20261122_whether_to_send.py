"""whether to send: private-looking pictures, and what their reporter answered."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    text = sqlmodel.sql.sqltypes.AutoString()
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("private_kind", text, nullable=False, server_default=""))
        batch_op.add_column(sa.Column("consent", text, nullable=False, server_default=""))
        batch_op.add_column(sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.alter_column("private_kind", existing_type=text, server_default=None)
        batch_op.alter_column("consent", existing_type=text, server_default=None)


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("asked_at")
        batch_op.drop_column("consent")
        batch_op.drop_column("private_kind")
