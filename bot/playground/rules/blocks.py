"""What Slack says of the blocks of a message or a view, and of a message as a whole."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.playground.rules.attachments import LEGACY
from bot.playground.rules.kinds import KINDS, Surface
from bot.playground.rules.shape import Rule, Wrong, first, has, listing, string, tagged, unique
from bot.playground.rules.text import objects

MESSAGE_BLOCKS: Final = 50
# The reference of chat.postMessage says that longer texts are cut off there; chat.update's list of errors has
# msg_too_long. The stricter one is enforced, as everywhere: a bot that is cut off silently loses the end of an answer.
TEXT_CHARS: Final = 40_000
MARKDOWN_CHARS: Final = 12_000
# Measured by slack-markdown-parser; the reference allows a data_table alone 20,000.
BLOCK_CHARS: Final = 13_200
TABLE_CHARS: Final = 10_000
DATA_TABLE_CHARS: Final = 20_000
CHARTS: Final = 2
ATTACHMENTS: Final = 100
# Slack has an error for more than it takes, and tells no number; what an app marks its messages with is far below.
METADATA_CHARS: Final = 8_000

_SEEN: Final = ("title", "subtitle", "caption", "label", "text", "description", "x_label", "y_label")
_FENCE: Final = re.compile(r"^\s{0,3}(```|~~~)")
_OWN_BLOCK: Final = re.compile(r"^\s{0,3}(?:#{1,6}(?:\s|$)|(?:\*\s*){3,}$|(?:-\s*){3,}$|(?:_\s*){3,}$)")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why Slack refuses something: its error code, and what is wrong with which part in its words."""

    code: str
    where: str


def texts(value: Any) -> Iterator[str]:
    """Every text people see in a block, a message, or a list of them."""
    for part in objects(value):
        seen = ("name",) if "data" in part else _SEEN
        yield from (text for name in seen if isinstance(text := part.get(name), str))


def refuse_blocks(blocks: object, surface: Surface, *, limit: int, where: str = "/blocks") -> Problem | None:
    """Why Slack takes none of these blocks on this surface, or None; `where` they stand in the call."""
    if not isinstance(blocks, list | tuple):
        return Problem("invalid_blocks_format", str(Wrong("must provide an array", where)))
    wrong = wrong_blocks(blocks, surface, where, most=limit, least=0)
    if wrong is not None:
        return Problem("invalid_blocks", str(wrong))
    if surface == "message" and _chars(blocks) > BLOCK_CHARS:
        return Problem("msg_blocks_too_long", str(Wrong(f"must be less than {BLOCK_CHARS + 1} characters", where)))
    return None


def wrong_blocks(blocks: object, surface: Surface, where: str, *, most: int, least: int) -> Wrong | None:
    """The first thing wrong with blocks, each alone and all together."""
    wrong = listing(tagged(KINDS[surface]), most, least=least)(blocks, where)
    if wrong is not None or not isinstance(blocks, list | tuple):
        return wrong
    wrong = unique(_block_ids(blocks, where), "block_id")
    return wrong or (_wrong_together(blocks, where) if surface == "message" else None)


def refuse_message(args: Mapping[str, Any]) -> Problem | None:
    """Why Slack doesn't post what the arguments of chat.postMessage and its kin say, or None."""
    given = {name: value for name, value in args.items() if name in _CONTENT and value is not None}
    wrong = first(_CONTENT[name](value, f"/{name}") for name, value in given.items())
    if wrong is not None:
        return Problem("invalid_arguments", str(wrong))
    return _refuse_texts(given) or _refuse_parts(given) or refuse_metadata(given.get("metadata"))


def refuse_metadata(metadata: object) -> Problem | None:
    """Why Slack keeps no such metadata with a message, or None; None is no metadata."""
    wrong = None if metadata is None else _METADATA(metadata, "/metadata")
    if wrong is not None:
        return Problem("invalid_metadata_format", str(wrong))
    if metadata is not None and len(json.dumps(metadata, ensure_ascii=False)) > METADATA_CHARS:
        return Problem(
            "metadata_too_large", str(Wrong(f"must be less than {METADATA_CHARS + 1} characters", "/metadata"))
        )
    return None


def _refuse_texts(given: Mapping[str, Any]) -> Problem | None:
    text, markdown = given.get("text", ""), given.get("markdown_text", "")
    if markdown and (text or given.get("blocks")):
        return Problem("markdown_text_conflict", str(Wrong("must not be with `text` or `blocks`", "/markdown_text")))
    for name, length, most in (("text", len(text), TEXT_CHARS), ("markdown_text", len(markdown), MARKDOWN_CHARS)):
        if length > most:
            return Problem("msg_too_long", str(Wrong(f"must be less than {most + 1} characters", f"/{name}")))
    if text.strip() or markdown.strip() or given.get("blocks") or given.get("attachments"):
        return None
    return Problem("no_text", str(Wrong("must define either `text` or `blocks`", "/text")))


