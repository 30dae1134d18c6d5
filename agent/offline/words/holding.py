"""Korean words for what stands in a name, a path or a text: as their stems."""

from typing import Final

HOLDS: Final = ("들어", "포함")
"""It is a part, of whatever it may be: "best가 들어간"."""
SAYS: Final = (*HOLDS, "언급", "적힌", "적혀", "쓰인", "담긴")
"""It is a part, or is written there: "YOLO가 적힌"."""
