"""Which logs may be read: a path that stands in a row, against the roots that the operator named."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

REMOTE: Final = ("s3", "gs", "http", "https")
_LONGEST: Final = 2_048
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A file of this machine: `inner` are the names that lead to it from `root`; both are free of symlinks."""

    root: Path
    inner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemotePlace:
    """An address below a root: of an object ("bucket/key") for s3 and gs, a whole one for http and https."""

    scheme: str
    address: str


def place(path: str, roots: Sequence[str]) -> LocalPlace | RemotePlace | None:
    """Where `path` leads, or None where it may not be read.

    A path is refused for what it says before the disk is asked, so that nobody learns what lies elsewhere.
    Raises OSError where a local path cannot be followed.
    """
    if not 0 < len(path) <= _LONGEST or not path.isprintable() or "\\" in path or "::" in path:
        return None
    if _SCHEME.match(path):
        return _remote(path, roots)
    return _local(path, roots)


def problem_of_root(root: str) -> str | None:
    """What is wrong with a root, for the operator; None where nothing is."""
    if not root.isprintable() or "\\" in root or _has_steps(root):
        return "holds what no root may hold"
    if not _SCHEME.match(root):
        whole = root.startswith("/") and root.strip("/")
        return None if whole else "must be a whole path below / or an address of s3, gs, http or https"
    parts = _split(root)
    if parts is None or parts[0] not in REMOTE:
        return "must begin with /, s3://, gs://, https:// or http://, without a password or a question mark"
    return None


def _local(path: str, roots: Sequence[str]) -> LocalPlace | None:
    if not path.startswith("/") or _has_steps(path):
        return None
    for root in roots:
        if _SCHEME.match(root) or not Path(path).is_relative_to(root):
            continue
        real, within = Path(os.path.realpath(path)), Path(os.path.realpath(root))
        if real != within and real.is_relative_to(within):
            return LocalPlace(within, real.relative_to(within).parts)
    return None


def _remote(path: str, roots: Sequence[str]) -> RemotePlace | None:
    parts = _split(path)
    if parts is None or parts[0] not in REMOTE:
        return None
    scheme, host, inner = parts
    for root in roots:
        known = _split(root) if _SCHEME.match(root) else None
        if known is None or known[:2] != (scheme, host):
            continue
        above = known[2].rstrip("/")
        if inner.startswith(f"{above}/") and inner.strip("/") != above.strip("/"):
            whole = path.partition("://")[2]
            return RemotePlace(scheme, whole if scheme in ("s3", "gs") else path)
    return None


def _split(url: str) -> tuple[str, str, str] | None:
    """Scheme, host with its port, and path of an address that holds nothing else; None for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment or "?" in url or "#" in url:
        return None
    if _is_disguised(parts.path) or _has_steps(parts.path) or not parts.netloc.isascii() or "%" in parts.netloc:
        return None
    scheme = parts.scheme
    standard = {"http": 80, "https": 443}.get(scheme)
    return scheme, f"{parts.hostname}:{port or standard}", parts.path


def _is_disguised(path: str) -> bool:
    """Whether percent escapes, of whatever depth, hide a step, a separator or what cannot be printed."""
    plain = path
    while (once := unquote(plain)) != plain:
        plain = once
    return plain.count("/") != path.count("/") or "\\" in plain or not plain.isprintable() or _has_steps(plain)


def _has_steps(path: str) -> bool:
    return any(part in (".", "..") for part in path.split("/"))
