"""How the bot and the process that draws speak: before each message its length."""

import struct
from typing import Final

HEAD: Final = struct.Struct(">I")
