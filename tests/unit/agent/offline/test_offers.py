"""What is offered instead of a question with a word that means nothing."""

from pathlib import Path

import pytest

from agent.offer import Choice
from agent.offline.engine import OfflineModel
from tests.parts import open_parts
from tests.unit.agent.offline.talk import Book, Talk


@pytest.mark.parametrize(
    ("question", "label", "rest"),
    [
        ("불량 파이프라인 보여줘", "'불량' 빼고: 파이프라인 보여줘", "파이프라인 보여줘"),
        ("show gizmo pipelines", "without ‘gizmo’: show pipelines", "show pipelines"),
        ("show models with gizmos", "without ‘gizmos’: show models", "show models"),
    ],
)
async def test_a_question_is_offered_without_its_unknown_word_and_what_hung_on_it(
    tmp_path: Path, question: str, label: str, rest: str
) -> None:
    async with open_parts(tmp_path, lambda known: [OfflineModel(known)]) as parts:
        answer = await parts.ask(question)
    assert answer.offer is not None
    assert answer.offer.choices == (Choice(label, rest),)


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("blorpy 실행 중인 파이프라인 보여줘", "실행 중(running) 파이프라인 보여줘"),
        ("프로덕션 모델 중에서 흐물흐물한 거 있어?", "프로덕션(production) 모델 보여줘"),
        ("which zorgy pipelines failed?", "Show failed pipelines"),
        ("show the frobnicated datasets of 김민준", "Show 김민준's datasets"),
        ("김민준 프로젝트 zzorg 몇 개야", "김민준 프로젝트 몇 개야"),
    ],
)
def test_what_is_left_of_a_sentence_is_offered_as_a_whole_one(sample: Book, question: str, offered: str) -> None:
    talk = Talk(sample)
    assert talk.ask(question).choices == [offered]
    assert talk.ask(offered).rows
