"""The rules' diagnosis: the root of the failure where one is known, and never a wrong one."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agent.failures.cause import UNKNOWN
from agent.failures.diagnosis import diagnose, is_calling, told
from agent.failures.signatures import codes
from agent.messages import LANGUAGES, has
from db.catalog.sample import logs

HERE = Path(__file__).parent


def cases(*names: str) -> list[dict[str, Any]]:
    return [case for name in names for case in yaml.safe_load((HERE / f"{name}.yml").read_text("utf-8"))]


FAILED = cases("tails_before", "tails_after", "tails_mixed", "tails_field")
HEALTHY = cases("healthy")


@pytest.mark.parametrize("case", FAILED, ids=[f"{at}-{case['code']}" for at, case in enumerate(FAILED)])
def test_the_end_of_a_log_has_the_cause_that_a_colleague_would_name(case: dict[str, Any]) -> None:
    lines = case["tail"].split("\n")
    cause = diagnose(lines, "en")
    assert cause.code == case["code"], cause.evidence
    assert cause.engine == "offline"
    assert 1 <= len(cause.evidence) <= 3
    assert all(line in lines for line in cause.evidence), "verbatim"


@pytest.mark.parametrize("case", HEALTHY, ids=[case["why"] for case in HEALTHY])
def test_where_none_stands_none_is_named(case: dict[str, Any]) -> None:
    cause = diagnose(case["tail"].split("\n"), "ko")
    assert cause.code == UNKNOWN, cause.evidence
    assert not cause.is_known


def test_there_are_enough_cases_and_each_cause_has_one() -> None:
    assert len(FAILED) >= 60
    assert len(HEALTHY) >= 20
    assert {case["code"] for case in FAILED} >= codes()


def test_an_unknown_cause_shows_the_last_lines_that_tell_of_an_error() -> None:
    cause = diagnose(["ERROR a", "INFO b error", "ERROR c failed", "ERROR d", "FATAL e", "INFO bye"], "en")
    assert (cause.code, cause.evidence) == (UNKNOWN, ("ERROR c failed", "ERROR d", "FATAL e"))
    assert diagnose([], "en").evidence == ()


def test_the_teams_own_line_stands_before_the_error() -> None:
    lines = [
        "Traceback (most recent call last):",
        '  File "/app/train.py", line 187, in main',
        "    loss.backward()",
        '  File "/opt/conda/lib/python3.11/site-packages/torch/_tensor.py", line 522, in backward',
        "    torch.autograd.backward(",
        "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.",
    ]
    assert diagnose(lines, "en").evidence == (lines[1], lines[5])
    assert diagnose([lines[1], *lines[:1], lines[5]], "en").evidence == (lines[5],), "another traceback's frame is none"


def test_lines_that_would_call_somebody_are_no_evidence() -> None:
    lines = ["ERROR <!channel> look", "ERROR @here look", "ERROR x", "CUDA out of memory <@U1>", "CUDA out of memory"]
    assert diagnose(lines, "en").evidence == ("CUDA out of memory",)
    assert diagnose(lines[:3], "en").evidence == ("ERROR x",)
    assert is_calling("&lt;!channel&gt;")


def test_an_unknown_exception_is_called_by_its_name() -> None:
    lines = ["Traceback (most recent call last):", "ZeroDivisionError: division by zero"]
    assert "ZeroDivisionError" in diagnose(lines, "ko").headline


@pytest.mark.parametrize("code", sorted({*codes(), UNKNOWN}))
def test_each_cause_has_its_sentences_in_both_languages(code: str) -> None:
    for language in LANGUAGES:
        cause = told(code, language, name="ZeroDivisionError")
        assert cause.headline.endswith(".")
        assert 2 <= len(cause.advice) <= 4
        assert not re.search(r"https?://|<|@", " ".join((cause.headline, *cause.advice)))
    assert not has(f"cause-{code}-5")


@pytest.mark.parametrize("what", logs.FAILURES)
def test_what_runs_of_the_sample_fail_of_is_known(what: str) -> None:
    text = (Path(logs.__file__).parent / f"{what}.log").read_text("utf-8")
    lines = re.sub(r"^@\d+% ", "2026-11-21 10:00:00 ", text, flags=re.MULTILINE).split("\n")
    assert diagnose(lines, "ko").code == what


@pytest.mark.parametrize("what", ["stuck", "completed"])
def test_what_runs_of_the_sample_did_not_fail_of_is_unknown(what: str) -> None:
    text = (Path(logs.__file__).parent / f"{what}.log").read_text("utf-8")
    assert diagnose(text.split("\n"), "ko").code == UNKNOWN


@given(st.lists(st.text(max_size=120), max_size=40))
def test_whatever_stands_in_a_log_the_evidence_is_of_it(lines: list[str]) -> None:
    cause = diagnose(lines, "en")
    assert all(line in lines for line in cause.evidence)
    assert len(cause.evidence) <= 3


_WORDS = st.sampled_from(
    ["loss", "nan", "Error", "KeyError: ", "epoch 3", 'File "', "Killed", "<!channel>", "403", "INFO"]
)


@given(st.lists(st.lists(_WORDS, max_size=6).map(" ".join), max_size=12))
def test_no_evidence_ever_calls_anybody(lines: list[str]) -> None:
    assert not any(is_calling(line) for line in diagnose(lines, "ko").evidence)
