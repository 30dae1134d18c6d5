"""How an answer's Markdown looks in a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.markdown import draw_markdown


def bold_parts(markdown: str) -> list[str]:
    drawn = draw_markdown(markdown)
    return [drawn.plain[span.start : span.end] for span in drawn.spans if "bold" in str(span.style)]


def test_emphasis_before_a_korean_particle_leaves_no_asterisks() -> None:
    text = "상태는 모두 **완료(completed)**입니다."
    assert draw_markdown(text).plain == "상태는 모두 완료(completed)입니다."
    assert bold_parts(text) == ["완료(completed)"]


def test_paragraphs_lists_quotes_and_code_keep_their_shape() -> None:
    text = (
        "첫째\n\n**제목**\n- 하나 `a.b`\n  - 안쪽\n1. 번호\n3. 셋\n\n> 인용\n> 둘째 줄\n\n```\nSELECT 1\n  FROM t\n```"
    )
    assert draw_markdown(text).plain.split("\n") == [
        "첫째",
        "",
        "제목",
        "",
        " • 하나 a.b",
        "   • 안쪽",
        " 1. 번호",
        " 2. 셋",
        "",
        "▌ 인용",
        "▌ 둘째 줄",
        "",
        "SELECT 1",
        "  FROM t",
    ]


@given(st.text(max_size=400))
def test_any_text_is_drawn_without_losing_a_word_character(text: str) -> None:
    letters = [char for char in text if "가" <= char <= "힣"]
    drawn = draw_markdown(text).plain
    assert [char for char in drawn if "가" <= char <= "힣"] == letters
