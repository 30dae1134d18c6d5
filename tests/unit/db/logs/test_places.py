"""Which logs may be read: nothing but what lies below a root, whatever a row says."""

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.logs.places import LocalPlace, RemotePlace, place, problem_of_root

ROOTS = (
    "/mnt/artifacts",
    "s3://runs/team-a",
    "gs://runs",
    "https://logs.example.com/ml/",
    "http://logs.example.com:8080",
)

HOSTILE = [
    "",
    "/etc/passwd",
    "/mnt/artifacts",
    "/mnt/artifacts/",
    "/mnt/artifacts-of-others/a.log",
    "/mnt/artifacts/../../etc/passwd",
    "/mnt/artifacts/./a.log",
    "/mnt/artifacts/a\0.log",
    "/mnt/artifacts/a\n.log",
    "/mnt/artifacts\\..\\a.log",
    "/mnt/artifacts/\u202egol.a",
    "/mnt/artifacts/" + "a" * 3_000,
    "mnt/artifacts/a.log",
    "~/a.log",
    "file:///mnt/artifacts/a.log",
    "file:/mnt/artifacts/a.log",
    "memory://runs/a.log",
    "ftp://logs.example.com/ml/a.log",
    "data:text/plain,hello",
    "local:///mnt/artifacts/a.log",
    "simplecache::s3://runs/team-a/a.log",
    "zip://a.log::s3://runs/team-a/a.zip",
    "s3://runs/team-a",
    "s3://runs/team-a/",
    "s3://runs/team-b/a.log",
    "s3://runs/team-ab/a.log",
    "s3://other/team-a/a.log",
    "s3://runs/team-a/../team-b/a.log",
    "s3://runs/team-a/%2e%2e/team-b/a.log",
    "s3://runs/team-a/%252e%252e/team-b/a.log",
    "s3://runs/team-a%2f..%2fteam-b/a.log",
    "s3://key:secret@runs/team-a/a.log",
    "s3://runs/team-a/a.log?versionId=1",
    "s3://runs/team-a/a.log?",
    "s3://runs/team-a/a.log#x",
    "https://logs.example.com/other/a.log",
    "https://logs.example.com/ml/../other/a.log",
    "https://logs.example.com/ml/..%2fother/a.log",
    "https://logs.example.com/ml/%5c..%5cother",
    "https://logs.example.com/ml/%00a.log",
    "https://logs.example.com:8443/ml/a.log",
    "http://logs.example.com/ml/a.log",
    "https://kim@logs.example.com/ml/a.log",
    "https://logs.example.com@evil.com/ml/a.log",
    "https://logs.example.com.evil.com/ml/a.log",
    "https://evil.com/https://logs.example.com/ml/a.log",
    "https://lοgs.example.com/ml/a.log",
    "https://%6cogs.example.com/ml/a.log",
    "https://169.254.169.254/ml/latest/meta-data",
    "https://[::1]/ml/a.log",
    "https://[::1",
    "https://logs.example.com:99999/ml/a.log",
    "https:///ml/a.log",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_what_lies_outside_or_hides_where_it_lies_is_refused(path: str) -> None:
    assert place(path, ROOTS) is None


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("s3://runs/team-a/exp/train.log", RemotePlace("s3", "runs/team-a/exp/train.log")),
        ("gs://runs/exp 1/train.log", RemotePlace("gs", "runs/exp 1/train.log")),
        ("https://logs.example.com/ml/a%20b.log", RemotePlace("https", "https://logs.example.com/ml/a%20b.log")),
        ("HTTPS://LOGS.example.com:443/ml/a.log", RemotePlace("https", "HTTPS://LOGS.example.com:443/ml/a.log")),
        ("http://logs.example.com:8080/a.log", RemotePlace("http", "http://logs.example.com:8080/a.log")),
    ],
)
def test_an_address_below_a_root_is_a_place(path: str, found: RemotePlace) -> None:
    assert place(path, ROOTS) == found


def test_without_roots_there_is_no_place() -> None:
    assert place("/mnt/artifacts/a.log", ()) is None


def test_a_symlink_counts_for_where_it_leads(tmp_path: Path) -> None:
    root, outside = tmp_path / "artifacts", tmp_path / "outside"
    for folder in (root, outside, root / "exp"):
        folder.mkdir()
    for file in (outside / "secret.log", root / "exp" / "a.log"):
        file.write_text("x")
    (root / "out").symlink_to(outside)
    (root / "secret.log").symlink_to(outside / "secret.log")
    (root / "gone.log").symlink_to(outside / "gone.log")
    (root / "up").symlink_to("..")
    (root / "latest").symlink_to("exp")
    (root / "loop").symlink_to("loop")
    for name in ("out/secret.log", "secret.log", "gone.log", "up/outside/secret.log", "up/artifacts", "up"):
        assert place(f"{root}/{name}", [str(root)]) is None, name
    assert place(f"{root}/latest/a.log", [str(root)]) == LocalPlace(Path(os.path.realpath(root)), ("exp", "a.log"))


def test_a_root_may_itself_be_a_symlink(tmp_path: Path) -> None:
    real = tmp_path / "disk1"
    real.mkdir()
    (tmp_path / "artifacts").symlink_to(real)
    found = place(f"{tmp_path}/artifacts/a.log", [f"{tmp_path}/artifacts/"])
    assert found == LocalPlace(Path(os.path.realpath(real)), ("a.log",))


_PIECES = st.lists(
    st.sampled_from(
        ["..", ".", "%2e%2e", "%2f", "%252e", "a", "\\", "//", "@", ":", "::", "?", "#", "team-b", "\u2025", "~"]
    ),
    max_size=8,
)


@given(st.sampled_from(ROOTS), _PIECES, st.sampled_from(["", "/"]))
def test_whatever_is_put_behind_a_root_stays_below_it(root: str, pieces: list[str], joint: str) -> None:
    found = place(root + joint + joint.join(pieces), ROOTS)
    if isinstance(found, LocalPlace):
        inner = os.path.normpath(os.path.join(found.root, *found.inner))
        assert inner.startswith(f"{os.path.realpath('/mnt/artifacts')}/")
    elif found is not None:
        plain = unquote(unquote(found.address))
        assert not {".", ".."} & set(plain.split("/"))
        assert unquote(plain).count("/") == found.address.count("/")
        assert found.address.startswith(("runs/", "https://logs.example.com/ml/", "http://logs.example.com:8080/"))


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_the_check(path: str) -> None:
    assert place(path, ("s3://runs",)) is None or path.lower().startswith("s3://runs/")
    assert problem_of_root(path) or path.lower().startswith(("/", "s3:", "gs:", "http:", "https:"))
