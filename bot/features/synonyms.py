"""Teaching words: admins decide what a word means that questions were not understood for."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.messages import say
from agent.offline.saying.teaching import objection, offers
from agent.offline.words.lexicon import Lexicon
from agent.vocabulary import LONGEST
from bot.features.presses import channel_of
from bot.messages.answer import Message
from bot.messages.names import name
from bot.messages.notes import note
from bot.messages.refusals import refusal
from bot.messages.sentences import sentence
from bot.messages.synonyms import (
    BOUND,
    DROP,
    MEANING,
    PICK,
    UNDO,
    Press,
    Wordbook,
    decided,
    listing,
    meaning,
    picker,
    read_option,
    shown,
)
from bot.parts import Parts
from bot.wire import Place
from db.catalog.learned import Synonym, Target, with_bound
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable
from db.store.records import Decision, SynonymVerdict

log = logging.getLogger(__name__)

UNPLACED_SHOWN: Final = 8
DECIDED_SHOWN: Final = 10
_ANSWER_S: Final = 2.0  # Slack gives a form three seconds, the way there and back included


class Spot(BaseModel):
    """Where a word is taught, and where the person can be spoken to; a word of "" is none."""

    model_config = ConfigDict(frozen=True)

    word: str
    channel: str = ""
    thread_ts: str | None = None
    response_url: str | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A click on one of the buttons; `trigger_id` opens one modal within three seconds."""

    spot: Spot
    user: str
    action: str
    target: Target | None
    trigger_id: str


@dataclass(frozen=True, slots=True)
class Picked:
    """A form that was sent with the meaning chosen in it; None where it holds none of ours. `bound` is as written."""

    spot: Spot
    user: str
    target: Target | None
    bound: str = ""


def read_press(body: dict[str, Any]) -> Pressed:
    """The click in a block_actions payload; a value that isn't ours reads as one of no word."""
    action = body["actions"][0]
    try:
        press = Press.model_validate_json(action.get("value") or "")
    except ValidationError:
        press = Press(word="")
    container = body.get("container", {})
    spot = Spot(
        word=press.word,
        channel=channel_of(body),
        thread_ts=container.get("thread_ts"),
        response_url=body.get("response_url"),
    )
    target = Target(*press.target) if press.target else None
    return Pressed(spot, str(body["user"]["id"]), str(action["action_id"]), target, str(body["trigger_id"]))


def read_pick(body: dict[str, Any]) -> Picked:
    """The form in a view_submission payload; what isn't ours reads as a form on no word."""
    view = body["view"]
    try:
        spot = Spot.model_validate_json(view.get("private_metadata") or "")
    except ValidationError:
        spot = Spot(word="")
    values = view["state"]["values"]
    chosen = values[MEANING][MEANING].get("selected_option") or {}
    bound = values.get(BOUND, {}).get(BOUND, {}).get("value") or ""
    return Picked(spot, str(body["user"]["id"]), read_option(str(chosen.get("value"))), str(bound).strip())


