"""A chromium that is on this machine, for the tests that need a browser."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import pytest
from playwright.async_api import Browser, async_playwright

FOUND: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_QUIET: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_chromium = pytest.mark.skipif(FOUND is None, reason="no chromium on this machine; `make test-browser` gets one")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless browser; as root chromium runs without its sandbox only."""
    args = [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=FOUND, args=args)
        try:
            yield browser
        finally:
            await browser.close()
