"""How a question was read, in words."""

import json
from dataclasses import replace

import pytest

from agent.explanation import (
    CallMade,
    Candidate,
    Clause,
    Explanation,
    GivenUp,
    LostWord,
    ReadMention,
    dump,
    load,
)
from agent.offline.query.query import Filter, Order, Query
from agent.offline.query.query import dump as dump_query
from bot.messages.why import parts_of, tree, why_message
from bot.playground.rules.blocks import texts
from db.catalog.learned import Target
from db.catalog.meaning import Language

QUERY = Query(
    "models",
    columns=(("metrics", "f1_score"), ("", "duration")),
    filters=(
        Filter(("users", "name"), "=", ("이서연",)),
        Filter(("models", "stage"), "=", ("archived",), negated=True),
        Filter(("models", "size"), "between", (1, None)),
        Filter(("metrics", "map50"), "null"),
        Filter(("pipelines", "name"), "like", ("%a%",), negated=True),
    ),
    order=(Order(("metrics", "f1_score"), True), Order(("models", "name"), False)),
    groups=(("models", "stage"),),
    present=("metrics", "artifacts"),
    having=(">=", 2.0),
    zero=True,
    limit=3,
)
CLAUSE = Clause(
    text="이서욘의 모델",
    intent="query",
    style="list",
    mentions=(
        ReadMention("이서욘", "value", ("users.name = 이서연",), (("users", "name"),), 0.9, "이서연"),
        ReadMention("모델", "table", ("models",), (("models", ""),)),
        ReadMention("보여", "word", ("list",)),
        ReadMention("불량", "unknown", score=0.0),
    ),
    dropped=("뷁",),
    lost=(LostWord("불량", (Candidate(Target("pipelines", "status", "failed"), 0.5),)), LostWord("새말")),
    query=dump_query(QUERY),
    joins=("models.user_id = users.id",),
    sql="SELECT name\nFROM models",
    refs=(("models", ""), ("users", "name")),
)
RULES = Explanation("offline", "offline", 2, clauses=(CLAUSE,))
MODEL = Explanation(
    "llm",
    "solar-pro3",
    3,
    3_000,
    1_000,
    200,
    calls=(
        CallMade(1, "execute_sql", "", "SELECT nope", "no such column: nope"),
        CallMade(2, "execute_sql", "", "SELECT name", rows=2),
        CallMade(2, "find_values", "wafer"),
        CallMade(2, "describe_tables", ""),
    ),
    given_up=(GivenUp("offline", "SELECT 1", "ran", 1), GivenUp("offline", "DROP", "refused")),
)


def lines(explanation: Explanation, language: Language) -> list[str]:
    return [line for part in parts_of(explanation, language) for line in (part.heading, *part.lines) if line]


def test_the_rules_tell_mentions_with_kind_score_and_correction() -> None:
    told = lines(RULES, "ko")
    assert told[0] == "규칙으로 읽은 과정입니다."
    assert "이서욘의 모델 — 조회" in told
    assert "이서욘 → 이서연 · 값: users.name = 이서연 · 0.90" in told
    assert "불량 · 모르는 말 · 0.00" in told
    assert "기능어: 보여(list)" in told
    assert "불량 · 가까운 뜻: pipelines.status = failed (0.50)" in told
    assert told[told.index("쓰지 않은 말") + 1] == "뷁"
    assert told[told.index("테이블을 잇는 길") + 1] == "models.user_id = users.id"
    assert "SELECT name\nFROM models" in told


def test_the_query_tree_says_what_it_holds_and_nothing_else() -> None:
    assert list(tree(json.loads(json.dumps(dump_query(QUERY))), "en")) == [
        "rows of: models",
        "columns: metrics.f1_score, duration",
        "where: users.name = 이서연, models.stage ≠ archived, models.size between 1 | …, metrics.map50 is null, "
        "pipelines.name not like %a%",
        "with rows in: metrics, artifacts",
        "grouped by: models.stage",
        "empty groups, too",
        "groups with: >= 2.0",
        "in order of: metrics.f1_score ↓, models.name ↑",
        "at most: 3",
    ]


def test_a_branch_of_a_newer_bot_is_told_by_its_own_name() -> None:
    assert list(tree({"head": "models", "mood": "calm"}, "ko")) == ["대상: models", "mood: calm"]


def test_the_models_steps_are_told_with_errors_rows_and_tokens() -> None:
    told = lines(MODEL, "en")
    assert told[0] == "This is what the model did."
    assert "solar-pro3 · 3 completions · 3,000 tokens in (1,000 cached) · 200 out" in told
    assert "1. execute_sql: SELECT nope → error: no such column: nope" in told
    assert "2. execute_sql: SELECT name → 2 rows" in told
    assert "2. find_values: wafer" in told
    assert "2. describe_tables" in told
    assert told[-2:] == ["offline: SELECT 1 → 1 row", "offline: DROP → refused"]
    assert "solar-pro3 · 호출 3회 · 입력 3,000 토큰(그중 캐시 1,000) · 출력 200 토큰" in lines(MODEL, "ko")


def test_a_turn_without_an_answer_says_what_was_tried() -> None:
    assert lines(Explanation("", "", given_up=MODEL.given_up), "ko")[0] == "답에 이르지 못한 과정입니다."


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_message_keeps_to_slacks_limits_whatever_was_asked(language: Language) -> None:
    many = replace(CLAUSE, mentions=CLAUSE.mentions * 100, sql="SELECT " + "x" * 9_000, joins=("y" * 900,) * 90)
    message = why_message(Explanation("offline", "offline", clauses=(many,) * 5), "질" * 4_000, "abc", language)
    assert sum(map(len, texts(message.blocks))) < 12_000
    assert len(message.text) <= 3_000


def test_a_message_names_the_question_and_the_turn() -> None:
    shown = list(texts(why_message(RULES, "이서욘의 모델", "abc", "ko").blocks))
    assert shown[0] == "“이서욘의 모델” (요청 번호 abc)"
    assert next(iter(texts(why_message(RULES, "", "abc", "en").blocks))) == "(turn abc)"


@pytest.mark.parametrize("explanation", [RULES, MODEL])
def test_an_explanation_is_kept_as_typed_data(explanation: Explanation) -> None:
    kept = json.loads(json.dumps(dump(explanation)))
    read = load(kept)
    assert isinstance(read, Explanation)
    assert dump(read) == kept
    assert (read.calls, read.lost) == (explanation.calls, explanation.lost)


def test_data_of_another_make_explains_nothing() -> None:
    assert load(None) is None
    assert load({"engine": 3}) is None
