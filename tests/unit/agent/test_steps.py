"""Parts of time, and those between them."""

import pytest

from agent.steps import between


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], []),
        (["2024-06"], ["2024-06"]),
        (["2023", "2025"], ["2023", "2024", "2025"]),
        (["2024-11", "2025-02"], ["2024-11", "2024-12", "2025-01", "2025-02"]),
        (["2024-Q3", "2025-Q1"], ["2024-Q3", "2024-Q4", "2025-Q1"]),
        (["2024-02-28", "2024-03-01"], ["2024-02-28", "2024-02-29", "2024-03-01"]),
        (["2024-W01", "2024-W04"], ["2024-W01", "2024-W04"]),
        (["월", "화"], ["월", "화"]),
        (["2024-13", "2024-14"], ["2024-13", "2024-14"]),
        (["1990-01", "2024-01"], ["1990-01", "2024-01"]),
    ],
)
def test_what_is_missing_between_two_parts_of_time_is_put_in(parts: list[str], whole: list[str]) -> None:
    assert between(parts) == whole