def _refuse_parts(given: Mapping[str, Any]) -> Problem | None:
    problem = refuse_blocks(given.get("blocks", ()), "message", limit=MESSAGE_BLOCKS)
    attachments = given.get("attachments", ())
    if problem is None and len(attachments) > ATTACHMENTS:
        return Problem("too_many_attachments", str(Wrong(f"no more than {ATTACHMENTS} items allowed", "/attachments")))
    for at, attachment in enumerate(() if problem else attachments):
        where = f"/attachments/{at}"
        blocks = attachment.get("blocks", ())
        wrong = wrong_blocks(blocks, "message", f"{where}/blocks", most=MESSAGE_BLOCKS, least=0)
        wrong = wrong or LEGACY(attachment, where)
        if wrong is not None:
            return Problem("invalid_attachments", str(wrong))
    return problem


def _object(value: Any, where: str) -> Wrong | None:
    return None if isinstance(value, dict) else Wrong("must provide an object", where)


_CONTENT: Final[dict[str, Rule]] = {
    "text": string(least=0),
    "markdown_text": string(least=0),
    "attachments": listing(_object, least=0),
    "blocks": lambda _value, _where: None,
    "metadata": lambda _value, _where: None,
}


def _payload(value: Any, where: str) -> Wrong | None:
    """Values and objects of values (docs.slack.dev/tools/node-slack-sdk/reference/types/interfaces/MessageMetadata)."""
    wrong = _object(value, where)
    if wrong is not None:
        return wrong
    return first(_property(part, f"{where}/{name}") for name, part in value.items())


def _property(value: Any, where: str) -> Wrong | None:
    nested = value if isinstance(value, list) else [value]
    values = [part for each in nested for part in (each.values() if isinstance(each, dict) else [each])]
    is_fit = all(isinstance(part, str | int | float) for part in values)
    return None if is_fit else Wrong("must be a string, number, boolean, or an object of these", where)


_METADATA: Final = has({"event_type!": string(), "event_payload!": _payload})


def _wrong_together(blocks: Sequence[Any], where: str) -> Wrong | None:
    """What no block is wrong about alone; all blocks are right in themselves."""
    flat = [block for block, _ in _with_children(blocks, where)]
    kinds = [block["type"] for block in flat]
    markdown = [block["text"] for block in flat if block["type"] == "markdown"]
    # Two tables: "only_one_table_allowed"; that a data_table counts as one is a third party's reading, the stricter.
    at_most = (
        (kinds.count("table") + kinds.count("data_table"), 1, "tables"),
        (kinds.count("data_visualization"), CHARTS, "data_visualization blocks"),
        (sum(map(len, markdown)), MARKDOWN_CHARS, "characters of markdown"),
        (_chars([block for block in flat if block["type"] == "table"]), TABLE_CHARS, "characters in tables"),
        (_chars([b for b in flat if b["type"] == "data_table"]), DATA_TABLE_CHARS, "characters in data tables"),
        (len(blocks) - len(markdown) + sum(map(_expanded, markdown)), MESSAGE_BLOCKS, "items"),
    )
    return first(
        Wrong(f"no more than {most} {what} allowed", where) if is_ > most else None for is_, most, what in at_most
    )


def _with_children(blocks: Sequence[Any], where: str) -> Iterator[tuple[dict[str, Any], str]]:
    for at, block in enumerate(blocks):
        yield block, f"{where}/{at}"
        for child_at, child in enumerate(block.get("child_blocks", ())):
            yield child, f"{where}/{at}/child_blocks/{child_at}"


def _block_ids(blocks: Sequence[Any], where: str) -> Iterator[tuple[str, str]]:
    """The ids with their places; a markdown block's id is ignored by Slack."""
    for block, place in _with_children(blocks, where):
        if "block_id" in block and block["type"] != "markdown":
            yield block["block_id"], f"{place}/block_id"


def _chars(blocks: Sequence[Any]) -> int:
    return sum(map(len, texts(blocks)))


def _expanded(markdown: str) -> int:
    """How many blocks Slack makes of a markdown block: each heading and rule is one, and all between two of them.

    Measured by a third party; more than 50 in a message are refused like 51 blocks.
    """
    count, in_body, in_code = 0, False, False
    for line in markdown.splitlines():
        in_code ^= _FENCE.match(line) is not None
        alone = not in_code and _OWN_BLOCK.match(line) is not None
        if alone or (line.strip() and not in_body):
            count += 1
        in_body = not alone and (in_body or bool(line.strip()))
    return count
