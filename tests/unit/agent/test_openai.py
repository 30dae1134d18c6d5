"""The OpenAI-compatible client against a real local server."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from agent.errors import ModelRefused, ModelUnavailable
from agent.llm.openai import Endpoint, OpenAIModel
from agent.llm.protocol import Completion, Prompt, Tokens, ToolCall
from agent.memory import Memory
from tests.llm_server import Break, Call, Fail, Hang, LlmServer, Raw, Reply, Say, in_order, llm_server, sql

PROMPT = Prompt("질문", "ko", datetime(2026, 11, 21, tzinfo=UTC), Memory())


def model_at(server: LlmServer, deadline_s: float = 10.0, silence_s: float = 8.0) -> OpenAIModel:
    endpoint = Endpoint(server.base_url, "solar-pro3", "sk-secret")
    return OpenAIModel.open(
        endpoint,
        lambda p: [{"role": "user", "content": p.question}],
        lambda _: [],
        deadline_s=deadline_s,
        silence_s=silence_s,
    )


async def complete(
    *replies: Reply, deadline_s: float = 10.0, silence_s: float = 8.0
) -> tuple[Completion, list[str], LlmServer]:
    pieces: list[str] = []
    async with llm_server(in_order(*replies)) as server:
        model = model_at(server, deadline_s, silence_s)
        try:
            completion = await model.complete(PROMPT, pieces.append)
        finally:
            await model.close()
    return completion, pieces, server


async def test_text_arrives_in_pieces_and_usage_with_it() -> None:
    completion, pieces, server = await complete(Say("김민준 님의 실험은 **3건**입니다.", piece=5))
    assert completion.text == "김민준 님의 실험은 **3건**입니다."
    assert "".join(pieces) == completion.text
    assert len(pieces) > 3
    assert completion.tokens == Tokens(1000, 0, 100)
    assert server.requests[0]["stream_options"] == {"include_usage": True}


async def test_parallel_tool_calls_are_put_together_with_ids_of_our_own() -> None:
    completion, _, _ = await complete(
        Call((("execute_sql", {"sql": "SELECT 1"}), ("find_values", {"text": "이서 연"})))
    )
    assert completion.tool_calls == (
        ToolCall("call_1_1", "execute_sql", '{"sql": "SELECT 1"}'),
        ToolCall("call_1_2", "find_values", '{"text": "이서 연"}'),
    )


async def test_a_busy_provider_is_asked_again() -> None:
    completion, _, server = await complete(Fail(429), Fail(503), Say("됐습니다."))
    assert completion.text == "됐습니다."
    assert len(server.requests) == 3


async def test_a_stream_that_breaks_before_its_first_piece_is_asked_for_again() -> None:
    completion, _, server = await complete(Break(), Say("됐습니다."))
    assert completion.text == "됐습니다."
    assert len(server.requests) == 2


async def test_a_stream_that_breaks_in_the_middle_is_unavailable() -> None:
    first = 'data: {"choices":[{"index":0,"delta":{"content":"김민"}}]}\n\n'
    with pytest.raises(ModelUnavailable):
        await complete(Break(first), Say("다시"))


async def test_a_provider_that_falls_silent_is_asked_again() -> None:
    completion, _, server = await complete(Hang(), Say("됐습니다."), silence_s=0.3)
    assert completion.text == "됐습니다."
    assert len(server.requests) == 2


async def test_a_provider_that_names_a_time_is_left_alone_until_then() -> None:
    now = asyncio.get_running_loop().time
    began = now()
    await complete(Fail(429, retry_after="1.2"), Say("됐습니다."))
    assert now() - began >= 1.2, "the SDK's own back-off would be half a second"


async def test_a_stream_that_ends_without_an_end_is_broken() -> None:
    with pytest.raises(ModelUnavailable, match="Broken"):
        await complete(Raw('data: {"choices":[{"delta":{"content":"김민"}}]}\n\n'))


async def test_a_text_cut_at_the_length_limit_says_so() -> None:
    body = 'data: {"choices":[{"delta":{"content":"김민"},"finish_reason":"length"}]}\n\n'
    completion, _, _ = await complete(Raw(body))
    assert (completion.text, completion.is_cut) == ("김민", True)


async def test_tool_calls_cut_at_the_length_limit_are_never_run() -> None:
    call_ = {"index": 0, "function": {"name": "execute_sql", "arguments": '{"sql": "SELECT 1'}}
    chunk = {"choices": [{"delta": {"tool_calls": [call_]}, "finish_reason": "length"}]}
    with pytest.raises(ModelRefused, match="cut inside its tool calls"):
        await complete(Raw(f"data: {json.dumps(chunk)}\n\n"))


async def test_a_provider_that_stays_down_is_unavailable() -> None:
    with pytest.raises(ModelUnavailable, match="HTTP 500"):
        await complete(Fail(500), Fail(500), Fail(500))


@pytest.mark.parametrize(("status", "error"), [(401, ModelUnavailable), (404, ModelUnavailable), (400, ModelRefused)])
async def test_an_http_error_tells_its_status_and_none_of_its_text(status: int, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        await complete(Fail(status))
    assert str(caught.value) == f"solar-pro3: HTTP {status}"


async def test_a_model_that_says_nothing_is_left_at_the_deadline() -> None:
    with pytest.raises(ModelUnavailable, match=r"did not finish within 0\.2 s"):
        await complete(Hang(), deadline_s=0.2)


async def test_nobody_listening_is_unavailable() -> None:
    async with llm_server(in_order()) as server:
        pass
    model = model_at(server)
    with pytest.raises(ModelUnavailable):
        await model.complete(PROMPT, lambda _: None)
    await model.close()


@pytest.mark.parametrize(
    "body",
    [
        "data: [DONE]\n\n",
        "data: {\n\ndata: [DONE]\n\n",
        'data: []\n\ndata: {"choices": []}\n\ndata: {"choices": [7]}\n\ndata: [DONE]\n\n',
        'data: {"choices": [{"delta": null}]}\n\ndata: {"choices": [{"delta": {"tool_calls": [3]}}]}\n\n',
        ": comment\n\nevent: ping\n\n",
        "<html>a proxy's page</html>",
    ],
)
async def test_a_stream_without_anything_usable_is_refused(body: str) -> None:
    with pytest.raises(ModelRefused):
        await complete(Raw(body))


async def test_a_line_separator_inside_a_text_is_part_of_it() -> None:
    text = "가장 좋은 것은 v2.1\u2028이고 v2.0은\x85 아닙니다."
    completion, _, _ = await complete(Say(text))
    assert completion.text == text


async def test_chunks_of_the_wrong_shape_are_passed_over() -> None:
    deep = "[" * 100_000
    odd = 'data: {"choices":[{"delta":{"tool_calls": 5, "content": "네."},"finish_reason":"stop"}]}'
    completion, _, _ = await complete(Raw(f"data: {deep}\r\n\r\n{odd}\r\n\r\n"))
    assert completion.text == "네."


async def test_an_error_inside_the_stream_is_unavailable() -> None:
    with pytest.raises(ModelUnavailable, match="overloaded"):
        await complete(Raw('data: {"error": {"code": "overloaded", "message": "secret"}}\n\n'))


async def test_calls_without_an_index_and_with_arguments_as_an_object_are_understood() -> None:
    find = {"id": "a", "function": {"name": "find_values", "arguments": {"text": "김"}}}
    begun = {"id": "b", "function": {"name": "execute_sql", "arguments": '{"sql":'}}
    ended = {"function": {"arguments": '"SELECT 1"}'}}
    deltas = [[find], [begun], [ended, {"id": "c", "function": None}]]
    chunks = [{"choices": [{"delta": {"tool_calls": calls}}]} for calls in deltas]
    odd = {"choices": [], "usage": {"prompt_tokens": "many", "completion_tokens": -1}}
    body = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in [*chunks, odd]) + "data: [DONE]\n\n"
    completion, _, _ = await complete(Raw(body))
    assert [(c.name, c.arguments) for c in completion.tool_calls[:2]] == [
        ("find_values", '{"text": "김"}'),
        ("execute_sql", '{"sql":"SELECT 1"}'),
    ]
    assert completion.tokens == Tokens()


async def test_a_ping_spends_one_token_and_reports_a_bad_key() -> None:
    async with llm_server(in_order(Say("p"), Fail(401), Hang(), Fail(400))) as server:
        model = model_at(server)
        await model.ping()
        assert server.requests[0]["max_tokens"] == 1
        with pytest.raises(ModelUnavailable, match="HTTP 401"):
            await model.ping()
        with pytest.raises(ModelUnavailable, match="no answer"):
            await model.ping(deadline_s=0.1)
        with pytest.raises(ModelRefused):
            await model.ping()
    with pytest.raises(ModelUnavailable):
        await model.ping()
    await model.close()


def test_the_key_is_not_in_the_endpoints_repr() -> None:
    assert "sk-secret" not in repr(Endpoint("http://x/v1", "m", "sk-secret"))


async def test_a_call_has_its_own_id_in_each_step() -> None:
    completion, _, _ = await complete(sql("SELECT 1"))
    assert completion.tool_calls[0].id == "call_1_1"
