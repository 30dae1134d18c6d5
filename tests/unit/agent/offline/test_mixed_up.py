"""English of the trade with Korean endings; orders of dates and names; a count beside an average."""

from typing import Final

import pytest

from agent.offline.words.grammar import Word
from agent.offline.words.idioms.plain import plain
from agent.offline.words.lexicon import Sense
from agent.offline.words.mending.syllables import in_syllables
from agent.offline.words.mentions import Mention
from tests.unit.agent.offline.talk import Talk

_SAYS_NOTHING: Final = (Sense("word", word=Word("filler", "하", stem=True)),)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("어제 abort된 학습", "어제 취소된 학습"),
        ("fail났던 pipeline", "실패한 pipeline"),
        ("H100 use한 학습", "H100 사용한 학습"),
        ("전체의 몇 퍼샌트야", "전체의 몇 퍼센트야"),
        ("센트럴 프로젝트", "센트럴 프로젝트"),
        ("data셋 전부", "dataset 전부"),
        ("느린 model 셋만", "느린 model 셋만"),
        ("user들 per team으로", "user들 team별로"),
        ("top3만 desc로", "상위 3개만 desc로"),
        ("exp-top3 모델", "exp-top3 모델"),
        ("mAP50 null로 찍힌 모델", "mAP50이 없는 모델"),
        ("mAP50은 null인데 f1은 있는 모델", "mAP50은 없는데 f1은 있는 모델"),
        ("total 모델 중 운영 비율", "전체 모델 중 운영 비율"),
        ("total 용량", "total 용량"),
        ("PyTorch로 안 돌린 pipeline", "PyTorch 안 쓴 pipeline"),
        ("아직 안 돌린 pipeline", "아직 안 돌린 pipeline"),
        ("중지된건 머가 있지", "중지된 건 뭐가 있지"),
        ("머신 러닝 모델", "머신 러닝 모델"),
        ("owner별로 project breakdown 하면 몇 개씩", "owner별로 project 몇 개씩"),
    ],
)
def test_english_with_korean_endings_is_put_plainly(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("projects without a single registered model", "projects without model"),
        ("a single model", "one model"),
        ("datasets holding more than a million samples", "datasets with more than 1 million samples"),
        ("datasets that no run has ever touched", "datasets that no run has ever used"),
        ("who is the team lead over at platform", "who is the team lead at platform"),
    ],
)
def test_english_said_at_length_is_put_plainly(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize(
    ("typed", "sql"),
    [
        ("2025년 하만기 등록 모델", "2025-07-01"),
        ("팀마다 완료된 하습 몇 건씩인지", "COUNT(pipelines.id)"),
        ("intent-kobert 만든 살마 이름이 뭐야", "users.name"),
    ],
)
def test_a_syllable_with_what_is_no_ending_is_one_word_with_a_slip(talk: Talk, typed: str, sql: str) -> None:
    assert sql in talk.ask(typed).sql[0]


@pytest.mark.parametrize("word", ["되도록", "하더라고요", "쓰려고요", "맡고있더라", "분들의"])
def test_a_syllable_with_an_ending_is_no_slip(word: str) -> None:
    assert not list(in_syllables([Mention(0, len(word), word[0], senses=_SAYS_NOTHING, after=word[1:])]))


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("데이터셋 created 날짜 desc로 sort 해줘", "ORDER BY datasets.created_at DESC"),
        ("모델을 등록일 오름차순으로", "ORDER BY models.registered_at,"),
        ("pipelines sorted by start date descending", "ORDER BY pipelines.started_at DESC"),
        ("프로젝트 이름 오름차순으로", "ORDER BY projects.name,"),
        ("용량 desc로 데이터셋", "ORDER BY datasets.size_gb DESC"),
        ("데이터셋 프로젝트 이름 오름차순으로", "ORDER BY"),
    ],
)
def test_rows_stand_in_the_order_of_what_is_named_beside_it(talk: Talk, question: str, order: str) -> None:
    assert order in talk.ask(question).sql[0]


@pytest.mark.parametrize("question", ["give me all datasets with their formats", "데이터셋 전부 포맷이랑 같이 보여줘"])
def test_rows_with_their_category_are_no_list_of_its_values(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert "DISTINCT" not in told.sql[0]
    assert "datasets.name" in told.sql[0]


def test_a_category_alone_is_a_list_of_its_values(talk: Talk) -> None:
    assert "DISTINCT" in talk.ask("what dataset formats are there?").sql[0]


def test_names_from_the_last_are_told_so(talk: Talk) -> None:
    assert "이름 역순으로" in talk.ask("이름 내림차순으로 모델 3개").text


def test_a_count_beside_an_average_is_told(talk: Talk) -> None:
    text = talk.ask("prod 모델 개수랑 avg latency 같이 줘").text
    assert "4개" in text
    assert "21.12" in text
