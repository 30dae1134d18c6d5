"""What a log's bytes become before anybody sees them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.logs.text import LINE_CHARS, MOST_LINES, lines_of


def lines(data: bytes | str, *, is_cut: bool = False) -> tuple[str, ...]:
    made = lines_of(data.encode() if isinstance(data, str) else data, is_cut=is_cut)
    assert made is not None
    return made[0]


def test_colours_titles_and_cursor_moves_are_gone() -> None:
    assert lines("\x1b[1;31mERROR\x1b[0m bad \x1b]0;title\x07\x1b]8;;https://evil.com\x1b\\here\x1b(B\x9b2K") == (
        "ERROR bad here",
    )


def test_of_a_progress_bar_the_last_state_stands() -> None:
    assert lines("  0%|\r 50%|#####\r100%|##########\r\nepoch 2\r\n\r\n") == ("100%|##########", "epoch 2")


def test_what_cannot_be_seen_is_gone() -> None:
    assert lines("a\u202eb\u200bc\x07d\ufeffe\U000e0041f\tg\u2028h\xa0i\ue000j") == ("abcdef g h ij",)


def test_bytes_that_are_no_utf8_are_marked() -> None:
    assert lines("오류: ".encode() + b"\xff\xfe" + " 파일 없음".encode() * 9) == (f"오류: ��{' 파일 없음' * 9}",)


def test_half_a_first_line_is_left_out() -> None:
    data = "그래프\nsecond\nthird".encode()[2:]
    assert lines_of(data, is_cut=True) == (("second", "third"), True)
    assert lines(b"one endless line", is_cut=True) == ("one endless line",)


def test_a_long_line_and_too_many_lines_are_cut() -> None:
    made = lines_of(("x" * 600 + "\n").encode() * (MOST_LINES + 5), is_cut=False)
    assert made is not None
    assert made[1] is True
    assert len(made[0]) == MOST_LINES
    assert made[0][0] == "x" * (LINE_CHARS - 1) + "…"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", "로그".encode("utf-16"), b"\x80\x04\x95\xff\xfe\xfd" * 40])
def test_what_is_no_text_is_not_shown(data: bytes) -> None:
    assert lines_of(data, is_cut=False) is None


def test_an_empty_log_is_a_text_without_lines() -> None:
    assert lines_of(b"", is_cut=False) == ((), False)
    assert lines_of(b"\n\n", is_cut=False) == ((), False)


# Each secret is broken in two, so that this file does not hold what others look for.
@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("export AWS_SECRET_ACCESS_KEY=" + "wJalrXUtnFEMI/K7MDENG", "export AWS_SECRET_ACCESS_KEY=***"),
        ("{'db_password': 'hunter22', 'x': 1}", "{'db_password': '***', 'x': 1}"),
        ("HF_TOKEN=" + "abcdefgh1234", "HF_TOKEN=***"),
        ("using hf" + "_AbCdEfGhIjKlMnOpQrStUv for login", "using *** for login"),
        ("Authorization: Bearer " + "abcdef.ghijkl-mnopqr", "Authorization: Bearer ***"),
        ("postgresql://ml:hunter22@db/runs", "postgresql://***@db/runs"),
        (
            "GET https://b.s3.amazonaws.com/a?X-Amz-Signature=" + "0123456789abcdef",
            "GET https://b.s3.amazonaws.com/a?X-Amz-Signature=***",
        ),
        ("jwt eyJhbGciOiJI" + "UzI1NiJ9.eyJzdWIiOiIx.SflKxwRJSMeKKF", "jwt ***"),
        ("sk-proj" + "-abcdefgh1234", "***"),
        ("sk-pr\u200boj" + "-abcdefgh1234", "***"),
    ],
)
def test_secrets_are_hidden(line: str, shown: str) -> None:
    assert lines(line) == (shown,)


@pytest.mark.parametrize(
    "line",
    [
        "KeyError: 'password'",
        "pad_token_id: 151643",
        "Setting `pad_token_id` to `eos_token_id`:50256 for open-end generation.",
        "tokens: 123456789",
        "401 Client Error: Invalid username or password.",
        "api_key=None",
    ],
)
def test_what_only_speaks_of_secrets_stands(line: str) -> None:
    assert lines(line) == (line,)


@given(st.binary(max_size=3_000), st.booleans())
def test_whatever_the_bytes_lines_can_be_shown(data: bytes, is_cut: bool) -> None:
    made = lines_of(data, is_cut=is_cut)
    if made is not None:
        assert len(made[0]) <= MOST_LINES
        assert all(line.isprintable() and len(line) <= LINE_CHARS for line in made[0])


@given(st.text(alphabet="\x1b\x9b[]0;mP\r\n\x07\\ ab", max_size=400))
def test_no_play_with_escapes_lets_one_through(text: str) -> None:
    made = lines_of(text.encode(), is_cut=False)
    assert made is None or all(line.isprintable() for line in made[0])


@given(st.text(alphabet=string.printable, max_size=200))
def test_text_that_is_plain_stands_as_it_is(text: str) -> None:
    plain = " ".join(["go", *text.split()])
    assert lines(plain) == (plain,) or "***" in lines(plain)[0]


def test_a_long_hostile_tail_is_read_in_no_time() -> None:
    """Each of these shapes once made an expression walk its text again and again."""
    for piece in ("\x1b]", "a" * 30 + "://", "password", "api_key = ", "eyJ" + "a" * 20, "\r", "?sig=", "bearer "):
        assert lines_of((piece * (65_536 // len(piece))).encode(), is_cut=True) is not None
