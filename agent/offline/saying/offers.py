"""Makes choices of what was asked back: the same question with a name in place of what was not understood."""

import re
from collections.abc import Callable, Iterable, Sequence

from agent.offer import MOST, Choice, Offer, offered
from agent.offline.query.query import Query
from agent.offline.saying.cells import plain
from agent.offline.talk.frames import Frame, Shown
from agent.offline.talk.readings import readings
from agent.offline.talk.scene import Scene
from agent.offline.words.normalise import clean
from db.catalog.meaning import TableMeaning

_POINTING = r"(?:(?:그|이|저|해당|방금|아까|that|this|the|those|these)\s?)*"
_TAIL = r"(?:\s?(?:거|것|게|건|걸|애|사람|친구|분|ones?))?"
_LEFT_OVER = re.compile(r"(?:[\s,]+(?:and|or|with|by|of|for|in|와|과|및|그리고|또는))+$|[\s,]+$", re.IGNORECASE)
_POSSESSIVE = ("its", "his", "her", "their")


def instead(word: str, names: Iterable[str], scene: Scene) -> Offer | None:
    """The question with each of the names in place of the word; those only that the engine then reads as a query."""
    stretch = re.compile(_POINTING + re.escape(word) + _TAIL, re.IGNORECASE).search(scene.question)
    if stretch is None:
        return None
    before, after = scene.question[: stretch.start()], scene.question[stretch.end() :]
    choices: list[Choice] = []
    for name in dict.fromkeys(names):
        said = f"{name}'s" if word.lower() in _POSSESSIVE else name
        if read(before + said + after, scene) is not None:
            choices.append(Choice(plain(name), before + said + after))
        if len(choices) == MOST:
            break
    return offered("asked_back", tuple(choices))


def in_place(word: str, choices: Iterable[tuple[str, str]], scene: Scene) -> Offer | None:
    """The question with each of the meanings in place of the word, under its label."""
    stretch = re.compile(re.escape(word) + _TAIL, re.IGNORECASE).search(scene.question)
    if stretch is None:
        return None
    before, after = scene.question[: stretch.start()], scene.question[stretch.end() :]
    made = (Choice(plain(label), before + said + after) for label, said in choices)
    return offered("asked_back", tuple(choice for choice in made if read(choice.question, scene) is not None))


def without(word: str, scene: Scene, show: Callable[[Query], str]) -> Offer | None:
    """The question without a word that means nothing here, where the rest is one; nothing dangles at its end.

    Where mere rows are asked for they are asked for plainly: what is left of a sentence is seldom one.
    """
    rest = " ".join(re.sub(re.escape(word) + r"\S*", " ", scene.question, count=1).split())
    question = _LEFT_OVER.sub("", rest)
    query = read(question, scene) if rest != scene.question else None
    if query is None:
        return None
    question = _plainly(query, scene, show) or question
    label = f"'{word}' 빼고: {question}" if scene.language == "ko" else f"without ‘{word}’: {question}"
    return offered("asked_back", (Choice(plain(label), question),))


def _plainly(query: Query, scene: Scene, show: Callable[[Query], str]) -> str:
    """The question for the rows of a query, "" where it asks for more than rows or would be read otherwise."""
    if query != Query(query.head, filters=query.filters, via=query.via) or not query.filters:
        return ""
    asked = show(query)
    again = read(asked, scene)
    is_same = again is not None and (again.head, set(again.filters)) == (query.head, set(query.filters))
    return asked if is_same else ""


def leading_on(questions: Sequence[str]) -> Offer | None:
    """Questions to go on with, each under its own words."""
    return offered("next", tuple(Choice(plain(question), question) for question in questions))


def read(question: str, scene: Scene, frames: tuple[Frame, ...] | None = None) -> Query | None:
    """The query that a question would be read as in this scene; None where it would be no query."""
    before = scene.before if frames is None else frames
    reading, *_ = readings(clean(question), before, scene.lexicon, scene.now.date())
    return reading.query if reading.intent == "query" else None


def names_in(scene: Scene, table: str | None) -> list[str]:
    """What the newest rows shown are called, of `table` where one is given."""
    for frame in scene.before:
        if rows := frame.of(table) if table else frame.main:
            meaning = scene.lexicon.layer.table(rows[0].table)
            return [_called(row, meaning, scene) for row in rows]
    return []


def _called(row: Shown, table: TableMeaning, scene: Scene) -> str:
    """The row's name; a row without one by its key, as people write it."""
    if table.display == (table.primary_key,):
        key = row.get(table.primary_key or "")
        return f"{key}번" if scene.language == "ko" else f"{table.label.en} {key}"
    return " ".join(str(value) for name in table.display if (value := row.get(name)) is not None)


def joined(offers: Iterable[Offer | None]) -> Offer | None:
    """One offer of several: what was asked back first of all, else the last questions that lead on."""
    made = [offer for offer in offers if offer is not None]
    asked = [choice for offer in made if offer.is_asked_back for choice in offer.choices]
    return offered("asked_back", tuple(asked)) if asked else next(iter(made[::-1]), None)
