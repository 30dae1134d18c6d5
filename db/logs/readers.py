"""Reads the last bytes of a log, each kind of place in its way."""

import errno
import os
import socket
import stat
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final

import aiohttp
from aiohttp.connector import AddrInfoType

from db.logs.places import LocalPlace, RemotePlace

WHOLE_AT_MOST: Final = 32_000_000
"""So much of a log is read from its beginning where a server does not give its end alone."""

OpenFiles = Callable[[str], Any]
"""Gives an fsspec filesystem for a scheme. Raises ImportError where it is not installed."""


@dataclass(frozen=True, slots=True)
class Read:
    """The last bytes, and whether more stood before them."""

    data: bytes
    is_cut: bool


class NotAllowed(Exception):
    """What lies there is of a kind that is not read: a folder, a device, an address that leads elsewhere."""


class Unreadable(Exception):
    """It is there, and does not let itself be read."""


def read_local(place: LocalPlace, most: int) -> Read:
    """The end of a regular file. Raises NotAllowed, OSError.

    Each folder on the way is opened from the one above it and no symlink is followed, so that nothing can be put in
    the path's place after it was checked. A pipe is opened without waiting for who writes into it.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with ExitStack() as stack:
        at = os.open(place.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        stack.callback(os.close, at)
        for name in place.inner[:-1]:
            at = os.open(name, flags | os.O_DIRECTORY, dir_fd=at)
            stack.callback(os.close, at)
        file = os.open(place.inner[-1], flags, dir_fd=at)
        stack.callback(os.close, file)
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise NotAllowed
        begin = max(0, found.st_size - most)
        return Read(os.pread(file, most, begin), begin > 0)


def read_object(place: RemotePlace, most: int, open_files: OpenFiles) -> Read:
    """The end of an object of s3 or gs. Raises ImportError, OSError."""
    files = open_files(place.scheme)
    with files.open(place.address, "rb", cache_type="none") as file:
        size = file.seek(0, os.SEEK_END)
        begin = max(0, size - most)
        file.seek(begin)
        return Read(file.read(most), begin > 0)


def fsspec_files(scheme: str) -> Any:
    """The filesystem of the extra `logs`, with the credentials of the process. Raises ImportError."""
    import fsspec  # type: ignore[import-untyped]  # it has no types

    return fsspec.filesystem(scheme)


async def read_web(place: RemotePlace, most: int) -> Read:
    """The end of what a web server gives; asked for as a range. Raises NotAllowed, Unreadable, OSError.

    No redirect is followed: it would lead away from what the operator allowed.
    """
    headers = {"Range": f"bytes=-{most}", "Accept-Encoding": "identity"}
    try:
        async with (
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(socket_factory=socket_to),
                timeout=aiohttp.ClientTimeout(total=None),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            ) as session,
            session.get(place.address, headers=headers, allow_redirects=False) as response,
        ):
            return await _end_of(response, most)
    except (aiohttp.ClientError, ValueError) as error:
        raise Unreadable from error


def socket_to(address: AddrInfoType) -> socket.socket:
    """A socket for an address that a host of LOG_ROOTS leads to: a company's own network is meant to be one.

    Link-local ones are not: there a cloud's metadata service hands out credentials. Raises OSError.
    """
    family, kind, protocol, _, (host, *_) = address
    leads_to = ip_address(str(host).partition("%")[0])
    leads_to = getattr(leads_to, "ipv4_mapped", None) or leads_to
    if leads_to.is_link_local or leads_to.is_multicast or leads_to.is_unspecified:
        raise OSError(errno.EACCES, "no log is read from there")
    return socket.socket(family, kind, protocol)


async def _end_of(response: aiohttp.ClientResponse, most: int) -> Read:
    if 300 <= response.status < 400:
        raise NotAllowed
    if response.status in (404, 410):
        raise FileNotFoundError
    if response.status == 416:  # an empty file has no last bytes
        return Read(b"", is_cut=False)
    if response.status not in (200, 206):
        raise Unreadable
    kept, seen = bytearray(), 0
    async for piece in response.content.iter_chunked(65_536):
        seen += len(piece)
        if seen > WHOLE_AT_MOST:
            raise Unreadable
        kept += piece
        del kept[:-most]
    began = response.headers.get("Content-Range", "bytes 0-").removeprefix("bytes ").partition("-")[0]
    return Read(bytes(kept), is_cut=seen > most or began != "0")
