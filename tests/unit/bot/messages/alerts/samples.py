"""Alerts to be told, and cells of the worst kind."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.messages.alerts.facts import Envelope, Facts, Success, Voice
from bot.messages.answer import Message
from bot.playground.rules.blocks import refuse_message
from bot.playground.rules.text import calls
from db.catalog.meaning import Language
from db.logfiles import Tail
from db.severity import SEVERITIES
from db.store.alerts.records import Alert, AlertKind, AlertState

SEOUL: Final = ZoneInfo("Asia/Seoul")
NOW: Final = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
STARTED: Final = datetime(2026, 11, 21, 8, 48, tzinfo=UTC)
FAILED: Final = datetime(2026, 11, 21, 9, 3, tzinfo=UTC)

KO: Final = Voice("ko", SEOUL, NOW)
EN: Final = Voice("en", SEOUL, NOW)
ROOT: Final = Envelope("o1")

DETAILS: Final[dict[str, Any]] = {
    "id": 9,
    "name": "yolov8-wafer-exp04",
    "project": "defect-detection-v2",
    "owner": "김민준",
    "dataset": "wafer-image-2024q2-aug",
    "gpu": "A100",
    "started_at": "2026-11-21 17:48:00",
    "finished_at": "2026-11-21 18:03:00",
    "log_path": "/mnt/artifacts/yolov8-wafer-exp04/train.log",
    "model": None,
    "error": "CUDA out of memory",
}
TAIL: Final = Tail(
    DETAILS["log_path"],
    (
        "Epoch 3/100: loss 0.412",
        "Traceback (most recent call last):",
        '  File "train.py", line 88, in <module>',
        "RuntimeError: CUDA out of memory. Tried to allocate 2.40 GiB <gpu 0>",
    ),
    is_cut=True,
)
FACTS: Final = Facts(
    started=STARTED,
    ended=FAILED,
    nth=3,
    last_success=Success("yolov8-wafer-exp04", datetime(2026, 11, 14, 1, 0, tzinfo=UTC), 7_380.0),
    knows_successes=True,
    tail=TAIL,
    names={"U1": "김민준", "U2": "윤채원"},
)
ALERT: Final = Alert(
    alert_id="a" * 32,
    fingerprint="f" * 64,
    episode=1,
    rule="failed-pipelines",
    kind="failed",
    severity="high",
    state="open",
    run_id="9",
    name="yolov8-wafer-exp04",
    project="defect-detection-v2",
    details=DETAILS,
    count=1,
    first_at=FAILED,
    last_at=FAILED,
)
RECOVERED: Final = replace(
    ALERT,
    state="resolved",
    resolved_at=datetime(2026, 11, 21, 11, 13, tzinfo=UTC),
    resolution={"run_id": "12", "name": "yolov8-wafer-exp05", "finished_at": "2026-11-21T11:13:00+00:00"},
    version=4,
)
STUCK: Final = replace(
    ALERT,
    kind="stuck",
    rule="stuck-pipelines",
    name="yolov8-wafer-exp03",
    details={**DETAILS, "name": "yolov8-wafer-exp03", "finished_at": None, "error": None},
    first_at=NOW,
    last_at=NOW,
)
STUCK_FACTS: Final = Facts(
    started=datetime(2026, 11, 21, 0, 30, tzinfo=UTC),
    usual_s=7_200.0,
    history=(7_080.0, 7_500.0, 7_260.0),
    last_success=FACTS.last_success,
    knows_successes=True,
    tail=TAIL,
)


def shown(message: Message) -> str:
    """Every word that people see of the blocks, in order."""
    found: list[str] = []

    def read(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                found.append(value["text"])
            for name, part in value.items():
                if name != "text" or not isinstance(part, str):
                    read(part)
        elif isinstance(value, list | tuple):
            for part in value:
                read(part)

    read(message.blocks)
    return "\n".join(found)


def problem(message: Message) -> object:
    """Why Slack would not take it; None where it does."""
    return refuse_message({"text": message.text, "blocks": list(message.blocks)})


def called(message: Message) -> list[str]:
    return calls(message.text, list(message.blocks))


HOSTILE: Final = (
    st.none()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=80)
    | st.sampled_from(
        [
            "<!channel>",
            "<!here|a>",
            "<@U1>",
            "<#C1|x>&" * 99,
            "@everyone",
            "\n",
            " ",
            "*굵게* _기울임_ ~취소~ `코드` ```울타리```",
            "🔥" * 200,
            "가" * 100_000,
            "& < > &amp;" * 500,
            "\u202e거꾸로\u202c\u200b\ud800",
            "\x00\x07\x1b[31m",
            "https://evil.example.com/x <https://evil.example.com|여기>",
            "a.com " * 900,
            "xoxb-" + "1" * 12 + "-" + "a" * 24,
        ]
    )
)
WORDS: Final = HOSTILE.map(lambda value: "" if value is None else str(value))
IDS: Final = st.none() | st.sampled_from(["U1", "U2", "W9", "<!channel>", ""])
TIMES: Final = st.none() | st.datetimes(timezones=st.just(UTC))
VOICES: Final = st.builds(
    Voice,
    st.sampled_from(get_args(Language)),
    st.sampled_from([SEOUL, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("UTC")]),
    st.datetimes(timezones=st.just(UTC)),
)
CAUSES: Final = st.none() | st.fixed_dictionaries(
    {"code": WORDS, "headline": WORDS, "evidence": st.lists(WORDS, max_size=3), "advice": st.lists(WORDS, max_size=6)},
    optional={"engine": st.sampled_from(["llm", "offline", "else"]), "problem": WORDS},
)
ALERTS: Final = st.builds(
    Alert,
    alert_id=st.just("a" * 32),
    fingerprint=st.just("f" * 64),
    episode=st.just(1),
    rule=WORDS,
    kind=st.sampled_from(get_args(AlertKind)),
    severity=st.sampled_from(SEVERITIES),
    state=st.sampled_from(get_args(AlertState)),
    run_id=WORDS,
    name=WORDS,
    project=WORDS,
    details=st.fixed_dictionaries({}, optional=dict.fromkeys([*DETAILS, "source", "url"], HOSTILE)),
    count=st.integers(1, 10**6),
    first_at=st.datetimes(timezones=st.just(UTC)),
    last_at=st.datetimes(timezones=st.just(UTC)),
    version=st.integers(1, 10**6),
    is_muted=st.booleans(),
    acknowledged_by=IDS,
    acknowledged_at=TIMES,
    assignee=st.none() | st.sampled_from(["U1", "W2"]),
    snoozed_by=IDS,
    snoozed_until=TIMES,
    resolved_at=TIMES,
    resolution=st.none()
    | st.fixed_dictionaries({}, optional={"by": IDS, "run_id": WORDS, "name": WORDS, "finished_at": HOSTILE}),
    cause=CAUSES,
    remind_at=TIMES,
)
FACTS_OF_ANY_KIND: Final = st.builds(
    Facts,
    started=TIMES,
    ended=TIMES,
    nth=st.none() | st.integers(0, 10**6),
    usual_s=st.none() | st.floats(0, 1e12),
    history=st.lists(st.floats(0, 1e9), max_size=9).map(tuple),
    last_success=st.none() | st.builds(Success, WORDS, TIMES, st.none() | st.floats(0, 1e9)),
    knows_successes=st.booleans(),
    tail=st.none()
    | st.builds(
        Tail,
        WORDS,
        st.lists(WORDS, max_size=20).map(tuple),
        st.booleans(),
        st.sampled_from([None, "not_allowed", "not_found", "no_extra", "too_slow", "unreadable", "not_text"]),
    ),
    names=st.dictionaries(st.sampled_from(["U1", "U2"]), WORDS),
    link_hosts=st.sampled_from([(), ("airflow.example.com",)]),
)
