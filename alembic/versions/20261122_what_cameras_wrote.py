"""what cameras wrote: time, place and device of a picture, sealed beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("taken_sealed")
