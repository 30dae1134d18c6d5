"""The model behind an OpenAI-compatible API: Chat Completions, streamed. The one file that knows the SDK."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import httpx2
import openai
from openai import AsyncOpenAI, DefaultAioHttpClient

from agent.errors import ModelRefused, ModelUnavailable
from agent.llm.protocol import Completion, OnText, Prompt, Tokens, ToolCall

log = logging.getLogger(__name__)

Messages = Callable[[Prompt], list[dict[str, Any]]]
Tools = Callable[[Prompt], list[dict[str, Any]]]

RETRIES = 2
"""The SDK's own: on connection errors, 408, 409, 429 and 5xx, with back-off, honouring Retry-After."""


LONGEST_CHARS = 100_000
"""What a completion may write, text and arguments together; a server that goes on is not listened to any longer."""
LONGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model lives. `api_key` never appears in a repr."""

    base_url: str
    model: str
    api_key: str = field(repr=False)


class OpenAIModel:
    """A Model over AsyncOpenAI. One instance, one connection pool, for all turns."""

    engine: Literal["llm"] = "llm"

    def __init__(
        self, client: AsyncOpenAI, model: str, messages: Messages, tools: Tools, *, deadline_s: float = 40.0
    ) -> None:
        self.name = model
        self._client = client
        self._messages = messages
        self._tools = tools
        self._deadline_s = deadline_s

    @classmethod
    def open(
        cls, endpoint: Endpoint, messages: Messages, tools: Tools, *, deadline_s: float = 40.0, silence_s: float = 18.0
    ) -> Self:
        """A model with a client of its own; `close` it.

        A completion may take `deadline_s`; a provider that is silent for
        `silence_s` is asked again within it.
        """
        client = AsyncOpenAI(
            api_key=endpoint.api_key,
            base_url=endpoint.base_url,
            max_retries=RETRIES,
            timeout=openai.Timeout(silence_s, connect=5.0),
            http_client=DefaultAioHttpClient(),
        )
        return cls(client, endpoint.model, messages, tools, deadline_s=deadline_s)

    def telling(self, messages: Messages) -> "OpenAIModel":
        """The same model over the same connections with other prompts; only the first is to be closed."""
        return OpenAIModel(self._client, self.name, messages, self._tools, deadline_s=self._deadline_s)

    async def close(self) -> None:
        await self._client.close()

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        """See Model. A stream that breaks before its first piece is asked for once more."""
        for attempt in (1, 2):
            pieces = _Pieces(on_text, step=len(prompt.steps) + 1)
            try:
                async with asyncio.timeout(self._deadline_s):
                    return await self._read(prompt, pieces)
            except TimeoutError as error:
                raise ModelUnavailable(f"{self.name} did not finish within {self._deadline_s:g} s") from error
            except openai.APIStatusError as error:
                raise _refusal(self.name, error) from error
            except (openai.APIError, httpx2.HTTPError, OSError, _Broken) as error:
                if attempt == 2 or pieces.has_begun:
                    raise ModelUnavailable(f"{self.name}: {type(error).__name__.lstrip('_')}") from error
                log.warning("completion broke off, asking once more", extra={"error": type(error).__name__})
        raise AssertionError("unreachable")

    async def ping(self, deadline_s: float = 10.0) -> None:
        """Asks for one token, for `doctor`. Raises ModelUnavailable or ModelRefused."""
        try:
            async with asyncio.timeout(deadline_s):
                await self._client.chat.completions.create(
                    model=self.name, messages=[{"role": "user", "content": "ping"}], max_tokens=1
                )
        except TimeoutError as error:
            raise ModelUnavailable(f"{self.name}: no answer within {deadline_s:g} s") from error
        except openai.APIStatusError as error:
            raise _refusal(self.name, error) from error
        except (openai.APIError, httpx2.HTTPError, OSError) as error:
            raise ModelUnavailable(f"{self.name}: {type(error).__name__}") from error

    async def _read(self, prompt: Prompt, pieces: "_Pieces") -> Completion:
        body: dict[str, Any] = {"messages": self._messages(prompt)}
        if tools := self._tools(prompt):
            body["tools"] = tools
        # Two thirds of a completion's CPU would go into the SDK's walk over typed messages and into its typed
        # chunks (benchmarks/): so the body goes past the one, and the raw lines past the other.
        async with self._client.chat.completions.with_streaming_response.create(
            model=self.name,
            messages=[],
            stream=True,
            stream_options={"include_usage": True},
            extra_body=body,
        ) as response:
            # Not iter_lines(): it splits at U+2028 and its like too, which JSON may hold and SSE does not split at.
            rest = ""
            async for text in response.iter_text():
                *lines, rest = (rest + text).split("\n")
                if len(rest) > LONGEST_LINE:
                    raise _Broken
                if any(pieces.take(line.rstrip("\r")) for line in lines):
                    break
            else:
                pieces.take(rest)
        return pieces.completion()


class _Broken(Exception):
    """The stream ended without saying that it had come to its end."""


class _Pieces:
    """Puts a stream's server-sent events together; whatever has the wrong shape is skipped."""

    def __init__(self, on_text: OnText, step: int) -> None:
        self._on_text = on_text
        self._step = step
        self._text: list[str] = []
        self._calls: dict[int, tuple[list[str], list[str]]] = {}
        self._tokens = Tokens()
        self._finish = ""
        self._is_done = False
        self._chars = 0
        self.has_begun = False

    def take(self, line: str) -> bool:
        """Takes one line; true when it was the last, or one too many: then the completion is cut, as by the model."""
        if not line.startswith("data:"):
            return False
        data = line[5:].strip()
        if data == "[DONE]":
            self._is_done = True
            return True
        try:
            chunk = json.loads(data)
        except (ValueError, RecursionError):
            return False
        if isinstance(chunk, dict):
            self._take_chunk(chunk)
        return self._is_too_long()

    def _is_too_long(self) -> bool:
        if self._chars <= LONGEST_CHARS:
            return False
        self._finish = "length"
        return True

    def _take_chunk(self, chunk: dict[str, Any]) -> None:
        if isinstance(error := chunk.get("error"), dict):
            raise ModelUnavailable(f"the stream reported {error.get('code') or error.get('type') or 'an error'}")
        if isinstance(usage := chunk.get("usage"), dict):
            self._tokens = _tokens(usage)
        choices = chunk.get("choices")
        if not (isinstance(choices, list) and choices and isinstance(choices[0], dict)):
            return
        if isinstance(finish := choices[0].get("finish_reason"), str):
            self._finish = finish
        delta = choices[0].get("delta")
        if not isinstance(delta, dict):
            return
        self.has_begun = True
        if isinstance(text := delta.get("content"), str) and text:
            self._text.append(text)
            self._chars += len(text)
            self._on_text(text)
        calls = delta.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            if isinstance(call, dict):
                self._take_call(call)

    def _take_call(self, call: dict[str, Any]) -> None:
        index = call.get("index")
        if not isinstance(index, int):  # some servers send whole calls without an index
            index = len(self._calls) if call.get("id") or not self._calls else max(self._calls)
        name, arguments = self._calls.setdefault(index, ([], []))
        function = call.get("function")
        if not isinstance(function, dict):
            return
        for known, kept in (("name", name), ("arguments", arguments)):
            part = function.get(known)
            written = json.dumps(part, ensure_ascii=False) if isinstance(part, dict) else part
            if isinstance(written, str):
                kept.append(written)
                self._chars += len(written)

    def completion(self) -> Completion:
        calls = tuple(
            ToolCall(f"call_{self._step}_{place}", "".join(name), "".join(arguments))
            for place, (_, (name, arguments)) in enumerate(sorted(self._calls.items()), start=1)
        )
        text = "".join(self._text)
        is_cut = self._finish == "length"
        if (calls or text) and not (self._is_done or self._finish):
            raise _Broken
        if is_cut and calls:
            raise ModelRefused("the completion was cut inside its tool calls")
        if not calls and not text.strip():
            raise ModelRefused("the completion was empty")
        return Completion(text, calls, self._tokens, is_cut)


def _tokens(usage: dict[str, Any]) -> Tokens:
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return Tokens(_count(usage.get("prompt_tokens")), _count(cached), _count(usage.get("completion_tokens")))


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _refusal(model: str, error: openai.APIStatusError) -> ModelUnavailable | ModelRefused:
    """The status only: a provider's error text may quote the key or the prompt."""
    what = f"{model}: HTTP {error.status_code}"
    if error.status_code in (400, 413, 422):
        return ModelRefused(what)
    return ModelUnavailable(what)
