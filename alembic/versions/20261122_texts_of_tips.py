"""texts of tips: what each says, folded for comparing."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    op.create_table(
        "tip_text",
        sa.Column("tip_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("method", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["tip_id"], ["tip.id"]),
        sa.PrimaryKeyConstraint("tip_id"),
    )
    with op.batch_alter_table("tip_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tip_text_method"), ["method"], unique=False)


def downgrade() -> None:
    """Takes it back."""
    op.drop_table("tip_text")
