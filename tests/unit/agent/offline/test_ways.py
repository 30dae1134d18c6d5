"""Tables that several keys tie together: what is asked says which one counts, or is asked which."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from agent.offline.query.joins import path
from agent.offline.query.query import Filter, Query, dump, load
from agent.offline.reading.checks.ways import settled
from agent.offline.reading.reading import Reading
from agent.offline.words.sentence import Sentence
from db.catalog.schema import ForeignKey, shortest_path, shortest_paths
from tests.unit.agent.offline.talk import Book, Talk, open_book

DESK = Path(__file__).parent / "desk"
HOSPITAL = Path(__file__).parents[3] / "evals" / "hospital"
BOTH = "SELECT id FROM tickets WHERE {key} = (SELECT id FROM people WHERE name = '{name}')"


@pytest.fixture(scope="module")
def desk() -> Iterator[Book]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript((DESK / "desk.sql").read_text(encoding="utf-8"))
        yield open_book(database, DESK / "catalog.yml")


@pytest.fixture(scope="module")
def bare_desk() -> Iterator[Book]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript((DESK / "desk.sql").read_text(encoding="utf-8"))
        yield open_book(database, None)


@pytest.fixture(scope="module")
def hospital() -> Iterator[Book]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript((HOSPITAL / "hospital.sql").read_text(encoding="utf-8"))
        yield open_book(database, HOSPITAL / "catalog.yml")


def _choices(book: Book, question: str) -> dict[str, str]:
    told = Talk(book).ask(question)
    assert not told.sql, told.text
    assert told.offer is not None, told.text
    assert told.offer.is_asked_back
    return {choice.label: choice.question for choice in told.offer.choices}


ASKED_BACK = [
    ("백도윤 접수표 보여줘", {"작성자": "작성자 백도윤 접수표 보여줘", "담당자": "담당자 백도윤 접수표 보여줘"}),
    ("사람별 접수표 수", {"작성자": "작성자별 접수표 수", "담당자": "담당자별 접수표 수"}),
    ("접수표 가장 많은 사람", {"작성자": "접수표 가장 많은 작성자", "담당자": "접수표 가장 많은 담당자"}),
    ("접수표 없는 사람", {"작성자": "접수표 없는 작성자", "담당자": "접수표 없는 담당자"}),
    ("현장조 접수표 몇 건?", {"작성자": "작성자 현장조 접수표 몇 건?", "담당자": "담당자 현장조 접수표 몇 건?"}),
    ("pump-leak 누가 했어?", {"작성자": "pump-leak 작성자 누가 했어?", "담당자": "pump-leak 담당자 누가 했어?"}),
    (
        "tickets of Nora Lindt",
        {"author": "tickets of author Nora Lindt", "assignee": "tickets of assignee Nora Lindt"},
    ),
    ("tickets by person", {"author": "tickets by author", "assignee": "tickets by assignee"}),
]


@pytest.mark.parametrize(("question", "choices"), ASKED_BACK)
def test_a_question_that_several_keys_answer_is_asked_back(desk: Book, question: str, choices: dict[str, str]) -> None:
    assert _choices(desk, question) == choices


@pytest.mark.parametrize(("question", "choices"), ASKED_BACK)
def test_each_choice_is_read_by_its_own_key(desk: Book, question: str, choices: dict[str, str]) -> None:
    keys = {"작성자": "author_id", "author": "author_id", "담당자": "assignee_id", "assignee": "assignee_id"}
    for label, chosen in choices.items():
        talk = Talk(desk)
        talk.ask(question)
        told = talk.ask(label)
        assert told.sql, told.text
        assert all(f"tickets.{keys[label]} = people.id" in sql for sql in told.sql if "people" in sql), chosen
        assert not told.choices


SAID = [
    ("작성자가 백도윤인 접수표", "author_id", "백도윤"),
    ("백도윤이 작성자인 접수표", "author_id", "백도윤"),
    ("담당자 백도윤 접수표 몇 건?", "assignee_id", "백도윤"),
    ("쓴 사람이 은채원인 접수표 보여줘", "author_id", "은채원"),
    ("show tickets of author Nora Lindt", "author_id", "Nora Lindt"),
    ("tickets with assignee Nora Lindt", "assignee_id", "Nora Lindt"),
]


@pytest.mark.parametrize(("question", "key", "name"), SAID)
def test_a_key_that_is_named_is_the_one_joined_by(desk: Book, question: str, key: str, name: str) -> None:
    told = Talk(desk).ask(question)
    assert told.column("id") == [row[0] for row in desk.database.execute(BOTH.format(key=key, name=name))]


def test_people_are_called_what_the_key_calls_them(desk: Book) -> None:
    assert "작성자별 접수표 수입니다" in Talk(desk).ask("작성자별 접수표 수").text
    assert "접수표의 담당자는 **은채원**" in Talk(desk).ask("pump-leak 담당자 누구야?").text
    assert "The author of pump-leak is **백도윤**" in Talk(desk).ask("who is the author of pump-leak?").text


def test_a_follow_up_goes_on_by_the_same_key(desk: Book) -> None:
    talk = Talk(desk)
    assert talk.ask("담당자 백도윤 접수표 보여줘").column("id") == [3]
    assert talk.ask("은채원은?").column("id") == [1, 4]
    talk = Talk(desk)
    assert talk.ask("show tickets of author Nora Lindt").column("id") == [4, 5]
    assert talk.ask("only the high ones").column("id") == [5]


def test_a_new_question_is_asked_back_again(desk: Book) -> None:
    talk = Talk(desk)
    talk.ask("담당자 백도윤 접수표 보여줘")
    assert talk.ask("은채원 접수표 보여줘").choices


def test_two_keys_at_once_are_asked_back_without_rows(desk: Book) -> None:
    told = Talk(desk).ask("작성자 백도윤이고 담당자 은채원인 접수표")
    assert not told.sql
    assert "'작성자', '담당자'" in told.text


def test_rows_alone_need_no_key(desk: Book) -> None:
    assert len(Talk(desk).ask("접수표 보여줘").rows) == 5
    assert Talk(desk).ask("현장조 사람").column("name") == ["은채원", "Nora Lindt"]


def test_keys_without_labels_are_called_by_their_columns(bare_desk: Book) -> None:
    choices = _choices(bare_desk, "tickets of Nora Lindt")
    assert choices == {"author": "tickets of author Nora Lindt", "assignee": "tickets of assignee Nora Lindt"}
    assert Talk(bare_desk).ask(choices["assignee"]).column("id") == [2]


def test_paths_over_different_tables_are_told_apart_by_these(hospital: Book) -> None:
    choices = _choices(hospital, "내과 환자 목록")
    assert choices == {"진료": "내과 진료 환자 목록", "입원": "내과 입원 환자 목록"}
    visited, admitted = (Talk(hospital).ask(choices[label]).sql[-1] for label in ("진료", "입원"))
    assert "JOIN visits" in visited
    assert "JOIN wards" not in visited
    assert "JOIN wards" in admitted


def test_keys_that_differ_farther_on_are_told_apart_too(desk: Book) -> None:
    choices = _choices(desk, "은채원 답변 보여줘")
    assert choices == {"작성자": "작성자 은채원 답변 보여줘", "담당자": "담당자 은채원 답변 보여줘"}
    assert Talk(desk).ask(choices["작성자"]).column("id") == [3]
    assert Talk(desk).ask(choices["담당자"]).column("id") == [1, 2]


@pytest.mark.parametrize(("english", "label"), [(False, "사람"), (True, "person")])
def test_a_table_that_no_word_stands_for_is_asked_back_by_its_label(desk: Book, english: bool, label: str) -> None:
    sentence = Sentence((), desk.semantics, english=english)
    held = Filter(("tickets", "title"), "alike", ("people", "name", "은채원"))
    for query in (Query("tickets", columns=(("people", "name"),)), Query("tickets", filters=(held,))):
        reading = settled(sentence, Reading("query", query), None)
        assert (reading.intent, reading.words) == ("unclear", (label,))
    before = Query("tickets", via=(("tickets", "author_id"),))
    again = settled(sentence, Reading("query", Query("tickets", columns=(("people", "name"),))), before)
    assert again.query is not None
    assert again.query.via == (("tickets", "author_id"),)


def test_tables_of_two_paths_at_once_are_asked_back(hospital: Book) -> None:
    told = Talk(hospital).ask("진료받고 입원한 내과 환자 목록")
    assert not told.sql
    assert "어떻게 반영해야 할지 알 수 없어" in told.text


def test_tables_that_no_key_connects_have_no_path(desk: Book) -> None:
    apart = replace(desk.semantics, foreign_keys=())
    with pytest.raises(LookupError, match="no foreign key leads from tickets to people"):
        path(apart, "tickets", "people")


def test_a_query_keeps_its_keys_and_one_of_before_has_none() -> None:
    query = Query("tickets", via=(("tickets", "author_id"),))
    assert load(dump(query)) == query
    old = {name: value for name, value in dump(query).items() if name != "via"}
    assert load(old) == Query("tickets")


def test_all_shortest_paths_begin_with_the_one_that_is_taken() -> None:
    keys = (
        ForeignKey("t", "a", "p", "id"),
        ForeignKey("t", "b", "p", "id"),
        ForeignKey("p", "c", "q", "id"),
        ForeignKey("t", "d", "x", "id"),
    )
    paths = shortest_paths(keys, "t", "Q")
    assert [[key.column for key in path] for path in paths] == [["a", "c"], ["b", "c"]]
    assert paths[0] == shortest_path(keys, "t", "q")
    assert shortest_paths(keys, "t", "t") == ((),)
    assert shortest_paths(keys, "t", "none") == ()
