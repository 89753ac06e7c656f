"""keys of texts: tips that say nearly the same find each other."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002b"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    op.create_table(
        "text_band",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tip_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["tip_id"], ["tip.id"]),
        sa.PrimaryKeyConstraint("band", "tip_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("text_band", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_band_tip_id"), ["tip_id"], unique=False)


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("text_band", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_band_tip_id"))
    op.drop_table("text_band")
