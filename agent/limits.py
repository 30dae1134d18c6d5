"""How much one turn may take; budgets per day are another matter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one turn. Sizes are characters or tokens, times are seconds.

    Of `turn_s`, `reserve_s` is kept for the engine that stands in for another.
    """

    turn_s: float = 60.0
    reserve_s: float = 5.0
    completion_s: float = 40.0
    steps: int = 8
    calls_per_step: int = 8
    tokens: int = 100_000
    question_chars: int = 4_000
    answer_chars: int = 40_000
    failed_queries: int = 3
    same_failures: int = 2
    memory_tokens: int = 2_500
    remembered_turns: int = 50
    rows_for_model: int = 50
    chars_for_model: int = 6_000
    schema_chars: int = 12_000
