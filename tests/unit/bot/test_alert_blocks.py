"""An alert's message: pure, within Slack's limits, and nobody is called by what stands in a cell."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.offline.engine import OfflineModel
from bot.messages.alert import FIELD_CHARS, HEADER_CHARS, alert_block_id, alert_message
from bot.messages.answer import Message
from bot.playground.rules.blocks import refuse_message
from bot.playground.rules.text import calls
from db.catalog.alert_rules import COLUMNS
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from db.catalog.sample.play import fail_a_pipeline
from tests.parts import open_parts

FAILED = {
    "id": 9,
    "name": "lstm-log-exp01",
    "project": "log-anomaly",
    "owner": "정하은",
    "dataset": "syslog-2024h1",
    "gpu": "T4",
    "started_at": "2024-09-10 10:00:00",
    "finished_at": "2024-09-10 10:15:00",
}


def fields(message: Message) -> list[str]:
    return [field["text"] for block in message.blocks for field in block.get("fields", ())]


def asked(message: Message) -> str:
    return "".join(run["text"] for run in message.blocks[-1]["elements"][0]["elements"])


def ran(started: Any, finished: Any, language: Any = "ko") -> str:
    return fields(alert_message("f", {"started_at": started, "finished_at": finished}, language))[0].partition("\n")[2]


def test_it_says_what_failed_whose_it_is_and_what_to_ask_next() -> None:
    message = alert_message("f1", FAILED, "ko")
    assert message.blocks[0]["text"] == {"type": "plain_text", "text": "🔴 파이프라인 실패: lstm-log-exp01"}
    assert fields(message) == [
        "*프로젝트*\nlog-anomaly",
        "*담당자*\n정하은",
        "*데이터셋*\nsyslog-2024h1",
        "*GPU*\nT4",
        "*시작 → 종료*\n2024-09-10 10:00 → 10:15 (15분)",
    ]
    assert asked(message) == "다음 단계: 이 스레드에서 물어보세요. @mlops lstm-log-exp01 왜 실패했어?"
    assert message.text.startswith("🔴 파이프라인 실패: lstm-log-exp01 (프로젝트 log-anomaly, 담당자 정하은")


def test_in_english_it_says_the_same() -> None:
    message = alert_message("f1", FAILED, "en")
    assert message.blocks[0]["text"]["text"] == "🔴 Pipeline failed: lstm-log-exp01"
    assert fields(message)[-1] == "*Started → finished*\n2024-09-10 10:00 → 10:15 (15 min)"
    assert asked(message).endswith("@mlops show the failed pipeline lstm-log-exp01")


def test_it_is_found_again_by_its_block() -> None:
    assert alert_message("f1", FAILED, "ko").blocks[0]["block_id"] == alert_block_id("f1") == "alert:f1"


@pytest.mark.parametrize(
    ("started", "finished", "said"),
    [
        ("2026-11-20 23:30", "2026-11-21T04:33:59", "2026-11-20 23:30 → 2026-11-21 04:33 (5시간 3분)"),
        ("2026-11-18 10:00", "2026-11-21 10:30", "2026-11-18 10:00 → 2026-11-21 10:30 (3일 30분)"),
        ("2026-11-21 10:00:00", "2026-11-21 10:00:59", "2026-11-21 10:00 → 10:00 (1분 미만)"),
        ("2026-11-21 10:00", "2026-11-21 09:00", "2026-11-21 10:00 → 09:00"),
        ("2026-11-21T10:00Z", "2026-11-21 10:00", "2026-11-21T10:00Z → 2026-11-21 10:00"),
        ("2026-11-21T10:00Z", "2026-11-21T19:30+09:00", "2026-11-21 10:00 → 2026-11-21 19:30 (30분)"),
        (None, "2026-11-21 10:00", "? → 2026-11-21 10:00"),
        (1763690000, None, "1763690000 → ?"),
    ],
)
def test_times_are_told_as_far_as_they_are_known(started: Any, finished: Any, said: str) -> None:
    assert ran(started, finished) == said


def test_what_is_not_known_is_left_out() -> None:
    message = alert_message("f", {"id": 7}, "ko")
    assert fields(message) == []
    assert message.text == "🔴 파이프라인 실패: 7"
    assert "?" in alert_message("f", {}, "en").text


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_question_it_offers_is_one_that_rules_can_answer(tmp_path: Path, language: Any) -> None:
    build_sample(tmp_path / "catalog.db")
    name = fail_a_pipeline(tmp_path / "catalog.db", datetime(2026, 11, 21, 10))
    question = asked(alert_message("f", {"name": name}, language)).partition("@mlops ")[2]
    async with (
        await Catalog.open(f"sqlite:///{tmp_path}/catalog.db", SAMPLE_SEMANTICS) as catalog,
        open_parts(tmp_path, [OfflineModel(catalog)]) as parts,
    ):
        answer = await parts.ask(question)
    assert answer.language == language
    assert f"/mnt/artifacts/{name}/error.log" in answer.text


CELLS = st.none() | st.integers() | st.text() | st.sampled_from(["<!channel>", "<@U1>", "<#C1|x>&" * 99, "@here", "\n"])


@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), st.sampled_from(["ko", "en"]))
def test_whatever_stands_in_the_cells_slack_takes_it_and_nobody_is_called(details: Any, language: Any) -> None:
    message = alert_message("f" * 64, details, language)
    blocks = list(message.blocks)
    assert refuse_message({"text": message.text, "blocks": blocks}) is None
    assert calls(message.text, blocks) == []
    assert len(blocks[0]["text"]["text"]) <= HEADER_CHARS
    assert all(0 < len(text) <= FIELD_CHARS + 30 for text in fields(message))
