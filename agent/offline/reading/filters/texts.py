"""Looks for words that nothing explains in the texts that rows carry, such as notes."""

import re
from dataclasses import replace

from agent.offline.query import joins
from agent.offline.words.holding import SAYS
from agent.offline.words.lexicon import Sense, Value
from agent.offline.words.mentions import Mention
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning, SemanticLayer

_VERBAL = re.compile(r"[는한인된할될던]$")
_SAYS = (*SAYS, "쓰여", "나오", "나온", "있는")
_ABOUT = ("관련", "관한", "대한", "대해", "얘기", "이야기", "말", "내용", "단어", "문구", "글", "표현", "이라", "라는")
SHORTEST = 2
LONGEST_CORRECTED = 2
"""A corrected word as short as this, beside words that nothing explains, is rather one of them."""


def in_texts(sentence: Sentence, lost: list[int], words: tuple[str, ...]) -> Sentence | None:
    """The sentence with those words as conditions on a text; None where no one text is near what is asked for."""
    if sentence.has("avg", "sum", "max", "min") or (sentence.english and sentence.has("count", "negate")):
        return None  # of what is counted or left out, a word nobody knows would change the number
    column = _text_near(sentence)
    nouns = [(i, word) for i, word in zip(lost, words, strict=True) if not _VERBAL.search(word)]
    verbs = [i for i in lost if i not in [place for place, _ in nouns]]
    lost, words = [i for i, _ in nouns], tuple(word for _, word in nouns)
    if not nouns:
        return None
    if not sentence.english and any(sentence.does(sentence.neighbour(i, 1), "negate", "no_value") for i in lost):
        return None  # rows without a word that nobody knows are nearly all
    if column is None or any(len(word) < SHORTEST for word in words) or len(lost) > 3:
        return None
    mentions = list(sentence.mentions)
    for i, word in zip(lost, words, strict=True):
        mentions[i] = _sought(mentions[i], word, column)
    for i in verbs:
        mentions[i] = replace(mentions[i], unknown=False)
    for i, mention in enumerate(mentions):
        if mention.corrected and len(mention.surface) <= LONGEST_CORRECTED and (i - 1 in lost or i + 1 in lost):
            mentions[i] = replace(mention, senses=(), parts=(), corrected=None)
    return Sentence(tuple(mentions), sentence.layer, english=sentence.english)


def _sought(mention: Mention, word: str, column: ColumnMeaning) -> Mention:
    value = Value(column.table, column.name, f"%{word}%")
    return replace(mention, senses=(Sense("value", value=value),), unknown=False, parts=())


def _text_near(sentence: Sentence) -> ColumnMeaning | None:
    """The only text column of a table that is spoken of, or that describes one."""
    layer: SemanticLayer = sentence.layer
    spoken = {table for _, table in sentence.tables(verbal=True)}
    for i in range(len(sentence)):
        columns = sentence.columns(i) if not spoken else ()
        spoken |= {column.table for column in columns} | (
            {v.table for v in sentence.values(i)} if not spoken else set()
        )
    near = [t for t in layer.tables if t.name in spoken or t.part_of in spoken]
    found = [column for table in near for column in table.columns if column.role == "text"]
    return found[0] if len(found) == 1 and joins.connected(layer, next(iter(spoken)), found[0].table) else None


def quoted(mentions: list[Mention], sentence: Sentence) -> list[Mention]:
    """The mentions, with what a text is said to hold taken word for word: "노트에 high가 들어간"."""
    made = list(mentions)
    for i, mention in enumerate(made):
        text = next(
            (s.column for s in mention.senses if s.column is not None and s.column.role in ("text", "path")), None
        )
        place = i + 1
        if text is None or place + 1 >= len(made):
            continue
        holding = next((one for one in made[place + 1 :] if not one.surface.startswith(_ABOUT)), made[-1])
        says = any(sense.word is not None for sense in holding.senses)
        holds = holding.surface.startswith(_SAYS)
        asked = made[place].does("which", "who", "when", "where", "how_much", "count")
        if (
            not sentence.english
            and not asked
            and mention.after.startswith("에")
            and says
            and holds
            and not made[place].unknown
        ):
            made[place] = _sought(made[place], made[place].surface, text)
    return made
