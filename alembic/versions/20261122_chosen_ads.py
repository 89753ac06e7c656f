"""chosen ads: which ads on a picture an officer says are the evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chosen_ads", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("chosen_ads")
