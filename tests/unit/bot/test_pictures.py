"""Charts as pictures: every kind, in both languages, however many and however long; and the process that draws them."""

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from agent.chart import (
    MAX_CATEGORIES,
    MAX_POINTS,
    MAX_RUNS,
    MAX_SERIES,
    MAX_STEPS,
    Chart,
    ChartKind,
    Point,
    Run,
    Series,
    dump,
)
from bot.charts import paper
from bot.charts.child import serve
from bot.charts.frames import HEAD
from bot.charts.picture import MAX_BYTES, draw
from bot.charts.pictures import NoPicture, Pictures
from db.catalog.meaning import Language
from tests.unit.agent.test_chart import CHARTS

START = datetime(2026, 11, 20, 8)
LONG = "아주-길고-긴-이름-wafer-defect-yolov8m-" * 3
BARS = Chart("bar", "팀별 모델 수", ("비전팀", "NLP팀"), (Series("모델 수", (7.0, 3.0)),))


def many(kind: ChartKind, count: int, series: int = 1, name: str = "이름") -> Chart:
    values = tuple(float((at * 7) % 23 - 3) for at in range(count))
    lines = tuple(Series(f"{name} {at}", values) for at in range(series))
    names = tuple(f"{name[:100]} {at}" for at in range(count))
    return Chart(kind, f"{name[:100]} {kind}", names, lines, x_label="x", y_label="y", unit="GB")


PICTURES = {
    "two bars": BARS,
    "one bar": Chart("bar", "One", ("a",), (Series("v", (5.0,)),)),
    "nothing but zero": Chart("bar", "Zero", ("a", "b"), (Series("v", (0.0, 0.0)),)),
    "negative": Chart("bar", "증감", ("1월", "2월"), (Series("증감", (-3.5, 2.0)),)),
    "negative, lying": Chart("bar", "증감", (LONG[:90], "b"), (Series("증감", (-3.5, 2.0)),)),
    "forty bars": many("bar", MAX_CATEGORIES),
    "long names": many("bar", 6, name=LONG),
    "twelve series": many("grouped_bar", 3, MAX_SERIES),
    "many groups": many("grouped_bar", MAX_CATEGORIES, 4),
    "gaps": Chart("grouped_bar", "t", ("a", "b"), (Series("s", (1.0, None)), Series("u", (None, 2.0)))),
    "markup": Chart("bar", "$x_1$ <b> & \\frac", ("$a^2$", "😀 {}"), (Series("$v$", (1e9, 0.0001)),)),
    "a long title": Chart("bar", LONG[:150], ("a", "b"), (Series("s", (1.0, 2.0)),), cut=3, blank=1),
    "a line": Chart("line", "월별", ("2026-01", "2026-02", "2026-03"), (Series("n", (3.0, None, 9.0)),), unit="%"),
    "a long line": many("line", MAX_STEPS, 2),
    "twelve lines": many("line", 5, MAX_SERIES),
    "a line of one": Chart("line", "t", ("2026",), (Series("n", (3.0,)),)),
    "two points": Chart("scatter", "t", points=(Point("a", 1.0, 2.0), Point("b", 3.0, -4.0)), x_label="x", y_label="y"),
    "one point": Chart("scatter", "t", points=(Point("a", 0.0, 0.0),)),
    "a crowd": Chart(
        "scatter", "t", points=tuple(Point(f"m{at}", at * 37 % 101, at * 53 % 97) for at in range(MAX_POINTS))
    ),
    "points on each other": Chart("scatter", "t", points=tuple(Point(f"모델 {at}", 1.0, 1.0) for at in range(20))),
    "a plane": Chart("precision_recall", "t", points=(Point("a", 78.9, 95.2), Point("b", 94.8, 84.2)), unit="%"),
    "a plane of one": Chart("precision_recall", "t", points=(Point("a", 100.0, 100.0),), unit="%"),
    "a plane at zero": Chart("precision_recall", "t", points=(Point("a", 0.0, 0.0), Point("b", 0.0, 50.0)), unit="%"),
    "runs of minutes": Chart("gantt", "t", runs=(Run("a", START, START + timedelta(minutes=5)),)),
    "runs of hours": Chart(
        "gantt", "t", until=START + timedelta(hours=30),
        runs=tuple(Run(f"r{at}", START + timedelta(hours=at), None, f"상태 {at % 9}") for at in range(12)),
    ),
    "runs of years": Chart(
        "gantt", "t", until=datetime(2026, 11, 21),
        runs=(Run(LONG[:110], datetime(2012, 1, 1), datetime(2012, 1, 2), "완료"), Run("b", START, None, "실행 중")),
    ),
    "runs at one moment": Chart("gantt", "t", runs=(Run("a", START, START), Run("b", START, START))),
    "forty runs": Chart(
        "gantt", "t", runs=tuple(
            Run(f"r{at}", START + timedelta(days=at), START + timedelta(days=at + 9)) for at in range(MAX_RUNS)
        ),
    ),
}  # fmt: skip


IN_ENGLISH = ("a long title", "a plane", "runs of hours")


