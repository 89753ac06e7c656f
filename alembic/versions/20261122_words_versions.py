"""words versions: what a reporter changed in the chat after sending it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    op.create_table(
        "words_version",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tip_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("edited_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tip_id"], ["tip.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("words_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_words_version_tip_id"), ["tip_id"], unique=False)


def downgrade() -> None:
    """Takes the schema back."""
    with op.batch_alter_table("words_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_words_version_tip_id"))
    op.drop_table("words_version")
