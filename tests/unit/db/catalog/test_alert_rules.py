"""alerts.yml: read with errors that name the line; the sample's rule finds what has failed."""

from pathlib import Path

import pytest

from db.catalog.alert_rules import COLUMNS, Rule, RulesError, load_rules
from db.catalog.catalog import Catalog
from db.catalog.sample import SAMPLE_RULES
from db.catalog.table import Table

RULE = "  - name: failed\n    sql: SELECT 1\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: 'rules' is missing"),
        ("rules: []", "1: 'rules': "),
        ("rules:\n" + RULE + "    cron: hourly", "4: 'rules.0.cron' is not a known setting"),
        ("rules:\n" + RULE + "  - name: other", "4: 'rules.1.sql' is missing"),
        ("rules:\n  - name: Not A Name\n    sql: SELECT 1", "2: 'rules.0.name'"),
        ("rules:\n  - name: empty\n    sql: ' '", "3: 'rules.0.sql'"),
        ("rules:\n" + RULE + RULE, "4: there is a rule 'failed' already"),
        ("rules: [", "1: is not valid YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "alerts.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_rules(file)
    assert str(caught.value).startswith(f"{file}:{said}")


def test_a_file_that_is_not_there_is_told_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="set ALERT_RULES to a file"):
        load_rules(tmp_path / "alerts.yml")


async def test_the_samples_rule_finds_the_one_pipeline_that_failed(catalog: Catalog) -> None:
    (rule,) = load_rules(SAMPLE_RULES)
    table = await catalog.query(rule.sql)
    assert rule.missing(table) == ()
    assert [dict(zip(table.columns, row, strict=True)) for row in table.rows] == [
        {
            "id": 9,
            "name": "lstm-log-exp01",
            "project": "log-anomaly",
            "owner": "정하은",
            "dataset": "syslog-2024h1",
            "gpu": "T4",
            "started_at": "2024-09-10 10:00:00",
            "finished_at": "2024-09-10 10:15:00",
        }
    ]


def test_a_rule_knows_which_columns_are_missing() -> None:
    assert Rule(name="r", sql="SELECT 1").missing(Table(COLUMNS[::-1], ())) == ()
    assert Rule(name="r", sql="SELECT 1").missing(Table(("id", "name"), ())) == COLUMNS[2:]
