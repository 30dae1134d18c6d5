"""The way to an answer is told in a few numbered steps to who wants to be told, and to nobody else."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.offline.engine import OfflineModel
from tests.parts import Parts, open_parts


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    async with open_parts(tmp_path, lambda known: [OfflineModel(known)]) as opened:
        yield opened


async def steps(parts: Parts, question: str, *, is_stepwise: bool = True) -> list[str]:
    ask = replace(parts.make_ask(question, question), is_stepwise=is_stepwise)
    text = (await parts.agent.run_turn(ask)).text
    for heading in ("**이렇게 찾았습니다**", "**How this was found**"):
        if heading in text:
            return text.partition(heading)[2].strip().split("\n")
    return []


TOLD = {
    "A100 GPU를 사용한 파이프라인은 몇 개야?": [
        "1. 질문에서 ‘A100’, ‘GPU’, ‘파이프라인’을 읽었습니다.",
        "2. GPU가 A100인 파이프라인을 골랐습니다.",
        "3. 그 수를 세었습니다.",
        "4. 결과는 3행입니다.",
    ],
    "데이터셋 크기 순으로 보여줘": [
        "1. 질문에서 ‘데이터셋’, ‘크기’를 읽었습니다.",
        "2. 데이터셋을 조건 없이 모두 찾아보았습니다.",
        "3. 용량이 큰 것부터 늘어놓았습니다.",
        "4. 결과는 12행입니다.",
    ],
    "how many pipelines does each team have?": [
        "1. Read ‘pipelines’, ‘team’ in the question.",
        "2. Joined the data on pipeline · user to find the pipelines.",
        "3. Counted them by team.",
        "4. Found 4 rows.",
    ],
}


@pytest.mark.parametrize("question", TOLD)
async def test_the_steps_say_what_was_read_looked_up_reckoned_and_found(parts: Parts, question: str) -> None:
    assert await steps(parts, question) == TOLD[question]


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("팀별 평균 mAP는?", "팀별로 mAP50의 평균을 냈습니다."),
        ("모델 크기 평균은?", "의 평균을 냈습니다."),
        ("월별 파이프라인 수", "월별로 수를 세었습니다."),
        ("실패율은?", "전체와 견주어 비율을 냈습니다."),
        ("추론 시간이 빠른 순으로 모델 보여줘", "추론 시간이 작은 것부터 늘어놓았습니다."),
        ("파이프라인이 가장 많은 팀은?", "수를 세었습니다."),
    ],
)
async def test_what_is_made_of_the_rows_is_a_step(parts: Parts, question: str, step: str) -> None:
    assert any(step in line for line in await steps(parts, question))


async def test_rows_that_are_not_there_are_a_step_too(parts: Parts) -> None:
    assert (await steps(parts, "김민준의 음성 프로젝트 보여줘"))[-1].endswith("맞는 행이 없었습니다.")


async def test_nobody_else_is_told_and_a_greeting_has_no_steps(parts: Parts) -> None:
    assert await steps(parts, "파이프라인 전부 보여줘", is_stepwise=False) == []
    assert await steps(parts, "안녕") == []
