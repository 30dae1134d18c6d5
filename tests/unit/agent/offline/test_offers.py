"""What is offered instead of a question with a word that means nothing."""

from pathlib import Path

import pytest

from agent.offer import Choice
from agent.offline.engine import OfflineModel
from tests.parts import open_parts


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
