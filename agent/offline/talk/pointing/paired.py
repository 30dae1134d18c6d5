"""Takes the rows of the last two answers as two that are held against each other: "뭐가 더 오래 걸렸어?"."""

import re
from dataclasses import replace

from agent.offline.query.query import Query
from agent.offline.talk.frames import Frame, filter_on
from db.catalog.meaning import SemanticLayer

_KOREAN = re.compile(
    r"^(?:그럼 |그러면 |그래서 |결국 )?(?:"
    r"(?:뭐가|뭐|누가|어느 ?(?:게|쪽이|쪽|거가|것이)|어떤 ?(?:게|쪽이)) ?더 |더 [가-힣]{1,8} ?(?:쪽|건|게|거)|"
    r"(?:\S{1,10} )?차이(?:는|가|나|점)?)"
)
_ENGLISH = re.compile(
    r"^(?:so |and |then |ok )*(?:which|who|what)(?: one| of them| of the two)?"
    r"(?:'s| is| was| has| had| took| ran| runs)?(?: the)? "
    r"(?:[a-z]+er|more|less|better|worse|higher|lower|longer|shorter)\b|"
    r"^(?:so |and |the |what's the )*(?:difference|gap)\b",
    re.IGNORECASE,
)


def paired(text: str, frames: tuple[Frame, ...], layer: SemanticLayer) -> tuple[Frame, ...]:
    """The frames with one before them that shows both rows; as they are where the question compares nothing."""
    if len(frames) < 2 or not (_KOREAN.match(text) or _ENGLISH.match(text)):
        return frames
    last, first = frames[0], frames[1]
    if len(last.main) != 1 or len(first.main) != 1 or last.query is None or last.main == first.main:
        return frames
    table = last.main[0].table
    if first.main[0].table != table or last.query.head != table or last.query.groups:
        return frames
    rows = (*first.main, *last.main)
    columns = last.query.columns or tuple(order.ref for order in last.query.order)
    query = Query(table, columns=columns, filters=filter_on(rows, layer))
    return (replace(last, query=query, rows=rows, spoken=(), style="list"), *frames)
