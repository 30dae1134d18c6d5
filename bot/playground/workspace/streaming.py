"""What a streamed message consists of so far, and the blocks it is shown as."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Literal, TypeAlias

LIFE: Final = timedelta(minutes=5)
"""Slack ends a stream about five minutes after its start, busy or not (slackapi/python-slack-sdk#1859)."""
MARKDOWN_AT_MOST: Final = 12_000
"""Characters of one markdown block; a longer text is shown in several."""

Mode: TypeAlias = Literal["timeline", "plan"]
MODES: Final = ("timeline", "plan")


@dataclass(frozen=True, slots=True)
class Piece:
    """Running text, a task by its id, or a block that the app gave as it is."""

    kind: Literal["text", "task", "block"]
    block: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Growth:
    """All that has been streamed, in order; `title` is the plan's. Chunks are taken as valid."""

    mode: Mode = "timeline"
    pieces: tuple[Piece, ...] = ()
    title: str = ""

    @property
    def text(self) -> str:
        return "".join(str(piece.block["text"]) for piece in self.pieces if piece.kind == "text")

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Text, tasks and blocks as they came; in a plan the tasks stand together, where the first of them came."""
        return list(self._in_a_plan() if self.mode == "plan" else self._in_a_row(self.pieces))

    def grown(self, chunks: Iterable[Mapping[str, Any]]) -> "Growth":
        growth = self
        for chunk in chunks:
            growth = growth._with(chunk)
        return growth

    def _with(self, chunk: Mapping[str, Any]) -> "Growth":
        match chunk["type"]:
            case "markdown_text":
                return self._with_text(str(chunk["text"]))
            case "task_update":
                return self._with_task(chunk)
            case "plan_update":
                return replace(self, title=str(chunk["title"]))
            case _:
                return self._and(*(Piece("block", dict(block)) for block in chunk["blocks"]))

    def _and(self, *pieces: Piece) -> "Growth":
        return replace(self, pieces=(*self.pieces, *pieces))

    def _with_text(self, text: str) -> "Growth":
        if not self.pieces or self.pieces[-1].kind != "text":
            return self._and(Piece("text", {"type": "markdown", "text": text}))
        longer = {"type": "markdown", "text": self.pieces[-1].block["text"] + text}
        return replace(self, pieces=(*self.pieces[:-1], Piece("text", longer)))

    def _with_task(self, chunk: Mapping[str, Any]) -> "Growth":
        card = _card(chunk)
        for at, piece in enumerate(self.pieces):
            if piece.kind == "task" and piece.block["task_id"] == card["task_id"]:
                updated = Piece("task", {**piece.block, **card, **_added(piece.block, card)})
                return replace(self, pieces=(*self.pieces[:at], updated, *self.pieces[at + 1 :]))
        return self._and(Piece("task", {"type": "task_card", **card}))

    def _in_a_row(self, pieces: Iterable[Piece]) -> Iterator[dict[str, Any]]:
        for piece in pieces:
            if piece.kind == "text":
                yield from ({"type": "markdown", "text": part} for part in _parts(piece.block["text"]))
            else:
                yield piece.block

    def _in_a_plan(self) -> Iterator[dict[str, Any]]:
        tasks = [dict(piece.block) for piece in self.pieces if piece.kind == "task"]
        others = [piece for piece in self.pieces if piece.kind != "task"]
        before = next((at for at, piece in enumerate(self.pieces) if piece.kind == "task"), len(others))
        yield from self._in_a_row(others[:before])
        if tasks or self.title:
            yield {"type": "plan", "title": self.title, "tasks": tasks}
        yield from self._in_a_row(others[before:])


def _card(chunk: Mapping[str, Any]) -> dict[str, Any]:
    """A chunk's words are Markdown texts, a card's are rich text."""
    card = {"task_id": str(chunk["id"])}
    card |= {name: chunk[name] for name in ("title", "status", "sources") if chunk.get(name) is not None}
    return card | {name: _rich(str(chunk[name])) for name in ("details", "output") if chunk.get(name)}


def _added(task: Mapping[str, Any], card: Mapping[str, Any]) -> dict[str, Any]:
    """Title and status are given anew, details and output added to those there are (reported: openclaw#125168)."""
    both = (name for name in ("details", "output") if name in task and name in card)
    return {name: _rich(_words(task[name]) + _words(card[name])) for name in both}


def _words(rich: Mapping[str, Any]) -> str:
    return str(rich["elements"][0]["elements"][0]["text"])


def _rich(text: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _parts(text: str) -> Iterator[str]:
    """The text in pieces that fit a block, cut behind a line where there is one."""
    while len(text) > MARKDOWN_AT_MOST:
        cut = text.rfind("\n", 0, MARKDOWN_AT_MOST) + 1 or MARKDOWN_AT_MOST
        yield text[:cut]
        text = text[cut:]
    yield text
