"""So many of what was asked for last, with one thing changed; a count of its own stays one."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("first", "then", "held"),
    [
        ("비전팀 프로젝트 보여줘", "완료된 건 몇 개야", ("'비전팀'", "projects.status = 'completed'")),
        ("비전팀 프로젝트 보여줘", "완료된 거 빼고 몇 개야", ("'비전팀'", "projects.status <> 'completed'")),
        ("비전팀 프로젝트 보여줘", "NLP팀 건 몇 개야", ("FROM projects", "users.team = 'NLP팀'")),
        ("H100 쓰는 run들 show", "pending인 건 exclude하고 count만", ("'H100'", "status <> 'pending'")),
        ("작년에 시작한 파이프라인 목록", "재작년 건 몇 개야", ("'2024-01-01'",)),
        ("production 모델 보여줘", "개발 단계는 몇 개야?", ("models.stage = 'development'",)),
        ("show H100 pipelines", "how many excluding pending ones", ("'H100'", "status <> 'pending'")),
    ],
)
def test_so_many_are_counted_of_what_was_asked_for(talk: Talk, first: str, then: str, held: tuple[str, ...]) -> None:
    talk.ask(first)
    told = talk.ask(then)
    assert all(piece in told.sql[0] for piece in held)
    assert "DISTINCT" not in told.sql[0]


@pytest.mark.parametrize(
    ("then", "missing"),
    [
        ("전체 완료된 건 몇 개야", "'비전팀'"),
        ("NLP팀은 몇 명이야", "projects"),
        ("실패한 파이프라인은 몇 개야", "'비전팀'"),
    ],
)
def test_a_count_of_its_own_is_none_of_it(talk: Talk, then: str, missing: str) -> None:
    talk.ask("비전팀 프로젝트 보여줘")
    assert missing not in talk.ask(then).sql[0]


def test_a_measure_put_in_place_of_a_count_writes_nothing(talk: Talk) -> None:
    talk.ask("포맷별로 데이터셋이 몇 개씩 있어?")
    assert "SUM(datasets.size_gb)" in talk.ask("개수말고 용량 합계로 바꿔줘").sql[0]
    assert not talk.ask("intent-kobert 스테이지를 production으로 바꿔줘").sql
