"""WeChat: windows of its users, the shared token, faults, consents, late pushes; posters and where tips come from."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_TIME = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Brings the schema here."""
    op.create_table(
        "wechat_window",
        sa.Column("contact_id", _TEXT(), nullable=False),
        sa.Column("act", _TEXT(), nullable=False),
        sa.Column("closes_at", _TIME(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"]),
        sa.PrimaryKeyConstraint("contact_id", "act"),
    )
    op.create_table(
        "wechat_token",
        sa.Column("app_id", _TEXT(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("good_until", _TIME(), nullable=False),
        sa.Column("fetching_until", _TIME(), nullable=False),
        sa.PrimaryKeyConstraint("app_id"),
    )
    op.create_table(
        "wechat_fault",
        sa.Column("app_id", _TEXT(), nullable=False),
        sa.Column("part", _TEXT(), nullable=False),
        sa.Column("errcode", sa.Integer(), nullable=False),
        sa.Column("detail", _TEXT(), nullable=False),
        sa.Column("first_at", _TIME(), nullable=False),
        sa.Column("last_at", _TIME(), nullable=False),
        sa.PrimaryKeyConstraint("app_id", "part"),
    )
    op.create_table(
        "wechat_consent",
        sa.Column("contact_id", _TEXT(), nullable=False),
        sa.Column("unused", _TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"]),
        sa.PrimaryKeyConstraint("contact_id"),
    )
    op.create_table(
        "wechat_late_push",
        sa.Column("id", _TEXT(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", _TIME(), nullable=False),
        sa.Column("answered_at", _TIME(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "scene",
        sa.Column("code", _TEXT(), nullable=False),
        sa.Column("place", _TEXT(), nullable=False),
        sa.Column("made_at", _TIME(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("tip", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scene", _TEXT(), nullable=True))


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("tip", schema=None) as batch_op:
        batch_op.drop_column("scene")
    for table in ("scene", "wechat_late_push", "wechat_consent", "wechat_fault", "wechat_token"):
        op.drop_table(table)
    op.drop_table("wechat_window")
