"""What a stream is given: the difference between what it shows and what has been done since."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Self, TypeAlias

from agent.messages import say
from bot.live.plan import Card, Plan
from bot.live.text import line, settled, streamed
from db.catalog.meaning import Language

Chunk: TypeAlias = dict[str, Any]

CARD_CHARS: Final = 256
"""Slack's limit for a task's texts (measured by others, see the playground's rules)."""
TEXT_CHARS: Final = 8_000
"""So much of a text is streamed; a message holds no more than 13,200, and the finished one has the rest."""
_CARD: Final = Card("", "")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a stream has been given: cards by id, and text. `is_torn`: it is given no more text.

    Of a task Slack takes title and status anew each time, but adds details and output to those it has: each goes once.
    """

    turn_id: str
    cards: tuple[Card, ...] = ()
    text: str = ""
    is_titled: bool = False
    is_torn: bool = False

    def grown(self, plan: Plan, *, is_whole: bool = False) -> tuple[Self, list[Chunk]]:
        """What will have been shown, and the chunks that do it; none where nothing is new.

        Text goes word by word; `is_whole` says that none is to follow.
        """
        chunks: list[Chunk] = []
        if not self.is_titled:
            chunks.append({"type": "plan_update", "title": say("live-plan", plan.language)})
        chunks += self._tasks(plan)
        shown = replace(self, cards=plan.cards, is_titled=True)
        text = streamed(plan.all_text if is_whole else settled(plan.all_text))
        if self.is_torn or not text.startswith(self.text) or len(text) > TEXT_CHARS:
            return replace(shown, is_torn=True), chunks
        if more := text[len(self.text) :]:
            chunks.append({"type": "markdown_text", "text": more})
        return replace(shown, text=text), chunks

    def _tasks(self, plan: Plan) -> Iterator[Chunk]:
        before = {card.id: card for card in self.cards}
        for card in plan.cards:
            known = before.get(card.id, _CARD)
            if card != known:
                yield _task(self.turn_id, card, known, plan.language)


def _task(turn_id: str, card: Card, known: Card, language: Language) -> Chunk:
    task: Chunk = {
        "type": "task_update",
        "id": f"{turn_id}:{card.id}",
        "title": line(card.title(language), CARD_CHARS),
        "status": card.status,
    }
    for name, text, is_told in (
        ("details", card.details, bool(known.details)),
        ("output", card.output, bool(known.output)),
    ):
        if not is_told and (said := line(text, CARD_CHARS)):
            task[name] = said
    return task
