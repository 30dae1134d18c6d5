"""The YAML that this package brings along: words, idioms, phrases."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

# libyaml's takes a tenth of the time; where PyYAML came without it, Python's own reads the same.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def kept(file: Path) -> Any:
    """The data of such a file, which nobody changes; a broken one is a defect of the project and raises as it is."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