class Synonyms:
    """What an admin sees and decides, in their language. What somebody else clicks changes nothing."""

    def __init__(self, parts: Parts, language: Language) -> None:
        self._parts = parts
        self._settings = parts.services.settings
        self._catalog = parts.services.catalog
        self._log = parts.services.store.synonyms
        self._language = language

    def barred(self, user: str) -> Message | None:
        """The sentence for somebody who may not teach; None for an admin."""
        if not self._settings.admins:
            return note(sentence("synonyms_no_admins", self._language))
        if user not in self._settings.admins:
            return refusal("synonyms_not_admin", self._language, admins=self._settings.admins)
        return None

    async def listing(self) -> Message:
        """The words of this team that nothing is decided of, and the last decisions. Raises StoreUnavailable."""
        unplaced, learned, dropped = await asyncio.gather(
            self._log.unplaced(self._parts.me.team, UNPLACED_SHOWN), self._log.confirmed(), self._log.dropped()
        )
        book = Wordbook(unplaced, learned[: -DECIDED_SHOWN - 1 : -1], dropped[: -DECIDED_SHOWN - 1 : -1])
        return listing(book, self._catalog.semantics, self._language, self._settings.timezone)

    def press(self, pressed: Pressed) -> None:
        """Starts what a button asks for and returns at once."""
        self._parts.tasks.launch(self._press(pressed), f"synonym {pressed.action}")

    async def pick(self, picked: Picked) -> str | None:
        """Keeps what was chosen in the form, within Slack's three seconds; else the sentence that the form shows."""
        if self.barred(picked.user) is not None or picked.target is None:
            return say("synonym-misfit", self._language)
        target = with_bound(self._catalog.semantics, picked.target, picked.bound) if picked.bound else picked.target
        if target is None:
            return say("synonym-no-bound", self._language)
        try:
            async with asyncio.timeout(_ANSWER_S):
                message = await self._decide(picked.spot.word, target, "confirmed", picked.user)
        except (StoreUnavailable, TimeoutError) as error:
            log.error("a word is not learnt: %s", error)
            return sentence("store_unavailable", self._language)
        self._parts.tasks.launch(self._say(picked.spot, picked.user, message), "synonym told")
        return None

    async def _press(self, pressed: Pressed) -> None:
        barred = self.barred(pressed.user)
        if barred is None and pressed.action == PICK:
            await self._open(pressed)
            return
        try:
            message = barred or await self._decided(pressed)
        except StoreUnavailable as error:
            log.error("a word is not learnt: %s", error)
            message = note(sentence("store_unavailable", self._language))
        await self._say(pressed.spot, pressed.user, message)

    async def _decided(self, pressed: Pressed) -> Message:
        verdicts: dict[str, SynonymVerdict] = {DROP: "dropped", UNDO: "undone"}
        return await self._decide(
            pressed.spot.word, pressed.target, verdicts.get(pressed.action, "confirmed"), pressed.user
        )

    async def _open(self, pressed: Pressed) -> None:
        lexicon = Lexicon(self._catalog.semantics, self._catalog.values)
        metadata = pressed.spot.model_dump_json()
        view = picker(pressed.spot.word, offers(lexicon), lexicon.layer, self._language, metadata)
        if not await self._parts.replies.open_form(pressed.trigger_id, view):
            await self._say(pressed.spot, pressed.user, note(say("synonym-form-refused", self._language)))

    async def _decide(self, word: str, target: Target | None, verdict: SynonymVerdict, user: str) -> Message:
        """Keeps a decision where nothing speaks against it, and says what came of it."""
        target = target or Target("")
        synonym = Synonym(word, target)
        if verdict == "confirmed":
            against = objection(synonym, Lexicon(self._catalog.semantics, self._catalog.values))
            if against is not None:
                return self._said(against.code, word, shown(against.meaning or str(target)))
        elif verdict == "dropped" and not (synonym.key and len(word) <= LONGEST):
            return self._said("no_word", word, "–")
        given = Decision(
            synonym.key, word, verdict, self._parts.me.team, user, self._parts.services.clock(),
            target.table, target.column, target.value,
        )  # fmt: skip
        outcome = await self._log.decide(given)
        log.info("a word is decided on", extra={"verdict": verdict, "user": user, "outcome": outcome})
        meant = self._meaning(target) if target.table else ""
        if outcome == "saved":
            return self._said(verdict, word, meant, offers_undo=verdict != "undone")
        return self._said(outcome, word, await self._standing(synonym.key))

    async def _standing(self, key: str) -> str:
        """What holds for a word, and who decided it: escaped mrkdwn."""
        for one in (*await self._log.confirmed(), *await self._log.dropped()):
            if one.word == key:
                meant = self._meaning(Target(one.table, one.column, one.value)) if one.table else "–"
                return f"{meant} ({name(one.user_id)})"
        return "–"

    def _meaning(self, target: Target) -> str:
        """What is meant, escaped."""
        return shown(meaning(target, self._catalog.semantics, self._language))

    def _said(self, code: str, word: str, meant: str, *, offers_undo: bool = False) -> Message:
        """The code's sentence; `meant` is escaped mrkdwn."""
        said = say(f"synonym-{code.replace('_', '-')}", self._language, word=shown(word), meaning=meant)
        return decided(said, word, self._language, offers_undo=offers_undo)

    async def _say(self, spot: Spot, user: str, message: Message) -> None:
        await self._parts.replies.whisper(Place(spot.channel, spot.thread_ts), user, message, spot.response_url)
