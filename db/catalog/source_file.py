"""A YAML file that people write, with errors that name the line they stand on."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Loc: TypeAlias = tuple[str | int, ...]
Shape = TypeVar("Shape", bound=BaseModel)


class SourceFileError(Exception):
    """For the operator: a file cannot be used. Says the file, the line and what to do."""


class _Loader(yaml.SafeLoader):
    """YAML's plain data; what stands twice in a mapping is an error, as its first half would be dropped in silence."""

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.composer.ComposerError(None, None, f"'{key.value}' stands there twice", key.start_mark)
            seen.add(key.value)
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Where Python has no such value, as for the 31st of June, it is an error of that line."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(None, None, f"no such value ({error})", node.start_mark) from error


@lru_cache(maxsize=8)
def _read(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes and plain data of a text, which nobody changes: a file that has not changed is not read again."""
    loader = _Loader(text)
    root = loader.get_single_node()
    return root, loader.construct_document(root) if root else None


class SourceFile:
    """The text of such a file with its node tree, so that a complaint can name a line.

    `setting` is the name of the setting that points to it, `wrong` the error
    that its problems are raised as.
    """

    def __init__(self, path: Path, setting: str, wrong: type[SourceFileError]) -> None:
        self.path = path
        self._wrong = wrong
        try:
            text = path.read_text(encoding="utf-8")
            self._root, self._data = _read(text)
        except OSError as error:
            raise wrong(f"{path}: cannot be read ({error.strerror}); set {setting} to a file") from error
        except UnicodeDecodeError as error:
            raise wrong(f"{path}: is not UTF-8; save it as UTF-8") from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise wrong(f"{path}:{line}: is not valid YAML: {error.problem}; mend this line") from error
        except yaml.reader.ReaderError as error:
            # The reader does not count lines; it stops at a character that YAML forbids.
            line = text.count("\n", 0, error.position) + 1
            raise wrong(f"{path}:{line}: is not valid YAML: {error.reason}; mend this line") from error
        except RecursionError as error:
            raise wrong(f"{path}: is nested too deeply; a file like this needs few levels") from error

    def parse(self, shape: type[Shape]) -> Shape:
        """The validated content. Raises `wrong` for the first thing that is wrong."""
        try:
            return shape.model_validate(self._data or {})
        except ValidationError as error:
            first = error.errors()[0]
            raise self.error(first["loc"], _advice(first["type"], first["msg"], first["loc"])) from error

    def error(self, loc: Loc, message: str) -> SourceFileError:
        return self._wrong(f"{self.path}:{self._line(loc)}: {message}")

    def _line(self, loc: Loc) -> int:
        node: Any = self._root
        line = 1
        for part in loc:
            found = next(_children(node, part), None)
            if found is None:
                continue
            mark, node = found
            line = mark.start_mark.line + 1
        return line


def _children(node: Any, part: str | int) -> Iterator[tuple[Any, Any]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key, value) for key, value in node.value if key.value == str(part))
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        yield node.value[part], node.value[part]


def _advice(kind: str, message: str, loc: Loc) -> str:
    where = ".".join(str(part) for part in loc) or "the file"
    if kind == "extra_forbidden":
        return f"'{where}' is not a known setting; remove it or check its spelling"
    if kind == "missing":
        return f"'{where}' is missing; add it"
    return f"'{where}': {message}; change it"
