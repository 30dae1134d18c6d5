"""What somebody asked lately is found without reading everybody's turns."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index("turns_by_person", "turns", ["team", "user_id", "seq"])
