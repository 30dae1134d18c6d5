"""`python -m benchmarks.offline`: what slips cost the offline engine, and its turns at scale beside the sample's."""

import asyncio
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from agent.answer import Ask, ThreadKey
from benchmarks.big_catalog import build_big
from benchmarks.ours import settings_for
from benchmarks.slip_cost import Judged, judge_all, read, typed
from benchmarks.slips import SLIPS
from bot.__main__ import open_services
from bot.services import Services
from db.catalog.sample import build_sample

EACH: Final = 12
BY_NAME: Final = (
    ("users", "{}의 프로젝트 보여줘"),
    ("users", "{} 이메일 뭐야"),
    ("users", "{}의 실패한 파이프라인 몇 개야?"),
    ("projects", "{} 프로젝트 담당자 누구야?"),
    ("projects", "who owns {}?"),
    ("projects", "{} 프로젝트의 파이프라인은 몇 개야?"),
    ("datasets", "{} 데이터셋 크기는?"),
    ("pipelines", "{} 상태 알려줘"),
    ("models", "{} 모델 F1 얼마야?"),
)
OF_ALL: Final = (
    *("실패한 파이프라인 몇 개야?", "실행 중인 파이프라인 보여줘", "프로덕션 모델 중 F1 제일 높은 거"),
    *("H100 쓴 파이프라인 최근 5개", "GPU별 파이프라인 수", "지난달 시작한 파이프라인 몇 개야"),
    *("오탐 적은 모델 추천해줘", "데이터셋 평균 용량", "팀별 파이프라인 수", "파이프라인 제일 많이 돌린 팀"),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Turns in ms, by the processor's time of the bot's process; `waited_*` is what whoever asks waits.

    Memory in MB: before the catalogue is opened, and the most after it was asked.
    """

    p50: float
    p95: float
    waited_p95: float
    waited_most: float
    base_mb: float
    asked_mb: float
    names: int


def main(arm: str) -> None:
    if arm in ("slips", "all"):
        asyncio.run(show_slips())
    if arm in ("scale", "all"):
        show_scale()


async def show_slips() -> None:
    """Prints each kind of slip: right, asked back, rows that are wrong, and the points it costs."""
    with tempfile.TemporaryDirectory(prefix="mlops-slips-") as folder:
        build_sample(Path(folder, "catalog.db"))
        async with open_services(settings_for("http://127.0.0.1:9/v1", folder, LLM_ENGINE="offline")) as services:
            questions = read()
            clean = {one.question.id: one for one in await judge_all(questions, services)}
            print(f"{'typed':<12}{'n':>5}{'right':>8}{'asked':>8}{'wrong':>8}{'cost':>8}")
            _print("as written", list(clean.values()), clean)
            for name, slip in SLIPS.items():
                asked = [q.model_copy(update={"id": f"{q.id}:{name}"}) for q in typed(questions, slip)]
                _print(name, await judge_all(asked, services), clean)
    print("cost: points of rightness below the same questions as written")


def _print(name: str, judged: Sequence[Judged], clean: dict[str, Judged]) -> None:
    count = len(judged)
    share = {k: 100 * sum(one.outcome == k for one in judged) / count for k in ("right", "asked", "wrong")}
    before = sum(clean[one.question.id.removesuffix(f":{name}")].outcome == "right" for one in judged)
    cost = 100 * before / count - share["right"]
    print(f"{name:<12}{count:>5}" + "".join(f"{share[k]:>8.1f}" for k in share) + f"{cost:>8.1f}", flush=True)


def show_scale() -> None:
    """Prints turns on a catalogue of 50,000 names and a million runs, beside the sample's in the same run."""
    heads = ("names", "cpu p50", "cpu p95", "ratio", "p95 ms", "max ms", "+MB")
    print(f"\n{'catalogue':<24}" + "".join(f"{head:>9}" for head in heads))
    with tempfile.TemporaryDirectory(prefix="mlops-scale-") as folder:
        small, big = Path(folder, "small"), Path(folder, "big")
        for each in (small, big):
            each.mkdir()
        build_sample(small / "catalog.db")
        build_big(big / "catalog.db")
        base = asyncio.run(turns(small))
        for name, found in (("sample", base), ("50,000 names, 1 M runs", asyncio.run(turns(big)))):
            figures = (found.p50, found.p95, found.p95 / base.p95)
            print(f"{name:<24}{found.names:>9}" + "".join(f"{figure:>9.1f}" for figure in figures), end="")
            print(
                f"{found.waited_p95:>9.0f}{found.waited_most:>9.0f}{found.asked_mb - found.base_mb:>9.0f}", flush=True
            )
    print(f"load: {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors", flush=True)


async def turns(folder: Path) -> Figures:
    """Asks by names that stand there, by names one slip away, and about all rows."""
    questions = list(questions_about(folder / "catalog.db"))
    base = _rss_mb()
    async with open_services(settings_for("http://127.0.0.1:9/v1", str(folder), LLM_ENGINE="offline")) as services:
        for question in OF_ALL:
            await _ask(services, question)
        took = [await _ask(services, question) for question in questions]
        names = len(services.catalog.values)
    spent, waited = (sorted(each) for each in zip(*took, strict=True))
    last = int(len(took) * 0.95)
    return Figures(statistics.median(spent), spent[last], waited[last], waited[-1], base, _rss_mb(), names)


def questions_about(path: Path) -> Iterator[str]:
    chance = random.Random(3)
    with closing(sqlite3.connect(path)) as database:
        for table, question in BY_NAME:
            names = [name for (name,) in database.execute(f"SELECT DISTINCT name FROM {table} ORDER BY id LIMIT 9999")]
            chosen = chance.sample(names, min(EACH, len(names)))
            yield from (question.format(name) for name in chosen)
            yield from (SLIPS["one key"](question.format(name), chance) for name in chosen[: EACH // 4])
    yield from OF_ALL


async def _ask(services: Services, question: str) -> tuple[float, float]:
    """The processor's time, and the time that passed, in ms."""
    began = time.process_time(), time.perf_counter()
    key = uuid.uuid4().hex
    await services.agent.run_turn(Ask(key, ThreadKey("T1", "C1", key), "U1", question, datetime.now(UTC)))
    return (time.process_time() - began[0]) * 1000, (time.perf_counter() - began[1]) * 1000


def _rss_mb() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "all")
