"""The conversation in the terminal: a prompt, a turn, an answer, until quit."""

import asyncio
import re
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rich.text import Text

from agent.answer import Answer, ThreadKey
from agent.language import language_of
from agent.messages import say
from agent.offer import Offer
from bot.messages.sentences import sentence
from bot.people.readers import Asker
from bot.services import Services
from bot.terminal.drawing import clean, describe_usage, draw_answer, make_console
from bot.terminal.lines import make_history, piped_lines, typed_lines
from bot.terminal.outputs import OutputError, OutputKind, typed
from bot.terminal.progress import TurnView
from bot.terminal.shell import Shell
from bot.terminal.turn import asker_of, make_ask, run_turn, thread_key
from db.catalog.meaning import Language

if TYPE_CHECKING:
    from prompt_toolkit.history import History

QUIT = frozenset({"quit", "exit", "종료", "나가기", "/quit", "/exit", "/q", "/bye", ":q", "/종료", "/나가기"})
HELP: Final = frozenset({"/help", "/h", "/?", "/도움말"})
FILES: Final[Mapping[str, tuple[OutputKind, str]]] = {"/chart": ("chart", "out.png"), "/csv": ("csv", "out.csv")}
"""What is typed to save the last answer's chart or rows, each with an example of a file's name."""
FORCE: Final = "--force"
_COMMAND: Final = re.compile(r"/[a-z가-힣-]{1,20}", re.IGNORECASE)
"""A word behind a stroke alone is meant for the chat; a path has more of them."""
HISTORY = Path("data/chat_history")
_EXAMPLES_SHOWN = 4
_T = TypeVar("_T")


async def run_chat(
    shell: Shell,
    services: Services,
    *,
    thread: str | None = None,
    shows_usage: bool = False,
    history: "History | None" = None,
    email: str | None = None,
    me: str | None = None,
) -> int:
    """Talks until quit, EOF or Ctrl-C on the prompt. Always 0. `history` is kept under data/ where none is given.

    With `email`, as somebody of that address, who is `me` in the catalogue; raises what `asker_of` does.
    """
    asker = await asker_of(services, email, me)
    chat = _Chat(shell, services, asker, thread_key(thread), shows_usage, email)
    if shell.is_interactive:
        chat.greet()
        await chat.talk(typed_lines(history or make_history(HISTORY)))
        chat.say(say("terminal-goodbye", chat.home_language))
    else:
        await chat.talk(piped_lines(shell.stdin))
    return 0


class _Chat:
    def __init__(
        self, shell: Shell, services: Services, asker: Asker, thread: ThreadKey, shows_usage: bool, email: str | None
    ) -> None:
        self._services = services
        self._asker = asker
        self._email = email
        self._thread = thread
        self._shows_usage = shows_usage
        self._is_interactive = shell.is_interactive
        self._console = make_console(shell.stdout)
        self._offer: Offer | None = None
        self._last: Answer | None = None
        self.home_language: Language = "en" if services.settings.language == "en" else "ko"

    def say(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style))

    def greet(self) -> None:
        """Says what the bot is, with questions to start from."""
        self.say(say("terminal-hello", self.home_language), "bold")
        examples = self._services.catalog.semantics.examples.of(self.home_language)[:_EXAMPLES_SHOWN]
        if examples:
            self.say(say("terminal-examples", self.home_language), "dim")
            for example in examples:
                self.say(f"  {example}")
        self.say(say("terminal-how-to-quit", self.home_language), "dim")

    async def talk(self, lines: AsyncIterator[str]) -> None:
        async for line in lines:
            question = line.strip()
            if question.casefold() in QUIT:
                return
            if question:
                if not self._is_interactive:
                    self.say(f"> {question}")
                if question.casefold() in HELP:
                    self._help()
                elif (command := question.split(maxsplit=1)[0].casefold()) in FILES:
                    await self._save(command, question.split()[1:])
                elif _COMMAND.fullmatch(question):
                    self.say(say("terminal-unknown-command", self.home_language, command=clean(question)), "yellow")
                else:
                    await self._answer(self._picked(question))

    def _help(self) -> None:
        """Says what can be typed here."""
        self.greet()
        self.say(say("terminal-commands", self.home_language), "dim")

    async def _save(self, command: str, words: list[str]) -> None:
        """Writes a file of the last answer, and says so or why not."""
        language = self.home_language if self._last is None else self._last.language
        path = " ".join(word for word in words if word != FORCE)
        kind, example = FILES[command]
        try:
            if not path:
                raise OutputError(say("file-how", language, command=command, example=example))
            if self._last is None:
                raise OutputError(say("file-no-answer", language))
            output = typed(kind, path, is_forced=FORCE in words)
            now = self._services.clock().astimezone(self._services.settings.timezone)
            self.say(await output.write(self._last, self._asker.catalog, now), "dim")
        except OutputError as error:
            self.say(clean(str(error)), "yellow")

    def _picked(self, line: str) -> str:
        """The question of the choice whose number was typed; any other line as it is."""
        choices = self._offer.choices if self._offer is not None else ()
        if not line.isdecimal() or not 0 < int(line) <= len(choices):
            return line
        choice = choices[int(line) - 1]
        self.say(f"→ {clean(choice.label)}", "dim")
        return choice.question

    async def _answer(self, question: str) -> None:
        language = language_of(question, self._services.settings.language)
        ask = make_ask(question, self._thread, self._services.clock(), self._email)
        with TurnView(self._console, language) as view:
            outcome = await _unless_interrupted(run_turn(self._services, ask, view.show, self._asker))
        if outcome is None:
            self.say(say("terminal-stopped", language), "yellow")
        elif isinstance(outcome, Answer):
            self._offer, self._last = outcome.offer, outcome
            draw_answer(self._console, outcome)
            if self._shows_usage:
                self.say(describe_usage(outcome.usage, outcome.elapsed_s, outcome.language), "dim")
        else:
            self.say(sentence(outcome.code, language, outcome.turn_id), "red")
        self.say("")


async def _unless_interrupted(work: Coroutine[Any, Any, _T]) -> _T | None:
    """The result of `work`; None when Ctrl-C stopped it."""
    task = asyncio.create_task(work)
    try:
        with _on_interrupt(task):
            await asyncio.wait({task})
    finally:
        if not task.done():  # we are cancelled ourselves; the turn must end before the parts it uses are closed
            task.cancel()
            await asyncio.wait({task})
    return None if task.cancelled() else task.result()


@contextmanager
def _on_interrupt(task: "asyncio.Task[Any]") -> Iterator[None]:
    """Lets Ctrl-C cancel `task` alone, where the platform has signals for event loops."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)
    try:
        loop.add_signal_handler(signal.SIGINT, task.cancel)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows, or a loop outside the main thread
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, before)
