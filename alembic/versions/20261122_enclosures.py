"""enclosures: pictures that officers send, and what WeChat keeps of them for a while."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    text = sqlmodel.sql.sqltypes.AutoString()
    moment = sqlmodel.sql.sqltypes.UTCDateTime()
    op.create_table(
        "enclosure",
        sa.Column("id", text, nullable=False),
        sa.Column("request_id", text, nullable=False),
        sa.Column("reporter_id", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("blob_key", text, nullable=False),
        sa.Column("shown_key", text, nullable=True),
        sa.Column("key_id", text, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", text, nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("added_by", text, nullable=False),
        sa.Column("added_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["help_request.id"]),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporter.id"]),
        sa.ForeignKeyConstraint(["added_by"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_enclosure_request_id", "enclosure", ["request_id"])
    op.create_index("ix_enclosure_reporter_id", "enclosure", ["reporter_id"])
    op.create_table(
        "wechat_picture",
        sa.Column("app_id", text, nullable=False),
        sa.Column("picture", text, nullable=False),
        sa.Column("media_id", text, nullable=False),
        sa.Column("good_until", moment, nullable=False),
        sa.PrimaryKeyConstraint("app_id", "picture"),
    )


def downgrade() -> None:
    """Takes the schema back."""
    op.drop_table("wechat_picture")
    op.drop_table("enclosure")
