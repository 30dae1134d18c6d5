"""The audit as Slack shows it."""

from zoneinfo import ZoneInfo

import pytest

from bot.messages.audit import audit_message
from bot.playground.rules.blocks import refuse_message, texts
from db.catalog.meaning import Language
from db.store.records import AuditEntry
from tests.parts import NOW

SEOUL = ZoneInfo("Asia/Seoul")


def entry(sql: str = "SELECT 1", **given: object) -> AuditEntry:
    place = ("t1", "T1", "C1", "1.0", "U1", NOW, "llm")
    return AuditEntry(*place, sql, **{"verdict": "ran", **given})  # type: ignore[arg-type]  # the test's own values


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("number", [1, 50])
def test_the_longest_table_is_one_that_slack_takes(language: Language, number: int) -> None:
    wide = [entry("<!channel> " + "긴 조회 " * 5_000, verdict="refused", rule="unknown_table", rows=10**9, ms=10**6)]
    message = audit_message(wide * number, language, SEOUL)
    sent = {"text": message.text, "blocks": list(message.blocks)}
    assert refuse_message(sent) is None
    assert sum(len(text) for text in texts(list(message.blocks))) < 10_000


def test_a_row_tells_when_where_and_what_came_of_it() -> None:
    rows = [entry("SELECT *\n  FROM users", rows=1_234, ms=56), entry(" ", verdict="refused", rule="only_select")]
    message = audit_message(rows, "en", SEOUL)
    assert message.text == "The last 2 queries"
    table = message.blocks[-1]["rows"]
    cells = [[cell.get("text") or cell["elements"][0]["elements"][0] for cell in row] for row in table]
    who, where = {"type": "user", "user_id": "U1"}, {"type": "channel", "channel_id": "C1"}
    assert cells == [
        ["at", "who", "where", "verdict", "rows", "ms", "SQL"],
        ["11-21 10:00:00", who, where, "ran", "1,234", "56", "SELECT * FROM users"],
        ["11-21 10:00:00", who, where, "refused: only_select", "0", "0", "–"],
    ]


def test_ids_that_are_not_slacks_are_plain_text() -> None:
    elsewhere = AuditEntry("t1", "T1", "D1", "1.0", "me", NOW, "llm", "SELECT 1", "timeout")
    cells = audit_message([elsewhere], "ko", SEOUL).blocks[-1]["rows"][1]
    assert [cell.get("text") for cell in cells[1:4]] == ["me", "D1", "시간 초과"]


def test_no_rows_are_a_sentence() -> None:
    assert audit_message([], "ko", SEOUL).text == "남은 질의 기록이 없습니다."
    assert audit_message([], "en", SEOUL).text == "There is no such query on record."
