"""The small Markdown of answers, as rich_text."""

from typing import Any

import pytest

from bot.messages.fit import pack, size
from bot.messages.markdown import elements, inline


def run(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


@pytest.mark.parametrize(
    ("markdown", "runs"),
    [
        ("**굵게**입니다", [run("굵게", bold=True), run("입니다")]),
        ("값은**3건**이다", [run("값은"), run("3건", bold=True), run("이다")]),
        ("`deploy_note`를", [run("deploy_note", code=True), run("를")]),
        ("**`v2.1`이 좋다**", [run("v2.1", bold=True, code=True), run("이 좋다", bold=True)]),
        ("*기울임*과 ~~취소~~", [run("기울임", italic=True), run("과 "), run("취소", strike=True)]),
        ("COUNT(*) + SUM(*)", [run("COUNT(*) + SUM(*)")]),
        ("3 * 4 * 5", [run("3 * 4 * 5")]),
        ("snake_case_name", [run("snake_case_name")]),
        ("**열린 별표", [run("**열린 별표")]),
        ("[여기](https://x.kr/a_b)", [run("여기 (https://x.kr/a_b)")]),
        ("![그림](http://x)", [run("그림 (http://x)")]),
        ("[http://x](http://x)", [run("http://x")]),
        ("``a`b``", [run("a`b", code=True)]),
    ],
)
def test_emphasis_is_read_beside_hangul_and_names_stay_whole(markdown: str, runs: list[dict[str, Any]]) -> None:
    assert inline(markdown) == runs


def kinds(markdown: str) -> list[str]:
    return [element["type"].removeprefix("rich_text_") for element in elements(markdown)]


def test_blocks_are_told_apart() -> None:
    markdown = "# 제목\n문단\n이어짐\n\n- 하나\n- 둘\n\n> 인용\n```sql\nSELECT 1\n```\n| a |\n|---|\n| 1 |\n---\n끝"
    assert kinds(markdown) == ["section", "section", "list", "quote", "preformatted", "preformatted", "section"]


def test_a_heading_is_bold_and_sections_are_spaced() -> None:
    first, second = elements("### 결과\n3건")
    assert first["elements"] == [run("결과", bold=True), run("\n")]
    assert second["elements"] == [run("3건")]


def test_lists_nest_and_count_on() -> None:
    found = elements("1. 하나\n   - 안쪽\n2. 둘\n3. 셋")
    assert [(part["style"], part["indent"], part.get("offset", 0)) for part in found] == [
        ("ordered", 0, 0),
        ("bullet", 1, 0),
        ("ordered", 0, 1),
    ]


def test_a_table_is_aligned_by_the_width_of_hangul() -> None:
    (table,) = elements("| 이름 | 값 |\n|:--|--:|\n| ab | 1 |\n| 김민준 | 22 |")
    assert table["elements"][0]["text"] == "이름    값\nab      1\n김민준  22"


@pytest.mark.parametrize("markdown", ["", "\n\n", "```\n```", "---", "#", "> ", "|  |", "- ", "~~~"])
def test_empty_blocks_leave_nothing_empty(markdown: str) -> None:
    for element in elements(markdown):
        assert size(element) > 0


def test_an_open_fence_runs_to_the_end() -> None:
    (block,) = elements("```\nSELECT 1\nFROM t")
    assert block["elements"][0]["text"] == "SELECT 1\nFROM t"


def test_packing_keeps_list_items_whole_and_loses_nothing() -> None:
    (numbered,) = elements("\n".join(f"{n}. 항목 {n} " + "가" * 40 for n in range(1, 31)))
    groups = pack([numbered], 400)
    assert all(sum(map(size, group)) <= 400 for group in groups)
    items = [item for group in groups for part in group for item in part["elements"]]
    assert len(items) == 30
    assert [group[0].get("offset", 0) for group in groups][:2] == [0, len(groups[0][0]["elements"])]


def test_packing_cuts_a_long_paragraph_and_keeps_its_styles() -> None:
    (paragraph,) = elements("**" + "가나 " * 100 + "끝**" + " 나머지")
    groups = pack([paragraph], 120)
    runs = [one for group in groups for part in group for one in part["elements"]]
    assert all(one["style"] == {"bold": True} for one in runs[:-1])
    assert runs[-1] == run(" 나머지")


def test_packing_cuts_an_item_longer_than_the_limit() -> None:
    (bullets,) = elements("- " + "가" * 500)
    assert all(sum(map(size, group)) <= 100 for group in pack([bullets], 100))
