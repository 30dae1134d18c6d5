"""A call's arguments: read however they were sent, and held against the table."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from aiohttp import web

from bot.playground.api.uploads import read_form
from bot.playground.workspace.foreign import load_json
from bot.playground.workspace.platform import MethodSpec
from bot.playground.workspace.refused import Refused, wrong_arguments

_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_CHARSETS: Final = ("utf-8", "iso-8859-1")  # docs.slack.dev/apis/web-api, error invalid_charset
# Of the transport, not of a method: the SDK adds `team_id` to every call of a client that knows its team.
_EVERYWHERE: Final = frozenset({"token", "team_id"})
_FLAGS: Final = {"true": True, "1": True, "false": False, "0": False}


async def read_args(request: web.Request) -> dict[str, Any]:
    """The arguments of the query and the body, as they were sent; a body's win.

    Raises Refused: invalid_json, json_not_object, invalid_form_data,
    invalid_charset, missing_post_type, invalid_post_type; invalid_arguments
    for a file. A `token` in a JSON body counts for nothing: with JSON, Slack
    takes it from the header alone.
    """
    sent: dict[str, Any] = dict(request.query)
    if request.method == "POST" and request.can_read_body:
        sent |= await _read_body(request)
    return sent


def typed(spec: MethodSpec, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments, with texts read as what the table says they are wherever that works. A null is no argument."""
    known = {name: value for name, value in args.items() if value is not None}
    return {
        name: _READERS[spec.types[name]](value)
        if isinstance(value, str) and spec.types.get(name) in _READERS
        else value
        for name, value in known.items()
    }


def check_args(spec: MethodSpec, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as a method gets them: of the table's types, the required ones among them, the token left out.

    Raises Refused: invalid_arguments, with each wrong argument named in
    response_metadata.messages; the code of its own where Slack has one for the
    shape of blocks and metadata.
    """
    spare = _EVERYWHERE - spec.types.keys()
    found = {name: value for name, value in typed(spec, args).items() if name not in spare}
    ill_typed = {
        name: _MISFITS[kind] for name, kind in spec.types.items() if name in found and not _FITS[kind](found[name])
    }
    problems = [
        *(f"missing required field: {name}" for name in sorted(spec.required - found.keys())),
        *(f"unknown argument: {name}" for name in sorted(found.keys() - spec.types.keys())),
        *(f"{what} [json-pointer:/{name}]" for name, what in sorted(ill_typed.items())),
    ]
    if problems:
        codes = {_OWN_CODES.get(name, "invalid_arguments") for name in ill_typed} or {"invalid_arguments"}
        code = codes.pop() if len(problems) == 1 else "invalid_arguments"
        raise Refused(code, response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]})
    return found


async def _read_body(request: web.Request) -> dict[str, Any]:
    kind = request.content_type
    if "Content-Type" not in request.headers:
        raise Refused("missing_post_type")
    if (request.charset or "utf-8").lower() not in _CHARSETS:
        raise Refused("invalid_charset")
    if kind == "application/json":
        return _read_json(await request.read(), request.charset or "utf-8")
    if kind not in _FORMS:
        raise Refused("invalid_post_type")
    try:
        return dict(await request.post()) if kind == _FORMS[0] else await _read_multipart(request)
    except ValueError:
        raise Refused("invalid_form_data") from None


async def _read_multipart(request: web.Request) -> dict[str, Any]:
    """Raises ValueError for a form that is none."""
    parts = await read_form(request)
    if any(file_name is not None for _, file_name, _ in parts):
        raise wrong_arguments("no argument is a file")
    if not parts:
        raise ValueError("no form")
    return {name or "": content.decode() for name, _, content in parts}


def _read_json(body: bytes, charset: str) -> dict[str, Any]:
    try:
        value = load_json(body.decode(charset))
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(value, dict):
        raise Refused("json_not_object")
    return {name: argument for name, argument in value.items() if name != "token"}


def _flag(text: str) -> object:
    return _FLAGS.get(text.lower(), text)


def _number(text: str) -> object:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else text


def _json(text: str) -> object:
    try:
        return load_json(text)
    except ValueError:
        return text


def _array(text: str) -> object:
    """A JSON array, or words with commas between them, as the SDK joins `file_ids`."""
    return _json(text) if text.lstrip().startswith(("[", "{")) else [word.strip() for word in text.split(",") if word]


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "boolean": _flag,
    "number": _number,
    "array": _array,
    "blocks": _json,
    "object": _json,
    "view": _json,
}
_FITS: Final[Mapping[str, Callable[[object], bool]]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "blocks": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "view": lambda value: isinstance(value, dict),
}
_MISFITS: Final = {
    "string": "must be a string",
    "boolean": "must be a boolean",
    "number": "must be an integer",
    "array": "must be an array",
    "blocks": "must be an array",
    "object": "must be an object",
    "view": "must be an object",
}
_OWN_CODES: Final = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
