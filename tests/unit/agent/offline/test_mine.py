""" "내", "my" and "우리 팀" as the offline engine reads them: the asker's rows, a question back, or plain words."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mine import spoken
from db.catalog.people import Asking, Person
from tests.unit.agent.offline.talk import Book, Talk, open_book

KIM = Person(("users", "name"), "김민준", (("users", "id"), 1), (("users", "team"), "비전팀"))

SAME = [
    ("내 프로젝트 보여줘", "김민준의 프로젝트 보여줘"),
    ("내프로젝트 보여줘", "김민준의 프로젝트 보여줘"),
    ("내 파이프라인 중 실패한 것", "김민준의 파이프라인 중 실패한 것"),
    ("내가 만든 모델 중 production", "김민준이 만든 모델 중 production"),
    ("제가 담당하는 프로젝트 몇 개예요?", "김민준이 담당하는 프로젝트 몇 개예요?"),
    ("내가 가장 많이 쓴 GPU는?", "김민준이 가장 많이 쓴 GPU는?"),
    ("저한테 할당된 프로젝트", "김민준에게 할당된 프로젝트"),
    ("내꺼 중 실패한 파이프라인", "김민준의 것 중 실패한 파이프라인"),
    ("나는 누구야?", "김민준 누구야?"),
    ("우리 팀 모델", "비전팀 모델"),
    ("우리팀에서 실패한 파이프라인 알려줘", "비전팀에서 실패한 파이프라인 알려줘"),
    ("내 팀원 누구야?", "비전팀 팀원 누구야?"),
    ("show me my projects", "show me 김민준's projects"),
    ("which models are mine?", "which models are 김민준's?"),
    ("projects owned by me", "projects owned by 김민준"),
    ("which models did I train last month?", "which models did 김민준 train last month?"),
    ("how many projects do I have?", "how many projects do 김민준 have?"),
    ("who am I", "who is 김민준"),
    ("my team's failed pipelines", "the 비전팀's failed pipelines"),
    ("my failed runs", "the 김민준's failed runs"),
]
"""Questions of 김민준's with what somebody else would say."""

NOT_THEIRS = [
    "24시간 내 실패한 파이프라인",
    "3일 내 끝난 파이프라인",
    "제일 좋은 모델",
    "프로덕션 모델들 f1 평균 내줘",
    "아 내 말은 파이프라인 개수",
    "제 3 프로젝트",
    "내역 보여줘",
    "내과 의사 누구",
    "저 모델 누가 만들었어?",
    "내가 볼 수 있는 모델",
    "내가 궁금한 모델은 김민준이 만든 모델",
    "나는 어떤 모델을 써야 해?",
    "우리 팀원 총 몇 명이지",
    "우리 팀들 이름이 뭐뭐 있죠?",
    "우리가 맨 처음 등록한 모델",
    "문제 있는 파이프라인",
    "which model should I use?",
    "can I use the production model?",
    "show me all models",
    "recommend me a model",
    "do I have to retrain it?",
    "what's our oldest dataset?",
    "tell me who made it",
    "in my opinion, which model is best?",
]


@pytest.fixture(scope="module")
def lexicon(sample: Book) -> Lexicon:
    return Lexicon(sample.semantics, sample.values)


@pytest.mark.parametrize(("question", "said"), SAME)
def test_who_asks_is_named_in_their_place(lexicon: Lexicon, question: str, said: str) -> None:
    assert spoken(question, KIM, lexicon).text == said
    assert spoken(question, KIM, lexicon).word == ""


@pytest.mark.parametrize("question", NOT_THEIRS)
def test_what_only_sounds_so_stays_as_it_is(lexicon: Lexicon, question: str) -> None:
    for asking in (KIM, "nobody", None):
        assert spoken(question, asking, lexicon) == spoken(question, None, lexicon)


@pytest.mark.parametrize(("question", "said"), SAME)
def test_without_people_the_words_stay_as_they_are(lexicon: Lexicon, question: str, said: str) -> None:
    assert spoken(question, None, lexicon).text == question


@pytest.mark.parametrize("question", [question for question, _ in SAME])
def test_of_somebody_unknown_the_word_is_told_that_nobody_can_place(lexicon: Lexicon, question: str) -> None:
    word = spoken(question, "nobody", lexicon).word
    assert word
    assert word.replace(" ", "") in question.replace(" ", "")


@given(text=st.text(max_size=60))
def test_any_text_is_read_and_none_is_taken_apart_without_people(lexicon: Lexicon, text: str) -> None:
    assert spoken(text, None, lexicon).text == text
    assert spoken(text, KIM, lexicon).word == ""


def test_the_askers_rows_are_found(sample: Book) -> None:
    kim = Talk(sample, me=KIM)
    assert kim.ask("내 프로젝트").rows == Talk(sample).ask("김민준의 프로젝트").rows
    assert kim.ask("my failed runs").rows == Talk(sample).ask("김민준의 실패한 파이프라인").rows
    assert kim.ask("우리 팀 모델").rows == Talk(sample).ask("비전팀 모델").rows


def test_a_follow_up_goes_on_from_what_is_theirs(sample: Book) -> None:
    kim, said = Talk(sample, me=KIM), Talk(sample)
    kim.ask("내 파이프라인 보여줘")
    said.ask("김민준의 파이프라인 보여줘")
    assert kim.ask("그중 실패한 것은?").rows == said.ask("그중 실패한 것은?").rows


def test_of_nobody_the_engine_asks_who_it_is_and_looks_nothing_up(sample: Book) -> None:
    told = Talk(sample, me="nobody").ask("내 프로젝트 보여줘")
    assert "누구신지" in told.text
    assert "/mlops link" in told.text
    assert told.sql == ()
    told = Talk(sample, me="nobody").ask("show my projects")
    assert "who you are" in told.text
    assert told.sql == ()


def test_somebody_without_a_team_is_told_to_name_it(sample: Book) -> None:
    told = Talk(sample, me=replace(KIM, team=None)).ask("우리 팀 모델")
    assert "소속 팀" in told.text
    assert told.sql == ()


def test_a_name_that_the_asker_is_not_shown_is_not_asked_for(sample: Book) -> None:
    hidden: Asking = replace(KIM, name="아무개")
    assert "누구신지" in Talk(sample, me=hidden).ask("내 프로젝트").text


NAMESAKES = """
CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT, staff_id INTEGER REFERENCES staff(id));
INSERT INTO staff VALUES (1, '김민준'), (2, '김민준');
INSERT INTO tasks VALUES (1, 'first', 1), (2, 'second', 2);
"""


def test_of_two_people_with_one_name_the_asker_alone_is_meant(tmp_path: Path) -> None:
    (tmp_path / "catalog.yml").write_text(
        "tables:\n  staff: {label: {ko: 직원, en: staff}, person: true, display: [name]}\n"
        "  tasks: {label: {ko: 작업, en: task}, display: [title]}\n",
        "utf-8",
    )
    database = sqlite3.connect(":memory:")
    database.executescript(NAMESAKES)
    book = open_book(database, tmp_path / "catalog.yml")
    me = Person(("staff", "name"), "김민준", (("staff", "id"), 2), is_sole=False)
    assert "second" in Talk(book, me=me).ask("내 작업 보여줘").text
    assert "first" not in Talk(book, me=me).ask("내 작업 보여줘").text
    unsure = replace(me, key=None)
    assert "first" in Talk(book, me=unsure).ask("내 작업 보여줘").text
    assert "first" in Talk(book, me=me).ask("작업 보여줘").text
    database.close()
