"""Takes what a column is said to hold for a piece of its values: 아키텍처에 YOLO가 들어가는 모델."""

from dataclasses import replace

from agent.offline.words.holding import SAYS
from agent.offline.words.lexicon import Sense, Value
from agent.offline.words.mentions import Mention
from agent.offline.words.particles import OBJECT, SUBJECT
from db.catalog.meaning import ColumnMeaning

_SAYS = (*SAYS, "박힌")
_KINDS = " 종류"
_NAMED = ("이름", "명칭", "값", "이름에")


def held(mentions: list[Mention]) -> list[Mention]:
    """The mentions, with a word that a category is said to hold as a piece of it, and without the "name" between."""
    mentions = list(mentions)
    for i, mention in enumerate(mentions):
        column = _category(mention) or _name(mention, mentions[i + 1 :])
        place = i + 2 if i + 1 < len(mentions) and mentions[i + 1].surface in _NAMED else i + 1
        if column is None or place + 1 >= len(mentions) or not _is_in(mentions[place - 1]):
            continue
        word = mentions[place]
        if mentions[place + 1].surface in (*SUBJECT, *OBJECT) and place + 2 < len(mentions):
            del mentions[place + 1]  # what stands behind a quotation mark
        says = mentions[place + 1].surface.startswith(_SAYS)
        if not says or word.amount is not None or word.dates is not None or _is_word(word):
            continue
        piece = Sense("value", value=Value(column.table, column.name, f"%{word.surface}%"))
        found = replace(word, senses=(piece,), parts=(), unknown=False)
        plain = replace(mention, surface=mention.surface.removesuffix(_KINDS))  # which values there are isn't asked
        return [*mentions[:i], plain, found, *held(mentions[place + 1 :])]
    return mentions


def _category(mention: Mention) -> ColumnMeaning | None:
    """The one category that a mention stands for."""
    columns = [sense.column for sense in mention.senses if sense.column is not None]
    return columns[0] if len(columns) == 1 and columns[0].role == "category" else None


def _name(mention: Mention, later: list[Mention]) -> ColumnMeaning | None:
    """The name of the rows spoken of next: "이름에 yolo 들어간 모델"."""
    if mention.surface not in _NAMED:
        return None
    table = next((sense.table for one in later for sense in one.senses if sense.table is not None), None)
    columns = [sense.column for sense in mention.senses if sense.column is not None]
    return next((c for c in columns if table is not None and c.table == table.name and c.role == "name"), None)


def _is_in(mention: Mention) -> bool:
    return mention.after.startswith(("에", "안에", "속에")) or mention.surface.endswith("에")


def _is_word(mention: Mention) -> bool:
    """Whether it asks for what is held, rather than says it: 무엇이 들어가는지."""
    return bool(mention.senses) and all(sense.word is not None for sense in mention.senses)
