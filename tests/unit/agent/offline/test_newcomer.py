"""What a newcomer stumbled over: values printed twice, rows called people, words taken for noise."""

import re

import pytest

from agent.offline.saying.cells import cell
from agent.offline.saying.results import LONGEST_TEXT
from tests.unit.agent.offline.talk import Book, Talk


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("intent-kobert 체크포인트 경로 알려줘", "/mnt/artifacts/kobert-intent-exp07/pytorch_model.bin"),
        ("Where is the checkpoint of intent-kobert?", "/mnt/artifacts/kobert-intent-exp07/pytorch_model.bin"),
    ],
)
def test_a_path_is_told_once(talk: Talk, question: str, path: str) -> None:
    assert f"`{path}`" in talk.ask(question).text


def test_a_value_without_a_label_stands_alone(sample: Book) -> None:
    path = sample.semantics.column(("artifacts", "path"))
    assert cell("/mnt/epoch_40.pt", path, "ko") == cell("/mnt/epoch_40.pt", path, "en") == "/mnt/epoch_40.pt"
    kind = sample.semantics.column(("projects", "type"))
    assert cell("object_detection", kind, "ko") == "객체 탐지(object_detection)"
    assert cell("object_detection", kind, "en") == "object detection"


def test_a_long_path_is_not_shortened(sample: Book, talk: Talk) -> None:
    path = f"/mnt/{'deep_folder/' * LONGEST_TEXT}best.pt"
    database = sample.database
    database.execute("SAVEPOINT long")
    try:
        database.execute("UPDATE artifacts SET path = ? WHERE path LIKE '%pytorch_model.bin'", (path,))
        assert path in talk.ask("intent-kobert 체크포인트 경로 알려줘").text
    finally:
        database.execute("ROLLBACK TO long")
        database.execute("RELEASE long")


def test_people_are_counted_once_however_many_rows_they_have(talk: Talk) -> None:
    told = talk.ask("show users and their gpu")
    assert len(told.rows) == 16
    assert re.search(r"\*\*8(명)?\*\*", told.text)
    assert "16" in told.text
    assert not re.search(r"\*\*16(명)?\*\*", told.text)


@pytest.mark.parametrize("question", ["팀별로 GPU 얼마나 썼어?", "show users and their gpu"])
def test_who_used_a_gpu_or_ran_nothing_is_not_said_to_lack_one(talk: Talk, question: str) -> None:
    told = talk.ask(question).text
    assert "CPU" not in told
    assert "이서연" not in told


def test_few_people_are_named_with_all_they_used(talk: Talk) -> None:
    told = talk.ask("NLP팀 사람들 GPU 보여줘").text.split("\n\n")[0]
    assert told.count("이서연") == 1
    assert "A100" in told
    assert "H100" in told


def test_a_limit_of_rows_does_not_say_how_many_people_there_are(talk: Talk) -> None:
    talk.ask("사용자들 GPU 보여줘")
    told = talk.ask("5개만")
    assert len(told.rows) == 5
    assert "**2명**" in told.text
    assert "5줄" in told.text


@pytest.mark.parametrize(
    ("thread", "name"),
    [
        (["production models", "and the slowest?"], "document-paddle-ocr"),
        (["staging models", "and the slowest?"], "intent-koelectra"),
        (["스테이징 모델 보여줘", "그럼 제일 느린 건?"], "intent-koelectra"),
        (["staging models", "and the heaviest?"], "intent-koelectra"),
    ],
)
def test_a_ranking_that_follows_keeps_what_was_asked_for(talk: Talk, thread: list[str], name: str) -> None:
    told = talk.through(thread)
    assert told.column("name") == [name]
    assert "stage = " in told.sql[-1]


@pytest.mark.parametrize("question", ["slow models", "heavy models", "느린 모델 추천해줘", "무거운 모델 알려줘"])
def test_what_nobody_wants_is_not_recommended(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert "recommend" not in told.text
    assert "추천합니다" not in told.text
    assert 1 < len(told.rows) <= 5


def test_what_is_wanted_is_still_recommended(talk: Talk) -> None:
    assert "추천합니다" in talk.ask("가벼운 모델 추천해줘").text


@pytest.mark.parametrize(
    "question",
    ["왜 실패한 파이프라인이 있어?", "intent-kobert 체크포인트 어디서 봐?", "A100을 쓰면서 완료된 파이프라인 보여줘"],
)
def test_words_of_everyday_are_no_stray_characters(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert "불필요한 글자" not in told.text
    assert told.rows


@pytest.mark.parametrize("thanks", ["고마워", "고마워요!", "감사합니다", "땡큐"])
def test_thanks_are_answered_as_thanks(talk: Talk, thanks: str) -> None:
    told = talk.ask(thanks).text
    assert told.startswith("천만에요")
    assert "안녕하세요" not in told


def test_thanks_are_answered_in_english_too(talk: Talk) -> None:
    assert talk.ask("thank you").text.startswith("You're welcome")
    assert talk.ask("hello").text.startswith("Hello")


@pytest.mark.parametrize("question", ["which checkpoints use the most disk?", "largest artifacts on disk"])
def test_disk_is_the_size_of_the_files_that_are_named(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert "size_mb" in told.sql[-1]
    assert "datasets" not in told.sql[-1]


def test_disk_is_still_the_size_of_datasets(talk: Talk) -> None:
    assert "size_gb" in talk.ask("which dataset uses the most disk?").sql[-1]


def test_each_of_those_shown_is_asked_after(talk: Talk) -> None:
    top = talk.ask("파라미터 많은 모델 top 3").rows
    told = talk.ask("담당자는 각각 누구야?")
    assert all(str(row[0]) in told.sql[-1].split("IN")[-1] for row in top)
    assert 0 < len(told.rows) <= 3


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("models registered before June 2024", "< '2024-06-01'"),
        ("models registered before 2024-06", "< '2024-06-01'"),
        ("models registered before 2024-06-15", "< '2024-06-15'"),
        ("models registered since June 2024", ">= '2024-06-01'"),
        ("models registered after 2024", ">= '2024-01-01'"),
    ],
)
def test_a_bound_takes_the_whole_date(talk: Talk, question: str, bound: str) -> None:
    assert f"models.registered_at {bound}" in talk.ask(question).sql[-1]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("which framework is used the most?", "PyTorch"),
        ("가장 많이 쓰는 프레임워크는?", "PyTorch"),
        ("제일 많이 쓴 GPU는?", "H100"),
    ],
)
def test_a_category_is_ranked_by_how_many_rows_it_has(talk: Talk, question: str, best: str) -> None:
    told = talk.ask(question)
    assert [row[0] for row in told.rows] == [best]
    assert f"**{best}**" in told.text
