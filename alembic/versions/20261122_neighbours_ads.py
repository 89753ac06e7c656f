"""neighbours' ads: which ads on a picture are no evidence, and on which pictures an indicator stands."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema here."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("beside", sa.JSON(), nullable=True))
    with op.batch_alter_table("tip_indicator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pictures", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("tip_indicator", schema=None) as batch_op:
        batch_op.drop_column("pictures")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("beside")
