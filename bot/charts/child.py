"""The process that draws: a chart on its input, a picture on its output, until the input ends."""

import json
import sys
from typing import BinaryIO, Final

from agent.chart import load
from bot.charts.frames import HEAD
from bot.charts.picture import draw

MOST: Final = 1_000_000


def serve(inlet: BinaryIO, outlet: BinaryIO) -> None:
    """Answers one request after another. Whatever goes wrong with one ends the process: a new one takes its place."""
    while len(head := inlet.read(HEAD.size)) == HEAD.size:
        request = json.loads(inlet.read(min(HEAD.unpack(head)[0], MOST)))
        chart = load(request["chart"])
        data = draw(chart, request["language"]) if chart is not None else b""
        outlet.write(HEAD.pack(len(data)) + data)
        outlet.flush()


def main() -> None:
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
