"""Finds the row that a question points to by its place in what was shown: the second one, 맨 아래 거."""

from agent.offline.talk.frames import Frame, Shown, identity
from agent.offline.words.mentions import Mention
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer

RANKS = ("high", "low", "many", "few", "newest", "oldest", "longest", "shortest", "superlative")
WHOLE = ("거", "것", "one", "전자", "후자")
"""Behind these a noun is asked of the row, and is not its kind."""

_FIRST = (
    "앞",
    "앞에",
    "앞의",
    "앞에서",
    "위에서",
    "위",
    "위에",
    "위의",
    "맨 앞",
    "맨 위",
    "처음",
    "첫",
    "상위",
    "first",
    "top",
)
_LAST = (
    "뒤",
    "뒤에",
    "뒤의",
    "뒤에서",
    "밑에서",
    "아래에서",
    "끝",
    "끝에",
    "끝의",
    "아래",
    "아래의",
    "밑",
    "밑의",
    "마지막",
    "하위",
    "last",
    "bottom",
)
FEWEST_LISTED = 2


def content(sentence: Sentence) -> list[int]:
    """The mentions that say something of the catalogue."""
    return [
        i
        for i, mention in enumerate(sentence.mentions)
        if mention.parts or mention.amount or mention.dates or any(sense.word is None for sense in mention.senses)
    ]


def points(mention: Mention) -> bool:
    """Whether it says a place: 두 번째, the last one."""
    is_ordinal = mention.amount is not None and mention.amount.unit == "ordinal"
    return is_ordinal or mention.does("ordinal_last", "ordinal_first")


def listed_row(sentence: Sentence, frames: tuple[Frame, ...]) -> tuple[Shown, ...]:
    """The one row that "세 번째 모델" or "the last one" points to in what was shown; empty where there is none."""
    place = place_of(sentence)
    if place is None or not frames:
        return ()
    noun = noun_of_place(sentence)
    told = [(frame, rows) for frame in frames if (rows := frame.of(noun) if noun else frame.main)]
    lists = [rows for frame, rows in told if len(rows) > 1 or not _is_picked(frame, rows[0].table, sentence.layer)]
    rows = next(iter(lists or [rows for _, rows in told]), ())
    if place < 0:
        return rows[-1:]
    return rows[place - 1 : place]


def _is_picked(frame: Frame, table: str, layer: SemanticLayer) -> bool:
    """Whether one row was asked for, by name, by place or as the best of all: it is no list to count in."""
    query = frame.query
    if query is None or query.place is not None:
        return True
    return any(len(one.values) == 1 for one in identity(query.filters, table, layer))


def place_of(sentence: Sentence) -> int | None:
    """The place that is pointed to, from 1; -1 for the last; None where none is, or where it is one of a ranking."""
    if bare := _bare_place(sentence):
        return bare
    if whole := _whole_place(sentence):
        return whole
    if sentence.has(*RANKS) or any(sentence.criterion(i) for i in range(len(sentence))):
        return None
    place = next((int(m.amount.value) for m in sentence.mentions if m.amount and m.amount.unit == "ordinal"), None)
    if place is not None:
        return max(place, 1)
    if sentence.has("ordinal_last"):
        return -1
    return 1 if sentence.has("ordinal_first") else None


def _whole_place(sentence: Sentence) -> int | None:
    """As in "2번째 거 왜 이렇게 오래 걸렸어?": a row is pointed to, whatever is said of it then."""
    for i, mention in enumerate(sentence.mentions):
        after = sentence.mentions[i + 1].surface.lower() if i + 1 < len(sentence) else ""
        if mention.amount and mention.amount.unit == "ordinal" and not mention.after and after in (*WHOLE, "건", "게"):
            is_first = not any(sentence.does(j, *RANKS) or sentence.criterion(j) for j in range(i))
            return max(int(mention.amount.value), 1) if is_first else None
    return None


def _bare_place(sentence: Sentence) -> int | None:
    """As in "tell me more about the first": nothing is ranked, since nothing is said to rank."""
    last = sentence.mentions[-1].surface.lower() if sentence.english and len(sentence) > 1 else ""
    is_place = last in ("first", "last") and sentence.mentions[-2].surface.lower().endswith("the")
    return {"first": 1, "last": -1}[last] if is_place and not content(sentence) else None


def pointers(sentence: Sentence) -> list[int]:
    found = [i for i, mention in enumerate(sentence.mentions) if points(mention)]
    return found or ([len(sentence) - 1] if _bare_place(sentence) else [])


def noun_of_place(sentence: Sentence) -> str | None:
    """The table right behind the place: 세 번째 모델; none in 두 번째 거 담당자, 마지막 거 데이터셋, 전자의 모델."""
    open_ = (i for i in pointers(sentence) if not sentence.mentions[i].after)
    table = next((sentence.table(i + 1) for i in open_ if not sentence.mentions[i].surface.endswith(WHOLE)), None)
    return sentence.owner(table.name) if table is not None and not table.person else None


def so_many_rows(sentence: Sentence, frames: tuple[Frame, ...]) -> tuple[Shown, ...]:
    """As in "the last two", "앞의 두 개", "첫 번째랑 세 번째": several rows by their places in the list shown last."""
    rows = frames[0].main if frames else ()
    if len(rows) < FEWEST_LISTED or any(map(sentence.criterion, range(len(sentence)))):
        return ()
    said = [i for i in content(sentence) if not points(sentence.mentions[i])]
    counts = [i for i in said if (amount := sentence.mentions[i].amount) and amount.unit in ("", "count")]
    if any(i + 1 not in counts for i in sentence.where(*RANKS)):
        return ()
    if any(sentence.values(i) or sentence.mentions[i].dates for i in said):
        return ()
    if any(column.role == "date" and sentence.english for i in said for column in sentence.columns(i)):
        return ()  # "the last two registered"
    picked = _run_of(sentence, counts, rows) if counts else _each_of(sentence, rows)
    sentence.used.update(i for i in (*counts, *pointers(sentence)) if picked and sentence.mentions[i].amount)
    return picked


def _run_of(sentence: Sentence, counts: list[int], rows: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """The first or the last so many."""
    amount, i = sentence.mentions[counts[0]].amount, counts[0]
    before = sentence.mentions[i - 1] if i else None
    number = int(amount.value) if amount is not None else 0
    if before is None or len(counts) != 1 or not 1 < number < len(rows):
        return ()
    said = before.surface.lower()
    if before.does("ordinal_last") or said in _LAST:
        return rows[-number:]
    return rows[:number] if before.does("ordinal_first") or said in _FIRST else ()


def _each_of(sentence: Sentence, rows: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """The rows at two places or more that are named one beside the other."""
    amounts = [m.amount for m in sentence.mentions if m.amount is not None and m.amount.unit == "ordinal"]
    places = [int(amount.value) for amount in amounts] + [0 for _ in sentence.where("ordinal_last")]
    if len(places) < FEWEST_LISTED or any(place > len(rows) for place in places):
        return ()
    return tuple(dict.fromkeys(rows[place - 1] for place in places))
