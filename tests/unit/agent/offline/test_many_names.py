"""Sentences that name nobody link nobody, and people are found, among few names and among fifty thousand."""

import asyncio
import random
from collections.abc import Sequence
from datetime import date

import pytest

from agent.offline.reading.checks.correct import correct
from agent.offline.words.lexicon import Lexicon, Value
from agent.offline.words.mending.mend import mend
from agent.offline.words.normalise import clean
from benchmarks.big_catalog import person_names, slugs
from benchmarks.slips import key_slip
from db.catalog.table import Cell
from db.catalog.values import ValueIndex
from tests.unit.agent.offline.talk import Book

TODAY = date(2026, 11, 21)
NOBODY = (
    *("이번 주에 사용한 장비 목록을 보여줘", "어제 돌아가던 작업이 왜 멈췄는지 궁금해", "요즘 상황이 어떤지 알고 싶어"),
    *("가장 성능이 좋은 것을 추천해 줄래", "오류가 난 실행은 몇 건이나 있었지", "누가 제일 많이 실험을 했을까"),
    *("저장 공간을 많이 차지하는 자료는", "새로 생긴 과제가 있으면 알려줘", "지난달에 이용한 자원 정리해줘"),
    *("재현율이 높은 순서대로 나열해", "완료되지 않은 학습이 있나요", "평균 추론 시간이 얼마나 되는지"),
    *("각 부서별 인원수를 세어 줘", "가장 오래된 데이터는 무엇인가요", "정밀도와 재현율을 비교해 줘"),
    *("대기 중인 것만 보여 주세요", "배포된 모델이 몇 개인지 알려줘", "최근에 등록된 순서로 보여줘"),
    *("용량이 큰 파일부터 정리해줘", "어떤 프레임워크를 가장 많이 쓰나", "실패율이 얼마나 되는지 궁금합니다"),
    *("운영 중인 모델의 버전을 알려줘", "체크포인트가 없는 실행 찾아줘", "샘플 수가 적은 데이터셋 다섯 개"),
    *("도움이 필요한데 뭘 물어볼 수 있어", "이 중에서 가장 빠른 게 뭐야", "파라미터가 많은 모델 세 개만"),
    *("오늘 점심 메뉴 추천해 줘", "회의는 몇 시에 시작하나요", "고마워요 수고하셨습니다"),
    *("show me the slowest models", "how many runs failed last week", "which framework is used the most"),
    *("what is the average size of datasets", "please recommend a light model"),
)


@pytest.fixture(scope="module", params=[20, 1_000, 50_000])
def crowd(request: pytest.FixtureRequest, sample: Book) -> tuple[Lexicon, list[str]]:
    """The sample's layer over so many generated names, half of them people."""
    chance = random.Random(11)
    count = request.param // 2
    people, runs = person_names(count, chance), slugs(count, chance, tail="exp")
    names = {("users", "name"): people, ("pipelines", "name"): runs}

    async def distinct(table: str, column: str, limit: int) -> Sequence[Cell]:
        found: Sequence[Cell] = names.get((table, column), ())
        return found[:limit]

    index = asyncio.run(ValueIndex.build(sample.semantics, distinct))
    return Lexicon(sample.semantics, index), people


def linked(question: str, lexicon: Lexicon) -> set[Value]:
    """The names of people and runs a question was taken to speak of."""
    mentions, _ = correct(mend(clean(question), lexicon, TODAY).mentions, lexicon)
    values = [value for m in mentions for value in (*(s.value for s in m.senses if s.value), *m.parts)]
    return {value for value in values if value.column == "name"}


def test_there_are_sentences_enough() -> None:
    assert len(NOBODY) >= 32


def test_who_names_nobody_is_linked_to_nobody(crowd: tuple[Lexicon, list[str]]) -> None:
    lexicon, _ = crowd
    assert {question: found for question in NOBODY if (found := linked(question, lexicon))} == {}


def test_a_slip_in_a_sentence_that_names_nobody_links_nobody(crowd: tuple[Lexicon, list[str]]) -> None:
    lexicon, _ = crowd
    chance = random.Random(2)
    slipped = [key_slip(question, chance) for question in NOBODY]
    assert sum(bool(linked(question, lexicon)) for question in slipped) <= 1


def test_a_person_is_found_by_name_alone(crowd: tuple[Lexicon, list[str]]) -> None:
    lexicon, people = crowd
    for name in people[:10]:
        assert Value("users", "name", name) in linked(f"{name}의 프로젝트 보여줘", lexicon)


def test_a_slipped_name_is_the_right_one_or_none(crowd: tuple[Lexicon, list[str]]) -> None:
    lexicon, people = crowd
    chance = random.Random(4)
    outcomes = []
    for name in people[:10]:
        slipped = key_slip(name, chance)
        found = linked(f"{slipped}의 프로젝트 보여줘", lexicon)
        outcomes.append(name if found == {Value("users", "name", name)} else "other" if found else "none")
    others = sum(each == "other" for each in outcomes)
    assert others <= (0 if len(people) < 100 else 4), outcomes
