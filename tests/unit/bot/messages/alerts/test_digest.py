"""A summary of the day: its figures, its lists, its chart; a quiet day is told kindly."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.alerts.digest import chart_of, digest_message
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.forms import forms_of
from bot.messages.alerts.report import Cost, Day, Failure, LongRun, NewModel, ProjectDay, Report, dump, load
from bot.messages.answer import Message
from db.store.alerts.records import AlertState
from tests.unit.bot.messages.alerts.samples import EN, KO, VOICES, WORDS, called, problem, shown

MORNING = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
REPORT = Report(
    since=MORNING - timedelta(days=1),
    until=MORNING,
    opened=3,
    resolved=1,
    still_open=2,
    failures=(
        Failure(name="yolov8-wafer-exp04", project="defect-detection-v2", state="resolved", span_s=7_800),
        Failure(name="lstm-log-exp02", project="log-anomaly", state="open", span_s=10_800),
        Failure(name="kobert-intent-exp08", project="callcenter-intent", state="acknowledged", span_s=3_600),
    ),
    long_runs=(LongRun(name="yolov8-wafer-exp03", project="defect-detection-v2", now_s=32_400, usual_s=7_200),),
    done=12,
    projects=(
        ProjectDay(name="defect-detection-v2", failed=1, done=8),
        ProjectDay(name="log-anomaly", failed=2, done=4),
    ),
    models=(NewModel(name="wafer-detector", version="v2.1", project="defect-detection-v2"),),
    days=tuple(Day(day=f"2026-11-{at:02}", failed=at % 3, done=at) for at in range(8, 22)),
    cost=Cost(answers=34, tokens=51_200, usd=0.1234),
)
QUIET = Report(since=REPORT.since, until=REPORT.until, done=4, days=REPORT.days)


def told(report: Report, voice: Voice = KO, **given: Any) -> Message:
    message = digest_message(dump(report), voice, **given)
    assert message is not None
    assert problem(message) is None
    assert called(message) == []
    return message


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def test_it_tells_what_failed_recovered_runs_long_and_was_finished() -> None:
    message = told(REPORT)
    words = shown(message)
    assert "☀️ 11월 21일(토) 요약" in words
    assert "11월 20일(금) 09:00 → 11월 21일(토) 09:00" in words
    for figure in ("*새 실패*\n3건", "*복구*\n1건", "*아직 열려 있음*\n2건", "*완료*\n12건", "*새 운영 모델*\n1건"):
        assert figure in words
    assert "*봇 비용*\n$0.1234 (답변 34건, 토큰 51,200개)" in words
    assert "🟢 yolov8-wafer-exp04 · defect-detection-v2 · 2시간 10분 만에 복구" in words
    assert "🔴 lstm-log-exp02 · log-anomaly · 3시간째 열려 있음" in words
    assert "🟠 kobert-intent-exp08 · callcenter-intent · 확인함, 1시간째" in words
    assert "yolov8-wafer-exp03 · defect-detection-v2 · 평소 2시간, 지금 9시간째" in words
    assert "wafer-detector v2.1 · defect-detection-v2" in words
    assert "table" in kinds(message)
    assert "data_visualization" in kinds(message)


def test_the_text_alone_tells_the_same() -> None:
    text = told(REPORT).text
    for part in ("새 실패 3건", "lstm-log-exp02", "평소 2시간", "wafer-detector v2.1", "$0.1234"):
        assert part in text


def test_in_english_it_says_the_same() -> None:
    words = shown(told(REPORT, EN))
    assert "☀️ Summary of Sat 21 Nov" in words
    assert "$0.1234 (34 answers, 51,200 tokens)" in words
    assert "recovered after 2 h 10 min" in words


def test_a_quiet_day_is_told_kindly() -> None:
    message = told(QUIET)
    assert "실패한 실행도, 오래 걸리는 실행도 없었습니다. 오늘도 좋은 하루 보내세요." in shown(message)
    assert "새 실패" not in shown(message)
    assert "*봇 비용*\n없음" in shown(message)


def test_a_summary_of_one_project_names_it_and_one_that_comes_late_says_so() -> None:
    words = shown(told(REPORT.model_copy(update={"project": "log-anomaly", "is_delayed": True}), is_repeat=True))
    assert "11월 21일(토) 요약: log-anomaly" in words
    assert "봇이 꺼져 있어 11월 21일(토) 09:00 요약을 늦게 보냅니다" in words
    assert "이미 올라온 알림일 수 있습니다" in words


def test_what_could_not_be_looked_up_is_said() -> None:
    words = shown(told(REPORT.model_copy(update={"unknown": ("runs", "models", "days"), "days": ()})))
    assert "완료된 실행은 지금 조회할 수 없습니다" in words
    assert "*완료*" not in words
    assert "*새 운영 모델*" not in words


def test_costs_without_a_price_are_tokens() -> None:
    words = shown(told(REPORT.model_copy(update={"cost": Cost(answers=2, tokens=900)})))
    assert "*봇 비용*\n답변 2건, 토큰 900개" in words


def test_more_than_fit_are_counted() -> None:
    many = REPORT.model_copy(
        update={
            "others": 15,
            "failures": REPORT.failures * 5,
            "models": REPORT.models * 14,
            "is_cut": True,
            "projects": REPORT.projects * 9,
            "long_runs": (LongRun(name="x"), LongRun(name="y", now_s=60)),
        }
    )
    words = shown(told(many))
    assert "그 밖에 20건" in words
    assert "그 밖에 4건" in words
    assert "12건 이상" in words
    assert "그 밖에 6건" in words
    assert "y · 지금 1분째" in words


def test_the_chart_has_failures_and_completions_of_each_day() -> None:
    chart = chart_of(REPORT, "ko")
    assert chart is not None
    assert chart.title == "최근 14일 동안 끝난 실행"
    assert chart.categories[0] == "11-08"
    assert [one.name for one in chart.series] == ["완료", "실패"]
    assert chart_of(Report(since=MORNING, until=MORNING), "ko") is None
    assert chart_of(REPORT.model_copy(update={"days": (Day(day="x" * 30, failed=1),) * 300}), "ko") is None


def test_a_slack_without_charts_and_tables_is_told_all_else_and_one_without_blocks_the_text() -> None:
    message = told(REPORT)
    whole, older, text = forms_of(message)
    assert whole == message
    assert kinds(older) == [kind for kind in kinds(message) if kind not in ("table", "data_visualization")]
    assert (text.text, text.blocks) == (message.text, ())
    assert forms_of(text) == (text,)
    assert len(forms_of(older)) == 2
    assert len(forms_of(Message("x", tuple(block for block in message.blocks if block["type"] == "table")))) == 2


def test_a_payload_of_another_make_is_not_told() -> None:
    assert digest_message({"since": 3}, KO) is None
    assert load({}) is None


REPORTS = st.builds(
    Report,
    since=st.datetimes(timezones=st.just(UTC)),
    until=st.datetimes(timezones=st.just(UTC)),
    project=WORDS,
    opened=st.integers(0, 10**6),
    failures=st.lists(
        st.builds(
            Failure, name=WORDS, project=WORDS, state=st.sampled_from(get_args(AlertState)), span_s=st.floats(0, 1e9)
        ),
        max_size=15,
    ).map(tuple),
    long_runs=st.lists(st.builds(LongRun, name=WORDS, project=WORDS, now_s=st.none() | st.floats(0, 1e9)), max_size=12),
    models=st.lists(st.builds(NewModel, name=WORDS, version=WORDS, project=WORDS), max_size=12).map(tuple),
    projects=st.lists(st.builds(ProjectDay, name=WORDS, failed=st.integers(0, 10**9)), max_size=20).map(tuple),
    days=st.lists(st.builds(Day, day=WORDS, failed=st.integers(0, 99)), max_size=14).map(tuple),
    cost=st.builds(Cost, answers=st.integers(0, 99), usd=st.none() | st.floats(0, 1e6)),
)


@settings(deadline=None)
@given(REPORTS, VOICES)
def test_whatever_stands_in_the_cells_slack_takes_it_and_nobody_is_called(report: Report, voice: Voice) -> None:
    told(report, voice)
