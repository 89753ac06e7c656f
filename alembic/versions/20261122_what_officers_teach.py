"""what officers teach: judged texts, versions of the learnt model, which version judged a tip."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    op.create_table(
        "exemplar",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tip_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("retired_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest", "label"),
    )
    with op.batch_alter_table("exemplar", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemplar_added_at"), ["added_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplar_label"), ["label"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplar_tip_id"), ["tip_id"], unique=False)
    op.create_table(
        "matching_model",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("known_texts", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("remark", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("switched_on_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("switched_on_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    with op.batch_alter_table("matching_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matching_model_created_at"), ["created_at"], unique=False)
    with op.batch_alter_table("tip_match", schema=None) as batch_op:
        batch_op.add_column(sa.Column("model", sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("tip_match", schema=None) as batch_op:
        batch_op.drop_column("model")
    with op.batch_alter_table("matching_model", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matching_model_created_at"))
    op.drop_table("matching_model")
    with op.batch_alter_table("exemplar", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemplar_tip_id"))
        batch_op.drop_index(batch_op.f("ix_exemplar_label"))
        batch_op.drop_index(batch_op.f("ix_exemplar_added_at"))
    op.drop_table("exemplar")
