"""same pictures: bands of picture hashes, and links between tips that show or say the same."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    op.create_table(
        "picture_band",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("evidence_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"]),
        sa.PrimaryKeyConstraint("band", "evidence_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("picture_band", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_band_evidence_id"), ["evidence_id"], unique=False)
    op.create_table(
        "tip_link",
        sa.Column("tip_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("other_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("way", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("measure", sa.Float(), nullable=False),
        sa.Column("noted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tip_id"], ["tip.id"]),
        sa.ForeignKeyConstraint(["other_id"], ["tip.id"]),
        sa.PrimaryKeyConstraint("tip_id", "other_id", "way"),
    )
    with op.batch_alter_table("tip_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tip_link_other_id"), ["other_id"], unique=False)


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("tip_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tip_link_other_id"))
    op.drop_table("tip_link")
    with op.batch_alter_table("picture_band", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_band_evidence_id"))
    op.drop_table("picture_band")
