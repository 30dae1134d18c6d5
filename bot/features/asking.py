"""Questions about a message, whoever wrote it: asked by a form, answered in the message's thread."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.answer import Ask, ThreadKey
from agent.attached import Attached
from agent.messages import say
from bot.attachments import SharedFile, files_of
from bot.incoming import new_turn_id, question
from bot.messages.asking import QUESTION, asking_form
from bot.messages.notes import note
from bot.messages.text import clip
from bot.parts import Parts
from bot.wire import Place

log = logging.getLogger(__name__)

_TEXT_CHARS: Final = 2_000
_METADATA_CHARS: Final = 3_000
_QUESTION_CHARS: Final = 3_000  # docs.slack.dev, plain_text_input


class Spot(BaseModel):
    """The message that is asked about, kept in the form while it is filled in; a channel of "" is none of ours."""

    model_config = ConfigDict(frozen=True)

    channel: str = ""
    ts: str = ""
    thread_ts: str | None = None
    author: str = ""
    text: str = ""
    files: tuple[SharedFile, ...] = ()
    response_url: str | None = None

    def kept(self) -> str:
        """As JSON that fits a form: the text is cut, and files left out, where all of it does not."""
        spot = self
        while len(said := spot.model_dump_json()) > _METADATA_CHARS:
            if spot.text:
                spot = spot.model_copy(update={"text": clip(spot.text, len(spot.text) * 3 // 4)})
            else:
                spot = spot.model_copy(update={"files": (), "response_url": None})
        return said


def read_spot(body: Mapping[str, Any], me: str) -> Spot:
    """The message in a message_action payload."""
    message = body["message"]
    return Spot(
        channel=str(body["channel"]["id"]),
        ts=str(message["ts"]),
        thread_ts=message.get("thread_ts"),
        author=str(message.get("user") or message.get("bot_id") or ""),
        text=clip(question(str(message.get("text") or ""), me), _TEXT_CHARS),
        files=files_of(message),
        response_url=body.get("response_url"),
    )


class Asking:
    """Opens the form, and takes it on as a question like any other."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._limits = parts.services.agent.limits

    def open(self, spot: Spot, user: str, trigger_id: str) -> None:
        """Starts to open the form and returns at once: its trigger lives three seconds."""
        self._parts.tasks.launch(self._open(spot, user, trigger_id), f"form about {spot.ts}")

    def submit(self, body: Mapping[str, Any]) -> None:
        """Starts to ask what was filled in, and returns at once."""
        view = body["view"]
        try:
            spot = Spot.model_validate_json(view.get("private_metadata") or "")
        except ValidationError:
            spot = Spot()
        if not spot.channel:
            log.warning("a form about a message is none of ours")
            return
        asked = question(str(view["state"]["values"][QUESTION][QUESTION].get("value") or ""), self._parts.me.user)
        self._parts.tasks.launch(self._ask(spot, str(body["user"]["id"]), asked, str(view["id"])), f"about {spot.ts}")

    async def _open(self, spot: Spot, user: str, trigger_id: str) -> None:
        language = await self._parts.manners.language(self._parts.me.team, user, spot.text)
        view = asking_form(spot.text, language, spot.kept(), min(_QUESTION_CHARS, self._limits.question_chars))
        if not await self._parts.replies.open_form(trigger_id, view):
            place = Place(spot.channel, spot.thread_ts)
            message = note(say("asking-refused", language))
            await self._parts.replies.whisper(place, user, message, spot.response_url)

    async def _ask(self, spot: Spot, user: str, asked: str, view_id: str) -> None:
        """The question is shown in the thread first; where the bot may not post, all goes to the asker alone."""
        thread = ThreadKey(self._parts.me.team, spot.channel, spot.thread_ts or spot.ts)
        beside = (Attached(f"<@{spot.author}>", spot.text, "message"),) if spot.text else ()
        ask = Ask(new_turn_id(), thread, user, asked, self._parts.services.clock(), attached=beside)
        if not await self._parts.turns.claim(ask, f"about:{view_id}", spot.response_url or ""):
            return
        language = await self._parts.manners.language(self._parts.me.team, user, asked)
        is_shown = await self._parts.replies.show_question(ask, language)
        if is_shown:
            await self._parts.turns.submit(ask, (), is_sent_again=False, files=spot.files)
            return
        apart = replace(ask, thread=replace(thread, thread_ts=f"about:{ask.turn_id}"))
        await self._parts.turns.submit(apart, (), response_url=spot.response_url, is_sent_again=False, files=spot.files)
