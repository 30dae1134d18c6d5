"""Signatures of requests as https://www.standardwebhooks.com has them: HMAC-SHA256 over id, time and body."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

TOLERANCE_S: Final = 300
"""So far a request's time may be off ours; a request that was overheard can't be sent again later."""
PREFIX: Final = "whsec_"
SHORTEST: Final = 24

Problem: TypeAlias = Literal["no_signature", "bad_id", "bad_time", "old", "forged"]


@dataclass(frozen=True, slots=True)
class Signed:
    """What a request's headers say. `key` is the same when it is sent again."""

    key: str
    sent_at: int
    signatures: tuple[str, ...]


def read_headers(headers: Mapping[str, str]) -> Signed | Problem:
    key, at, signature = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not signature:
        return "no_signature"
    if not key or len(key) > 200 or not key.isascii() or not key.isprintable():
        return "bad_id"
    if not at.isascii() or not at.isdigit() or len(at) > 12:
        return "bad_time"
    return Signed(key, int(at), tuple(one[3:] for one in signature.split() if one.startswith("v1,")))


def check(signed: Signed, body: bytes, secret: str, now: datetime) -> Problem | None:
    """None for a request that whoever knows the secret has made within the last minutes."""
    expected = sign(signed.key, signed.sent_at, body, secret).encode()
    given = [one.encode(errors="replace") for one in signed.signatures]
    is_real = [hmac.compare_digest(expected, one) for one in given]
    if not any(is_real):
        return "forged"
    return "old" if abs(now.timestamp() - signed.sent_at) > TOLERANCE_S else None


def sign(key: str, sent_at: int, body: bytes, secret: str) -> str:
    """The signature in base64, without its version."""
    content = b".".join((key.encode(), str(sent_at).encode(), body))
    return base64.b64encode(hmac.new(_bytes_of(secret), content, hashlib.sha256).digest()).decode()


def _bytes_of(secret: str) -> bytes:
    """`whsec_` is followed by base64; any other secret is its own bytes."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            pass
    return secret.encode()
