"""What a newcomer stumbled over: values printed twice, rows called people, words taken for noise."""

import re

import pytest

from agent.offline.cells import cell
from agent.offline.results import LONGEST_TEXT
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


def test_a_long_path_is_not_shortened(talk: Talk) -> None:
    path = f"/mnt/{'deep_folder/' * LONGEST_TEXT}best.pt"
    database = talk.book.database
    database.execute("SAVEPOINT long")
    try:
        database.execute("UPDATE artifacts SET path = ? WHERE path LIKE '%pytorch_model.bin'", (path,))
        assert path in talk.ask("intent-kobert 체크포인트 경로 알려줘").text
    finally:
        database.execute("ROLLBACK TO long")
        database.execute("RELEASE long")
