"""The bot's own analyst: with the model of the agents, where there is one."""

import json
from pathlib import Path

from bot.__main__ import open_services
from bot.settings import Settings
from db.logfiles import Tail
from tests.llm_server import Say, in_order, llm_server
from tests.terminal import environ

TAIL = Tail("/mnt/artifacts/exp04/error.log", ("OSError: [Errno 28] No space left on device",))
NAMED = {"code": "disk-full", "headline": "The disk was full.", "evidence": list(TAIL.lines), "advice": []}


async def test_the_model_that_answers_questions_looks_for_causes_too(tmp_path: Path) -> None:
    async with llm_server(in_order(Say(json.dumps(NAMED)))) as server:
        settings = environ(
            tmp_path, LLM_ENGINE="auto", LLM_BASE_URL=server.base_url, LLM_API_KEY="sk-test", LLM_MODEL="m"
        )
        async with open_services(Settings.from_env(settings)) as services:
            cause = await services.analyst.analyse({"name": "exp04"}, TAIL, "en")
    assert (cause.code, cause.engine, cause.headline) == ("disk-full", "llm", "The disk was full.")
    assert "No space left on device" in server.requests[0]["messages"][1]["content"]


async def test_without_a_model_the_rules_do(tmp_path: Path) -> None:
    async with open_services(Settings.from_env(environ(tmp_path, LLM_ENGINE="offline"))) as services:
        cause = await services.analyst.analyse({"name": "exp04"}, TAIL, "en")
    assert (cause.code, cause.engine) == ("disk-full", "offline")
