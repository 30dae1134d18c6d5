"""Words that were taught to stand for a bound on a measure, in questions to the offline engine."""

from dataclasses import replace

import pytest

from agent.offline.saying.teaching import objection, offers
from agent.offline.words.lexicon import Lexicon
from agent.schema_prompt import SchemaPrompt
from db.catalog.learned import Synonym, Target, taught
from tests.unit.agent.offline.talk import Book, Talk

HIGH = Synonym("고성능", Target("metrics", "f1_score", ">= 0.9"))
SLOW = Synonym("sluggish", Target("metrics", "inference_ms", "> 20"))
GOOD = "SELECT m.id FROM models m JOIN metrics e ON e.model_id = m.id WHERE e.f1_score >= 0.9"


@pytest.fixture(scope="module")
def book(sample: Book) -> Book:
    layer, misfits = taught(sample.semantics, [HIGH, SLOW])
    assert not misfits
    return replace(sample, semantics=layer)


def gold(book: Book, sql: str) -> set[object]:
    return {row[0] for row in book.database.execute(sql)}


@pytest.mark.parametrize(
    "question", ["고성능 모델 보여줘", "고성능인 모델 목록", "고성능 보여줘", "show 고성능 models"]
)
def test_the_word_narrows_the_rows_down(book: Book, question: str) -> None:
    told = Talk(book).ask(question)
    assert set(told.column("id")) == gold(book, GOOD), told.text
    assert "f1_score >= 0.9" in told.sql[-1]


def test_the_word_counts_and_is_negated(book: Book) -> None:
    assert f"**{len(gold(book, GOOD))}개" in Talk(book).ask("고성능 모델 몇 개야?").text
    others = "SELECT m.id FROM models m JOIN metrics e ON e.model_id = m.id WHERE NOT e.f1_score >= 0.9"
    assert set(Talk(book).ask("고성능이 아닌 모델 보여줘").column("id")) == gold(book, others)


def test_the_word_stands_beside_other_conditions(book: Book) -> None:
    told = Talk(book).ask("프로덕션 고성능 모델 보여줘")
    assert set(told.column("id")) == gold(book, f"{GOOD} AND m.stage = 'production'")


def test_one_of_two_words_is_enough_where_an_or_says_so(book: Book) -> None:
    either = f"{GOOD} OR e.inference_ms > 20"
    for question in ("sluggish 거나 고성능인 모델 보여줘", "show models that are sluggish or 고성능"):
        assert set(Talk(book).ask(question).column("id")) == gold(book, either)


def test_the_word_narrows_down_what_is_counted_in_groups(book: Book) -> None:
    counted = (
        "SELECT p.name, COUNT(DISTINCT m.id) FROM projects p JOIN datasets d ON d.project_id = p.id"
        " JOIN pipelines r ON r.dataset_id = d.id JOIN models m ON m.pipeline_id = r.id"
        " JOIN metrics e ON e.model_id = m.id WHERE e.f1_score >= 0.9 GROUP BY p.id"
    )
    for question in ("프로젝트별 고성능 모델 수", "프로젝트별 F1 90% 이상인 모델 수"):
        told = Talk(book).ask(question)
        assert sorted(told.rows) == sorted(book.database.execute(counted).fetchall()), told.text


def test_an_english_word_is_read_too(book: Book) -> None:
    told = Talk(book).ask("sluggish models")
    slow = "SELECT m.id FROM models m JOIN metrics e ON e.model_id = m.id WHERE e.inference_ms > 20"
    assert set(told.column("id")) == gold(book, slow), told.text


def test_a_follow_up_narrows_by_the_word(book: Book) -> None:
    talk = Talk(book)
    talk.ask("프로덕션 모델 보여줘")
    told = talk.ask("고성능만")
    assert set(told.column("id")) == gold(book, f"{GOOD} AND m.stage = 'production'"), told.text


def test_a_word_that_cannot_be_held_against_the_rows_is_asked_back(book: Book) -> None:
    layer = book.semantics
    cut = replace(layer, foreign_keys=tuple(key for key in layer.foreign_keys if key.table != "metrics"))
    told = Talk(replace(book, semantics=cut)).ask("고성능 데이터셋 보여줘")
    assert not told.sql
    assert "고성능" in told.text


def test_the_word_is_known_now_and_means_nothing_else(book: Book) -> None:
    lexicon = Lexicon(book.semantics, book.values)
    known = objection(HIGH, lexicon)
    assert known is not None
    assert (known.code, known.meaning) == ("known", "metrics.f1_score >= 0.9")
    clash = objection(Synonym("고성능", Target("models")), lexicon)
    assert clash is not None
    assert clash.code == "clash"
    assert HIGH.target in {target for _, targets in offers(lexicon) for target in targets}


def test_the_model_is_told_the_condition_and_a_value_in_quotes(book: Book) -> None:
    odd = Synonym("이상한", Target("models", "stage", "> 5"))
    prompt = SchemaPrompt(book.semantics, lambda *_: [], 100_000, "", (HIGH, odd))
    told = prompt.for_question("고성능 모델")
    assert '- "고성능" = metrics.f1_score >= 0.9' in told
    assert "- \"이상한\" = models.stage = '> 5'" in told
