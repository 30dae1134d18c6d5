"""The whole bot with a hook for orchestrators and its /healthz."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from bot.__main__ import utc_now
from tests.parts import NOW
from tests.slack.bot import Mode, running
from tests.slack.workspace import small_slack

SECRET: Final = "whsec_dGhlIHNlY3JldCBvZiB0aGlzIHRlc3QgYWxvbmU="
DOCS: Final = Path(__file__).parents[2] / "docs" / "alerts.md"
ON: Final[dict[str, Any]] = {"alert_channel": "C1", "hook_secret": SECRET, "alert_every_s": 60}


async def asked(port: int | None, path: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.json()


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_the_example_of_the_docs_is_told_in_the_channel_at_once(tmp_path: Path, mode: Mode) -> None:
    [example] = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    async with (
        small_slack(has_rates=False).serving() as slack,
        running(tmp_path, slack, mode=mode, clock=utc_now, **ON) as bot,
    ):
        names = {"SECRET": SECRET, "URL": f"http://127.0.0.1:{bot.port}"}
        await asyncio.to_thread(exec, example, names)
        [told] = await slack.journal.until(lambda: slack.messages("C1"), "an alert")
        assert "churn-train" in told["text"]
        assert "CUDA out of memory" in str(told["blocks"])


async def test_without_a_secret_there_is_no_hook(tmp_path: Path) -> None:
    async with small_slack(has_rates=False).serving() as slack, running(tmp_path, slack, alert_channel="C1") as bot:
        url = f"http://127.0.0.1:{bot.port}/hooks/pipelines"
        async with aiohttp.ClientSession() as session, session.post(url, data=b"{}") as response:
            assert response.status == 404


async def test_alerting_that_stands_still_turns_healthz_red_and_livez_not(tmp_path: Path) -> None:
    now = [NOW]

    async def never(stop: asyncio.Event, _: float) -> None:
        await stop.wait()

    async with (
        small_slack(has_rates=False).serving() as slack,
        running(tmp_path, slack, clock=lambda: now[0], wait=never, **ON) as bot,
    ):
        assert await asked(bot.port, "/healthz") == (200, {"ok": True, "troubles": []})
        now[0] += timedelta(minutes=17)
        status, said = await asked(bot.port, "/healthz")
        assert (status, said["ok"], said["troubles"][0]) == (503, False, "scan:failed-pipelines")
        assert (await asked(bot.port, "/livez"))[0] == 200


async def test_where_alerts_are_off_healthz_asks_slack_alone(tmp_path: Path) -> None:
    async with small_slack(has_rates=False).serving() as slack, running(tmp_path, slack) as bot:
        assert await asked(bot.port, "/healthz") == (200, {"ok": True, "troubles": []})
