"""help files: what citizens send in a talk with an officer."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    text = sqlmodel.sql.sqltypes.AutoString()
    op.create_table(
        "help_file",
        sa.Column("evidence_id", text, nullable=False),
        sa.Column("request_id", text, nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["help_request.id"]),
        sa.PrimaryKeyConstraint("evidence_id"),
    )
    op.create_index("ix_help_file_request_id", "help_file", ["request_id"])


def downgrade() -> None:
    """Takes the schema back."""
    op.drop_table("help_file")
