"""What Slack says of the chunks of a stream.

Source: docs.slack.dev, chat.appendStream; the 256 characters of a task or plan are a third party's measure.
"""

from typing import Final

from bot.playground.rules.blocks import MARKDOWN_CHARS, MESSAGE_BLOCKS, Problem, refuse_blocks
from bot.playground.rules.objects import SOURCE
from bot.playground.rules.shape import Rule, Wrong, choice, listing, string, tagged, typed

_PLAN_TEXT: Final = string(256)


def _any_list(value: object, where: str) -> Wrong | None:
    return None if isinstance(value, list | tuple) else Wrong("must provide an array", where)


_CHUNKS: Final[dict[str, Rule]] = {
    "markdown_text": typed("markdown_text", {"text!": string(MARKDOWN_CHARS)}),
    "task_update": typed(
        "task_update",
        {
            "id!": _PLAN_TEXT,
            "title!": _PLAN_TEXT,
            "status!": choice("pending", "in_progress", "complete", "error"),
            "details": _PLAN_TEXT,
            "output": _PLAN_TEXT,
            "sources": listing(SOURCE, least=0),
        },
    ),
    "plan_update": typed("plan_update", {"title!": _PLAN_TEXT}),
    "blocks": typed("blocks", {"blocks!": _any_list}),
}


def refuse_chunks(chunks: object) -> Problem | None:
    """Why Slack adds none of these chunks to a stream, or None."""
    wrong = listing(tagged(_CHUNKS))(chunks, "/chunks")
    if wrong is not None or not isinstance(chunks, list | tuple):
        return None if wrong is None else Problem("invalid_chunks", str(wrong))
    markdown = sum(len(chunk["text"]) for chunk in chunks if chunk["type"] == "markdown_text")
    if markdown > MARKDOWN_CHARS:
        return Problem("msg_too_long", str(Wrong(f"must be less than {MARKDOWN_CHARS + 1} characters", "/chunks")))
    for at, chunk in enumerate(chunks):
        blocks, where = chunk.get("blocks", ()), f"/chunks/{at}/blocks"
        problem = refuse_blocks(blocks, "message", limit=MESSAGE_BLOCKS, where=where)
        if problem is not None:
            return problem
    return None
