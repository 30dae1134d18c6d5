"""The rules' answer to why a pipeline failed: the signature nearest to the root of what its log ends with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from agent.failures.cause import UNKNOWN, Cause
from agent.failures.signatures import RANKS, Signature, signatures
from agent.messages import has, say
from db.catalog.meaning import Language

_SHOWN: Final = 3
_MOST_ADVICE: Final = 4
_HEALED_BY: Final = 3
"""So many steps of progress behind an error say that the run went on."""
_FRAMES_WITHIN: Final = 40
_LINE_CHARS: Final = 500

_WRAPPED: Final = re.compile(
    r"^(?:\[[^\]]{1,40}\] \{(?:subprocess|pod_manager|logging_mixin|docker|standard_task_runner)\.py:\d+\} INFO - "
    r"(?:\[base\] |Job \d+: Subtask \S+ )?"  # Airflow logs at INFO what its commands print
    r"|\[(?:rank|default)?\d+(?:,\d+)?\](?:<std(?:err|out)>)?: ?"
    r"|\(\w+ pid=\d+(?:, ip=[\d.]+)?\) )"
)
_QUIET: Final = re.compile(
    r"^.{0,60}?(?:\b(?:INFO|DEBUG|WARNING|WARN|NOTICE|TRACE)\b|\blevel=(?:info|debug|warn)|\w*[Ww]arning: )"
    r"|^[IWD]\d{4} |: [IWD] tensorflow/| PASSED\b"
)
_TRACEBACK: Final = "Traceback (most recent call last)"
_FRAME: Final = re.compile(r'^\s{0,12}File "(?P<file>[^"]{1,300})", line \d+')
_ARROW: Final = re.compile(r"-{2,4}> ?\d+ ")
"""The line of a notebook's traceback at which it stopped."""
_LIBRARIES: Final = ("site-packages", "dist-packages", "/lib/python", "<frozen", "<string>")
_CHAINED: Final = "During handling of the above exception, another exception occurred"
_PROGRESS: Final = re.compile(
    r"\b(?:epoch|step|iter(?:ation)?|round|trial)\b[ :=#\[(]{0,3}\d+|(?:에폭|스텝)\s?\d+"
    r"|\b\d+/\d+\b.{0,80}(?:it/s|s/it|\bloss\b)",
    re.IGNORECASE,
)
_SUCCESS: Final = re.compile(
    r"\b(?:training|run|job|task|pipeline|fit|script)\b.{0,40}\b(?:completed|finished|succeeded)\b"
    r"|\bexit(?:ed)?(?: with)? (?:code|status)[ :=]{0,3}0\b|학습 완료",
    re.IGNORECASE,
)
_FAILING: Final = re.compile(
    r"\b(?:errors?|exception|fatal|critical|fail(?:ed|ure|ing)?|abort(?:ed|ing)?|killed|denied|rejected)\b|\w(?:Error|Exception)\b"
    r"|오류|실패|에러",
    re.IGNORECASE,
)
_CALLING: Final = re.compile(r"<[!@#]|@(?:channel|here|everyone)\b|&lt;[!@#]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Match:
    at: int
    signature: Signature
    name: str


def diagnose(lines: Sequence[str], language: Language) -> Cause:
    """The cause that stands in the last lines of a log, or UNKNOWN with the last lines that tell of an error.

    An error that the run got over is none, and neither is one that is only spoken of at INFO.
    """
    plain = tuple(_WRAPPED.sub("", line[:_LINE_CHARS]) for line in lines)
    healed = _healed_until(plain)
    matches = [match for match in _matches(plain) if match.at >= healed]
    for rank in RANKS:
        ranked = [match for match in matches if match.signature.rank == rank]
        if ranked:
            found = ranked[-1] if rank == "last" else ranked[0]
            alike = [match.at for match in matches if match.signature.code == found.signature.code]
            evidence = _evidence(plain, lines, found.at, alike)
            return told(found.signature.code, language, evidence, name=found.name)
    return told(UNKNOWN, language, last_errors(lines))


def told(code: str, language: Language, evidence: Sequence[str] = (), *, name: str = "") -> Cause:
    """The cause `code` in the words of the catalogue of sentences."""
    keys = (f"cause-{code}-{n}" for n in range(1, _MOST_ADVICE + 1))
    advice = tuple(say(key, language) for key in keys if has(key))
    return Cause(code, say(f"cause-{code}", language, name=name), tuple(evidence), advice)


def last_errors(lines: Sequence[str]) -> tuple[str, ...]:
    """The last lines that tell of an error, else the very last; none that would call somebody in Slack."""
    shown = [line for line in lines if line.strip() and not is_calling(line)]
    failing = [line for line in shown if _FAILING.search(line) and not _QUIET.search(line)]
    return tuple((failing or shown)[-_SHOWN:])


def is_calling(text: str) -> bool:
    """Whether a text would call somebody, or everybody, where Slack reads it."""
    return _CALLING.search(normalize("NFKC", text)) is not None


def _matches(plain: Sequence[str]) -> Iterator[_Match]:
    is_traced = False
    for at, line in enumerate(plain):
        is_traced = is_traced or _TRACEBACK in line
        if _is_code(at, plain):
            continue
        is_quiet, low = _QUIET.search(line) is not None, line.lower()
        for signature in signatures():
            if (is_quiet and not signature.loud) or (signature.rank == "last" and not is_traced):
                continue
            found = signature.find(line, low)
            if found and not (signature.soft and _is_caught(at, plain)):
                yield _Match(at, signature, found.groupdict().get("name") or "")
                break


def _is_code(at: int, plain: Sequence[str]) -> bool:
    """Whether the line is a frame of a traceback or the code that stands in one: it names errors that did not come."""
    line = plain[at]
    is_below = at > 0 and _FRAME.match(plain[at - 1]) is not None and line[:4].isspace()
    return is_below or _FRAME.match(line) is not None or _ARROW.match(line) is not None


def _is_caught(at: int, plain: Sequence[str]) -> bool:
    """Whether another exception came while that of this line was being handled."""
    behind = (line for line in plain[at + 1 : at + 4] if line.strip())
    return any(_CHAINED in line for line in behind)


def _healed_until(plain: Sequence[str]) -> int:
    """So many lines at the beginning tell of what the run got over: it went on behind them, or came to a good end."""
    steps = 0
    for at in range(len(plain) - 1, -1, -1):
        line = plain[at]
        if _FAILING.search(line):
            continue
        if _SUCCESS.search(line):
            return at
        if _PROGRESS.search(line) and not any(one.find(line, line.lower()) for one in signatures() if one.loud):
            steps += 1
            if steps == _HEALED_BY:
                return at
    return 0


def _evidence(plain: Sequence[str], lines: Sequence[str], at: int, alike: Sequence[int]) -> tuple[str, ...]:
    """The line of the team's own code that led there, the line that tells, and one more that tells the same."""
    chosen = [at, *[other for other in alike if plain[other] != plain[at]][:1]]
    if (frame := _own_frame(plain, at)) is not None:
        chosen.append(frame)
    return tuple(lines[one] for one in sorted(set(chosen)) if not is_calling(lines[one]))[:_SHOWN]


def _own_frame(plain: Sequence[str], at: int) -> int | None:
    """The last frame before `at`, in the same traceback, that is not of a library."""
    for before in range(at - 1, max(-1, at - _FRAMES_WITHIN), -1):
        if _TRACEBACK in plain[before]:
            return None
        frame = _FRAME.match(plain[before])
        if frame and not any(part in frame["file"] for part in _LIBRARIES):
            return before
    return None
