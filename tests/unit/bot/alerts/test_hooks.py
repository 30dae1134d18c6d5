"""An orchestrator reports over HTTP: signed, checked, kept once."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.hooks.door import BODY_BYTES, PATH, Hooks
from bot.alerts.hooks.events import EventError, read_event
from bot.alerts.hooks.signing import check, read_headers, sign
from db.catalog.alerts.rules import load_rules
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_RULES, SAMPLE_SEMANTICS, build_sample
from db.catalog.sample.play import fail_a_pipeline
from db.store.alerts.log import Route, Routed
from db.store.alerts.records import Alert, Destination
from db.store.store import Store

SECRET = "whsec_c2VjcmV0LW9mLWEtaG9vay10aGF0LWlzLWxvbmc="
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
SEOUL = ZoneInfo("Asia/Seoul")
FAILED: dict[str, Any] = {"type": "run.failed", "run": {"id": "af-77", "name": "churn-train", "dataset": "churn-2026"}}


@dataclass
class Site:
    """The hook as it is served, its clock, and how often somebody was woken."""

    url: str
    store: Store
    folder: Path
    now: datetime = NOW
    woken: list[bool] = field(default_factory=list)

    async def send(self, event: object, key: str = "evt-1", **more: Any) -> tuple[int, Any]:
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        at = int(more.get("at", self.now.timestamp()))
        headers = {
            "webhook-id": key,
            "webhook-timestamp": str(at),
            "webhook-signature": f"v1,{sign(key, at, more.get('signed', body), more.get('secret', SECRET))}",
        } | more.get("headers", {})
        headers = {name: value for name, value in headers.items() if value is not None}
        async with aiohttp.ClientSession() as session, session.post(self.url, data=body, headers=headers) as response:
            return response.status, await response.json()

    async def alerts(self) -> list[Alert]:
        return await self.store.alerts.open()


def _to_c1(_: Alert) -> Routed:
    return Routed((Destination("C1"),))


@asynccontextmanager
async def served(folder: Path, site_of: type[Site] = Site) -> AsyncIterator[Site]:
    build_sample(folder / "catalog.db")
    async with (
        await Catalog.open(f"sqlite:///{folder}/catalog.db", SAMPLE_SEMANTICS) as catalog,
        await Store.open(f"sqlite:///{folder}/store.db") as store,
    ):
        site = site_of("", store, folder)

        async def route() -> Route:
            return _to_c1

        rules = load_rules(SAMPLE_RULES)
        hooks = Hooks(
            SECRET,
            rules,
            SEOUL,
            catalog,
            store.alerts,
            store.hooks,
            route,
            lambda: site.woken.append(True),
            lambda: site.now,
        )
        app = web.Application()
        app.add_routes(hooks.routes())
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        site.url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
        try:
            yield site
        finally:
            await runner.cleanup()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with served(tmp_path) as open_site:
        yield open_site


async def test_a_reported_failure_is_told_like_a_scans(site: Site) -> None:
    assert await site.send(FAILED) == (202, {"ok": True, "is_repeat": False})
    [alert] = await site.alerts()
    assert (alert.rule, alert.kind, alert.name, alert.run_id) == (
        "failed-pipelines",
        "reported",
        "churn-train",
        "af-77",
    )
    assert [row.channel for row in await site.store.outbox.roots(alert.alert_id)] == ["C1"]
    assert site.woken == [True]


async def test_an_event_that_is_sent_again_is_kept_once(site: Site) -> None:
    await site.send(FAILED)
    site.now += timedelta(minutes=2)
    assert await site.send(FAILED) == (202, {"ok": True, "is_repeat": True})
    [alert] = await site.alerts()
    assert alert.count == 1


async def test_an_event_whose_answer_was_lost_before_its_key_was_kept_counts_once(site: Site) -> None:
    """The failure is recorded first: what comes again is known by its source."""
    await site.send(FAILED)
    await site.store.hooks.prune(NOW + timedelta(days=1))
    assert (await site.send(FAILED))[0] == 202
    [alert] = await site.alerts()
    assert alert.count == 1


async def test_another_body_under_the_same_key_is_a_mistake(site: Site) -> None:
    await site.send(FAILED)
    status, said = await site.send({**FAILED, "severity": "low"})
    assert (status, said["error"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"secret": "another secret that is long"}, "forged"),
        ({"signed": b"{}"}, "forged"),
        ({"at": NOW.timestamp() - 301}, "old"),
        ({"at": NOW.timestamp() + 301}, "old"),
        ({"headers": {"webhook-signature": None}}, "no_signature"),
        ({"headers": {"webhook-signature": "v2,abc"}}, "forged"),
        ({"headers": {"webhook-signature": "v1,ä"}}, "forged"),
        ({"headers": {"webhook-id": None}}, "bad_id"),
        ({"headers": {"webhook-timestamp": "soon"}}, "bad_time"),
    ],
)
async def test_what_is_not_signed_by_whoever_knows_the_secret_is_turned_away(
    site: Site, more: Mapping[str, Any], error: str
) -> None:
    status, said = await site.send(FAILED, **more)
    assert (status, said["error"]) == (401, error)
    assert said["problems"][0]
    assert await site.alerts() == []


async def test_one_of_several_signatures_is_enough(site: Site) -> None:
    body, at = json.dumps(FAILED).encode(), int(NOW.timestamp())
    both = f"v1,{sign('evt-1', at, body, 'an old secret that was changed')} v1,{sign('evt-1', at, body, SECRET)}"
    assert (await site.send(body, headers={"webhook-signature": both}))[0] == 202


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (b"{", "no JSON"),
        (b"[" * 50_000, "no JSON"),
        (b"\xff", "no JSON"),
        ([], "the body"),
        ({"type": "run.failed"}, "run: Field required"),
        ({**FAILED, "run": {"id": "1"}}, "run.name: Field required"),
        ({**FAILED, "run": {**FAILED["run"], "colour": "red"}}, "run.colour: is not known"),
        ({**FAILED, "type": "run.exploded"}, "type:"),
        ({**FAILED, "rule": "nothing"}, "rule: must be one of failed-pipelines, stuck-pipelines"),
        ({**FAILED, "run": {"id": "1", "name": "a", "finished_at": "soon"}}, "run.finished_at:"),
        ({**FAILED, "run": {"id": "1", "name": "a", "url": "javascript:alert(1)"}}, "run.url:"),
    ],
)
async def test_an_event_that_cannot_be_used_is_told_what_to_change(site: Site, event: object, problem: str) -> None:
    status, said = await site.send(event)
    assert (status, said["error"]) == (400, "invalid_event")
    assert any(problem in one for one in said["problems"]), said
    assert await site.alerts() == []


async def test_an_event_is_bounded(site: Site) -> None:
    status, said = await site.send(b" " * (BODY_BYTES + 1))
    assert (status, said["error"]) == (413, "too_large")


async def test_a_store_that_is_gone_has_the_event_sent_again(site: Site) -> None:
    await site.store.close()
    (site.folder / "store.db").unlink()
    (site.folder / "store.db").mkdir()
    status, said = await site.send(FAILED)
    assert (status, said["error"]) == (503, "store_unavailable")


async def test_what_the_catalogue_knows_of_the_run_is_told_too(site: Site) -> None:
    name = fail_a_pipeline(site.folder / "catalog.db", NOW.astimezone(SEOUL))
    run = {"id": 15, "name": name, "error": "CUDA out of memory", "url": "https://flow.example.com/15"}
    await site.send({"type": "run.failed", "run": run, "source": "airflow", "severity": "critical"})
    [alert] = await site.alerts()
    assert (alert.kind, alert.severity, alert.last_at) == ("failed", "critical", NOW)
    told = alert.details
    assert told["log_path"].endswith("error.log")
    assert (told["error"], told["url"], told["source"]) == ("CUDA out of memory", run["url"], "airflow")
    assert told["owner"]


async def test_a_run_that_completes_ends_the_alert(site: Site) -> None:
    ended = {**FAILED["run"], "finished_at": "2026-11-21T15:00:00"}
    await site.send({"type": "run.failed", "run": ended})
    [alert] = await site.alerts()
    assert alert.last_at == NOW, "a time without a zone is the catalogue's"
    again = {**ended, "id": "af-78", "finished_at": "2026-11-21T05:00:00Z"}
    await site.send({"type": "run.completed", "run": again}, key="evt-2")
    assert len(await site.alerts()) == 1, "a run that was well before the failure ends nothing"
    await site.send({"type": "run.completed", "run": {**again, "finished_at": "2026-11-21T07:10:00Z"}}, key="evt-3")
    assert await site.alerts() == []
    resolved = await site.store.alerts.by_id(alert.alert_id)
    assert resolved is not None
    assert resolved.resolution == {"run_id": "af-78", "name": "churn-train", "finished_at": "2026-11-21T07:10:00+00:00"}


async def test_without_a_catalogue_the_report_alone_is_told(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        (tmp_path / "catalog.db").unlink()
        assert (await site.send(FAILED))[0] == 202
        assert [alert.name for alert in await site.alerts()] == ["churn-train"]


@given(st.binary(max_size=300))
def test_no_body_breaks_the_reading(body: bytes) -> None:
    with pytest.raises(EventError, match=r"the body|Field required"):
        read_event(body)


@given(st.dictionaries(st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]), st.text(max_size=50)))
def test_no_header_breaks_the_check(headers: dict[str, str]) -> None:
    signed = read_headers(headers)
    assert isinstance(signed, str) or check(signed, b"{}", SECRET, NOW) in ("forged", "old")


def test_a_secret_that_only_looks_like_base64_is_its_own_bytes() -> None:
    assert sign("a", 1, b"", "whsec_!!!") != sign("a", 1, b"", "whsec_???")
