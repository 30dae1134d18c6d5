"""Escaping, cutting and measuring."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.table import text_table
from bot.messages.text import clip, clip_escaped, escape, pad, pieces, width
from db.catalog.table import Table


def test_only_slacks_three_characters_are_escaped() -> None:
    assert escape("<a & b> 'c' \"d\"") == "&lt;a &amp; b&gt; 'c' \"d\""


@given(st.text(alphabet="ab<>& ", max_size=300), st.integers(10, 200))
def test_a_clipped_escape_is_short_enough_and_never_cut_in_two(text: str, limit: int) -> None:
    clipped = clip_escaped(text, limit)
    assert len(clipped) <= limit
    rest = clipped.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert not set(rest) & set("&<>")


@given(st.text(alphabet="가나 \nab", max_size=500), st.integers(5, 100))
def test_pieces_are_short_and_together_hold_every_letter(text: str, limit: int) -> None:
    cut = list(pieces(text, limit))
    assert all(0 < len(piece) <= limit for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_pieces_are_cut_at_paragraphs_first() -> None:
    assert list(pieces("하나 둘 셋\n\n넷 다섯\n여섯", 12)) == ["하나 둘 셋", "넷 다섯\n여섯"]


def test_clip_marks_what_was_cut() -> None:
    assert (clip("abc", 3), clip("abcd", 3)) == ("abc", "ab…")


def test_hangul_is_two_columns_wide_and_marks_none() -> None:
    assert (width("가a"), width("e\u0301"), width("\u200b")) == (3, 1, 0)
    assert (pad("가", 4), pad("가", 4, right=True)) == ("가  ", "  가")


def test_a_drawn_table_aligns_numbers_right_and_stops_at_its_room() -> None:
    table = Table(("name", "n"), (("김", 5), ("이서연", 120), ("박", None)))
    assert text_table(table, (), "ko", 100) == ("name      n\n김        5\n이서연  120\n박        –", 3)
    assert text_table(table, (), "ko", 25)[1] == 1
