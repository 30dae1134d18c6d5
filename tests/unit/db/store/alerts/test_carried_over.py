"""A store of the bot before: what stood in Slack stays answerable, nothing is told twice."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from db.store import upgrade
from db.store.store import Store
from tests.unit.db.store.alerts.samples import found, later, letters, to
from tests.unit.db.store.samples import NOON

OLD = """
INSERT INTO alerts (fingerprint, rule, state, details, found_at, attempted_at, posted_at, channel, ts) VALUES
    ('seen', 'failed', 'seen', '{}', '2026-11-20 10:00:00.000000', NULL, NULL, NULL, NULL),
    ('told', 'failed', 'posted', '{"id": 7, "name": "런", "project": "웨이퍼", "finished_at": "2026-11-20 10:50:00"}',
     '2026-11-20 11:00:00.000000',
     '2026-11-20 11:00:01.000000', '2026-11-20 11:00:02.000000', 'C1', '1.5'),
    ('refused', 'failed', 'refused', '{}', '2026-11-20 11:30:00.000000', NULL, NULL, NULL, NULL),
    ('pending', 'failed', 'pending', '{}', '2026-11-20 11:40:00.000000', NULL, NULL, NULL, NULL);
INSERT INTO watermarks VALUES ('failed', '2026-11-20 09:00:00', '2026-11-20 09:00:00.000000');
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is as the last bot without episodes has left it."""
    path = tmp_path / "store.db"
    config = Config()
    config.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")
    engine.dispose()
    with closing(sqlite3.connect(path)) as owner, owner:
        owner.executescript(OLD)
    return path


async def test_the_alerts_of_an_older_bot_are_carried_over(old: Path) -> None:
    async with await Store.open(f"sqlite:///{old}") as store:
        [alert] = await store.alerts.open()
        assert (alert.run_id, alert.name, alert.project, alert.state) == ("7", "런", "웨이퍼", "open")
        assert await store.alerts.by_message("C1", "1.5") == [alert]
        assert [row.state for row in await letters(store)] == ["sent"]
        assert await store.alerts.known(["seen", "told", "refused", "pending"]) == {"seen", "told", "refused"}
        assert await store.alerts.watermark("failed") == "2026-11-20 10:50:00"
        again = [found(name, source=name) for name in ("seen", "told", "refused", "pending")]
        recorded = await store.alerts.record("failed", again, later(1), to("C1"))
        assert [one.name for one in recorded.opened] == ["pending"]
        resolved = await store.alerts.resolve(alert.alert_id, NOON, {"run_id": "8"})
        assert resolved is not None
        [root, *_] = await letters(store, "root")
        assert root.wanted_version == 2
