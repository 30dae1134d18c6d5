"""alerts.yml: read whole, or refused with its line and what to do."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.catalog.alerts.rules import AlertRules, RulesError, load_rules, missing
from db.catalog.alerts.spans import QuietHours
from db.catalog.sample import SAMPLE_RULES

HEAD = "runs: SELECT 1\nrules:\n  - name: failed\n    find: failed\n"


def loaded(folder: Path, text: str) -> AlertRules:
    file = folder / "alerts.yml"
    file.write_text(text, encoding="utf-8")
    return load_rules(file)


def test_the_samples_rules_are_read() -> None:
    rules = load_rules(SAMPLE_RULES)
    assert [rule.kind for rule in rules.rules] == ["failed", "stuck"]
    assert rules.rule("failed-pipelines") is rules.rules[0]
    assert rules.rule("nothing") is None
    assert [digest.name for digest in rules.digests] == ["morning"]


def test_a_rule_says_who_when_and_how_often(tmp_path: Path) -> None:
    more = (
        "    mention: [U0123, owner]\n    cron: '*/5 * * * *'\n    quiet: 22:00-08:00\n"
        "    remind: {after: 10m}\n    escalate: {after: 1h, channel: C2}\n"
        "    routes: [{project: wafer*, channel: C3}, {severity: high, person: U9}]\n"
        "channels: {C1: {timezone: America/New_York, language: en}}\n"
    )
    rules = loaded(tmp_path, HEAD + more)
    (rule,) = rules.rules
    assert rule.mention == ("U0123", "owner")
    assert rule.quiet == QuietHours.parse("22:00-08:00")
    assert rule.escalate is not None
    assert rule.escalate.after == timedelta(hours=1)
    assert [(to.channel, to.person) for to in rule.routes] == [("C3", None), (None, "U9")]
    assert rules.channels["C1"].language == "en"


@pytest.mark.parametrize(
    ("more", "line", "advice"),
    [
        ("    severity: bad\n", 5, "severity"),
        ("    every: soon\n", 5, "write one like 90s"),
        ("    cron: every day\n", 5, "write five fields"),
        ("    cron: '61 * * * *'\n", 5, "write five fields"),
        ("    quiet: night\n", 5, "write them like 22:00-08:00"),
        ("    mention: '@kim'\n", 5, "mention"),
        ("    channel: '#alerts'\n", 5, "channel"),
        ("    sql: SELECT 1\n", 3, "either find: failed, find: stuck or sql:"),
        ("    every: 1m\n    cron: '* * * * *'\n", 3, "either every: or cron:"),
        ("    escalate: {after: 1h}\n", 5, "an escalation needs a channel"),
        ("    routes:\n      - {project: x}\n", 6, "a route needs either channel: C… or person: U…"),
        ("    colour: red\n", 5, "not a known setting"),
        ("  - name: failed\n    find: stuck\n", 5, "there is one called 'failed' already"),
        ("digests:\n  - {name: a, days: someday}\n", 6, "no days of the week"),
        ("digests:\n  - {name: a}\n  - {name: a}\n", 7, "there is one called 'a' already"),
        ("timezone: Asia/Pyeongchang\n", 5, "write one like Asia/Seoul"),
        ("channels: {C1: {language: fr}}\n", 5, "language"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, more: str, line: int, advice: str) -> None:
    with pytest.raises(RulesError) as error:
        loaded(tmp_path, HEAD + more)
    assert f"alerts.yml:{line}: " in str(error.value)
    assert advice in str(error.value)


def test_a_built_in_needs_the_query_of_all_runs(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"alerts.yml:3: find: needs the query `runs`"):
        loaded(tmp_path, "rules:\n  - name: failed\n    find: failed\n")


def test_a_file_without_rules_is_no_use(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="'rules'"):
        loaded(tmp_path, "runs: SELECT 1\nrules: []\n")


def test_a_result_is_told_what_it_lacks() -> None:
    assert missing(("id", "name"), ("id", "status", "name")) == ("status",)
