"""The look for failures, as a job."""

from bot.alerts.finding.scan import Scan
from bot.jobs import Job
from bot.parts import Parts


def register(parts: Parts) -> Job | None:
    if parts.alerts is None:
        return None
    scan = Scan(parts.alerts)
    return Job(scan.every_s, scan.tick)
