"""What `doctor` says of the alerts: the rules are read, and each of their queries is run once."""

from collections.abc import Awaitable, Iterator
from datetime import timedelta
from typing import Final

from bot.settings import Settings
from bot.terminal.findings import Finding
from db.catalog.alerts.queries import PAGE, RunQueries, with_since
from db.catalog.alerts.reading import read_runs
from db.catalog.alerts.rules import COLUMNS, FOUND_COLUMNS, AlertRules, RulesError, load_rules, missing
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable, QueryError
from db.catalog.sample import SAMPLE_RULES
from db.catalog.semantics_file import SemanticsError
from db.catalog.table import Table

RUNS: Final = "runs"
_LONG_AGO: Final = "1970-01-01 00:00:00"


async def check_alerts(settings: Settings) -> Finding:
    """Reads the rules and runs each once over the catalogue."""
    file, place = settings.rules, str(settings.alert_channel or "the channels of the rules")
    if settings.slack_bot_token is None and settings.alert_channel is None:
        file, place = (
            settings.alert_rules or (SAMPLE_RULES if settings.uses_sample else None),
            "the playground's channel",
        )
    if file is None:
        return Finding("alerts", "off", "no ALERT_CHANNEL", "set it to have failed pipelines told in a channel")
    try:
        rules, skipped = load_rules(file), list[int]()
        async with await Catalog.open(settings.catalog_url, settings.semantics) as catalog:
            problems = [
                problem
                for name, sql, needed in _queries(rules, catalog.dialect)
                if (problem := await _problem(name, _read(catalog, rules, name, sql, skipped), needed))
            ]
    except RulesError as error:
        return Finding("alerts", "FAIL", str(error), "mend the file at ALERT_RULES")
    except (CatalogUnavailable, SemanticsError):
        return Finding("alerts", "FAIL", "the rules cannot be tried", "mend the catalogue first")
    if problems:
        return Finding("alerts", "FAIL", " ".join(problems), "mend the query in the file at ALERT_RULES")
    every = timedelta(seconds=settings.alert_every_s)
    each = (
        f"{rule.name} {rule.cron or f'every {(rule.every or every).total_seconds():.0f} s'}" for rule in rules.rules
    )
    told = f"{', '.join(each)} to {place}"
    if unread := max(skipped, default=0):
        return Finding("alerts", "ok", f"{told}; {unread} rows of runs are skipped", "shorten their id or finished_at")
    return Finding("alerts", "ok", told)


def _queries(rules: AlertRules, dialect: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each query under its name, with the columns that it must return; `runs` once for all that is drawn from it."""
    if rules.runs is not None:
        yield RUNS, RunQueries(rules, dialect).newest_failed(limit=PAGE), COLUMNS
    for rule in rules.rules:
        if rule.sql is not None:
            yield rule.name, with_since(rule.sql, _LONG_AGO, dialect), FOUND_COLUMNS
    for name, sql in (("new_models", rules.new_models), *((one.name, one.new_models) for one in rules.digests)):
        if sql is not None:
            yield name, with_since(sql, _LONG_AGO, dialect), ("name",)


def _read(catalog: Catalog, rules: AlertRules, name: str, sql: str, skipped: list[int]) -> Awaitable[Table]:
    """What the query gives, as a look at it would."""
    if name != RUNS:
        return catalog.query(sql)
    return read_runs(catalog, RunQueries(rules, catalog.dialect), sql, skipped.append)


async def _problem(name: str, read: Awaitable[Table], needed: tuple[str, ...]) -> str:
    """What is wrong with a query, "" where it works."""
    try:
        table = await read
    except QueryError as error:
        return f"{name}: {error}"
    lacks = missing(table.columns, needed)
    return f"{name}: no column {', '.join(lacks)}." if lacks else ""
