"""Summaries of the day, looked at each half minute."""

from typing import Final

from bot.alerts.telling.daybook import Daybook
from bot.alerts.telling.digest_charts import DigestCharts
from bot.alerts.telling.digests import Digests
from bot.jobs import Job
from bot.parts import Parts

EVERY_S: Final = 30.0


def register(parts: Parts) -> Job | None:
    alerting = parts.alerts
    if alerting is None:
        return None
    daybook = Daybook(alerting.store, alerting.catalog, alerting.rules, alerting.zone)
    digests = Digests(
        alerting.store,
        alerting.rules,
        daybook,
        alerting.voices,
        alerting.default_channel,
        alerting.clock,
        alerting.wake.set,
        alerting.sight.may_be_told_all,
    )
    charts = DigestCharts(alerting.store, parts.charts, parts.replies, alerting.voices, alerting.clock)

    async def tick() -> None:
        await digests.tick()
        await charts.tick()

    return Job(EVERY_S, tick)
