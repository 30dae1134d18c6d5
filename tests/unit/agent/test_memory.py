"""What a thread remembers, and how much of it."""

from hypothesis import given
from hypothesis import strategies as st

from agent.memory import Focus, MemoryBounds, RememberedTurn, estimated_tokens, remember, shortened
from db.catalog.table import Table


def turn(number: int, answer: str = "세 건입니다.") -> RememberedTurn:
    return RememberedTurn(f"질문 {number}", answer, (f"SELECT {number}",), Table(("n",), ((number,),)))


def test_a_short_thread_is_remembered_whole() -> None:
    turns = [turn(1), turn(2)]
    memory = remember(turns)
    assert memory.turns == tuple(turns)
    assert memory.summary == ""


def test_older_turns_become_a_line_each_and_the_newest_stay_whole() -> None:
    turns = [turn(n, f"**{n}건**입니다.\n\n" + "자세한 설명입니다. " * 60) for n in range(1, 12)]
    memory = remember(turns)
    assert memory.turns[-1].question == "질문 11"
    assert 1 <= len(memory.turns) < 11
    assert memory.summary.splitlines()[0].startswith("- 질문 1 → 1건**입니다")
    assert len(memory.summary.splitlines()) + len(memory.turns) == 11


def test_the_last_turn_is_kept_whole_however_large() -> None:
    memory = remember([turn(1), turn(2, "가" * 5_000)], MemoryBounds(tokens=10))
    assert [t.question for t in memory.turns] == ["질문 2"]
    assert len(memory.turns[0].answer) <= 900


def test_a_very_long_thread_says_how_many_questions_it_left_out() -> None:
    memory = remember([turn(n) for n in range(400)], MemoryBounds(tokens=300))
    assert memory.summary.splitlines()[0].endswith("earlier questions)")


@given(st.lists(st.text(max_size=2_000), min_size=1, max_size=40))
def test_memory_never_outgrows_its_bounds_but_for_the_last_turn(answers: list[str]) -> None:
    bounds = MemoryBounds(tokens=600)
    memory = remember([turn(n, answer) for n, answer in enumerate(answers)], bounds)
    last = memory.turns[-1]
    kept = sum(estimated_tokens(" ".join((t.question, t.answer, *t.sql))) for t in memory.turns)
    own = estimated_tokens(" ".join((last.question, last.answer, *last.sql)))
    assert kept <= max(bounds.tokens, own)
    assert estimated_tokens(memory.summary) <= bounds.tokens // 3 + 20


@given(st.text(max_size=3_000), st.integers(2, 500))
def test_a_shortened_text_is_a_beginning_of_the_text(text: str, chars: int) -> None:
    short = shortened(text, chars)
    assert len(short) <= chars
    assert text.startswith(short.removesuffix("…"))


def test_a_text_is_cut_at_the_end_of_a_sentence() -> None:
    assert shortened("첫 문장입니다. 둘째 문장은 조금 더 깁니다.", 20) == "첫 문장입니다.…"


def test_the_label_of_a_focus_names_the_row() -> None:
    assert Focus("models", (("name", "wafer"), ("version", "v2.1"))).label == "wafer v2.1"
