"""A cause as it is kept in the store."""

import json
from decimal import Decimal

import pytest

from agent.answer import Usage
from agent.failures.cause import NO_LOG, Cause, dump, load
from agent.llm.protocol import Tokens

USED = (Usage("solar-pro3", 1, Tokens(1_000, 200, 90), Decimal("0.000204")), Usage("local", 1, Tokens(10, 0, 2)))


@pytest.mark.parametrize(
    "cause",
    [
        Cause("cuda-oom", "GPU 메모리가 부족합니다.", ("CUDA out of memory",), ("배치를 줄여 보세요.",), "llm", USED),
        Cause(NO_LOG, "No log.", problem="not_found"),
    ],
)
def test_a_cause_comes_back_from_json_as_it_was(cause: Cause) -> None:
    assert load(json.loads(json.dumps(dump(cause)))) == cause


def test_what_an_older_bot_left_out_is_filled_in() -> None:
    assert load({"code": "nccl", "headline": "h", "since": 3}) == Cause("nccl", "h")


@pytest.mark.parametrize("kept", [{}, {"code": "a"}, {"code": "a", "headline": "b", "engine": "magic"}])
def test_what_is_no_cause_is_refused(kept: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        load(kept)


def test_a_cause_is_known_unless_it_is_not() -> None:
    assert Cause("other", "h").is_known
    assert not Cause(NO_LOG, "h").is_known