@pytest.mark.parametrize(("name", "language"), [*((n, "ko") for n in PICTURES), *((n, "en") for n in IN_ENGLISH)])
def test_a_picture_is_a_png_that_a_phone_loads_at_once(name: str, language: Language) -> None:
    data = draw(PICTURES[name], language)
    assert len(data) <= MAX_BYTES
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        assert image.width > 600
        assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255), "on white"
        assert len(image.convert("L").getcolors() or ()) > 10, "there is something on it"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(CHARTS, st.sampled_from(["ko", "en"]))
def test_every_valid_chart_can_be_drawn(chart: Chart, language: Language) -> None:
    assert draw(chart, language).startswith(b"\x89PNG")


def test_hangul_has_its_letters(caplog: pytest.LogCaptureFixture) -> None:
    draw(BARS, "ko")
    assert "Glyph" not in caplog.text
    assert paper.family()[0] == "NanumGothic"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("wafer", "wafer"),
        ("wafer-defect-yolov8m-small-images v2.0", "wafer-defect-yo…mall-images v2.0"),
        ("가나다라마바사아자차카타파하가나다라", "가나다라마바사…하가나다라"),
    ],
)
def test_names_are_cut_in_the_middle_by_their_width(name: str, short: str) -> None:
    cut = paper.short(name)
    assert paper.columns(cut) <= 30
    assert (cut == name) == (paper.columns(name) <= 30)
    assert cut[0] == name[0]
    assert cut[-1] == name[-1]


# --- the process


def is_running(pictures: Pictures) -> bool:
    """A call, because it changes between two lines."""
    return pictures.is_running


@pytest.fixture
async def pictures() -> AsyncIterator[Pictures]:
    drawing = Pictures()
    yield drawing
    await drawing.close()


async def test_one_process_draws_one_picture_after_another(pictures: Pictures) -> None:
    assert not is_running(pictures)
    first, second = await asyncio.gather(pictures.png(BARS, "ko"), pictures.png(PICTURES["a plane"], "en"))
    assert first.startswith(b"\x89PNG")
    assert second.startswith(b"\x89PNG")
    assert first != second
    assert is_running(pictures)
    await pictures.close()
    assert not is_running(pictures)


async def test_a_process_that_dies_is_followed_by_another(pictures: Pictures) -> None:
    await pictures.png(BARS, "ko")
    assert pictures._process is not None
    os.kill(pictures._process.pid, signal.SIGKILL)
    with pytest.raises(NoPicture, match="bar: "):
        await pictures.png(BARS, "ko")
    assert (await pictures.png(BARS, "ko")).startswith(b"\x89PNG")


async def test_a_picture_that_takes_too_long_ends_its_process() -> None:
    sleeping = Pictures((sys.executable, "-c", "import sys; sys.stdin.buffer.read()"), start_s=0.2, draw_s=0.1)
    with pytest.raises(NoPicture, match="TimeoutError"):
        await sleeping.png(BARS, "ko")
    assert not is_running(sleeping)


@pytest.mark.parametrize(
    "code", ["", "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\0'); sys.stdout.flush(); sys.stdin.read()"]
)
async def test_a_process_that_draws_nothing_is_no_picture(code: str) -> None:
    broken = Pictures((sys.executable, "-c", code))
    with pytest.raises(NoPicture):
        await broken.png(BARS, "ko")
    assert not is_running(broken)


async def test_a_process_that_cannot_be_started_is_no_picture() -> None:
    with pytest.raises(NoPicture, match="FileNotFoundError"):
        await Pictures(("/nowhere/python",)).png(BARS, "ko")


async def test_a_process_that_nobody_asks_is_let_go() -> None:
    drawing = Pictures(idle_s=0)
    await drawing.png(BARS, "ko")
    later = asyncio.Event()
    asyncio.get_running_loop().call_later(0, later.set)
    await later.wait()
    assert not is_running(drawing)
    assert (await drawing.png(BARS, "ko")).startswith(b"\x89PNG")
    await drawing.close()


async def test_who_waits_no_longer_takes_the_process_along(pictures: Pictures) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await pictures.png(BARS, "ko")
    assert not is_running(pictures)


def test_the_process_answers_until_its_input_ends() -> None:
    asked = [{"chart": dump(BARS), "language": "ko"}, {"chart": None, "language": "ko"}]
    bodies = [json.dumps(one).encode() for one in asked]
    inlet = io.BytesIO(b"".join(HEAD.pack(len(body)) + body for body in bodies))
    outlet = io.BytesIO()
    serve(inlet, outlet)
    answers = outlet.getvalue()
    (size,) = HEAD.unpack_from(answers)
    assert answers[HEAD.size : HEAD.size + 4] == b"\x89PNG"
    assert answers[HEAD.size + size :] == HEAD.pack(0), "what is no chart has no picture"


async def test_the_process_is_told_nothing_of_the_bots_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    tells = (
        "import os, sys; told = repr(os.environ).encode();"
        "sys.stdout.buffer.write(len(told).to_bytes(4, 'big') + told);"
        "sys.stdout.flush(); sys.stdin.read()"
    )
    telling = Pictures((sys.executable, "-c", tells))
    told = await telling.png(BARS, "ko")
    await telling.close()
    assert b"PYTHONPATH" in told
    assert b"SLACK" not in told
