"""Learnt words in the terminal: listed, written as YAML, read from it, taken back."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from agent.language import language_of
from agent.messages import say
from agent.offline.saying.teaching import objection
from agent.offline.words.lexicon import Lexicon
from agent.vocabulary import synonym_of
from bot.messages.gate import clean
from bot.services import Services
from bot.terminal.shell import Shell
from db.catalog.learned import Synonym, Target, fits, from_file, read_target, to_yaml
from db.catalog.meaning import Language
from db.catalog.semantics_file import CatalogFile, SemanticsError
from db.catalog.source_file import SourceFile
from db.catalog.values import fold
from db.store.records import Decision, SynonymVerdict, UnplacedWord

EXIT_LEFT_OUT: Final = 1
TEAM: Final = "terminal"
_MOST: Final = 50
_FINE: Final = ("saved", "unchanged", "known")


class Taught:
    """What `mlops-bot catalog synonyms` does, on opened services."""

    def __init__(self, services: Services, shell: Shell) -> None:
        self._services = services
        self._shell = shell
        self._log = services.store.synonyms
        self._layer = services.catalog.semantics
        self._language: Language = language_of("", services.settings.language)

    async def show(self) -> int:
        """What was learnt with who said so, and what was not understood by whom."""
        learned, dropped = await self._log.confirmed(), await self._log.dropped()
        lines = [*map(self._learned, learned), *(f"{one.surface} → –  ({_by(one)})" for one in dropped)]
        self._say(say("taught-learned", self._language), lines or ["–"])
        unplaced = await self._log.unplaced(None, _MOST)
        title = say("taught-unknown", self._language)
        self._say(title, [_unplaced(one) for one in unplaced] or ["–"])
        return 0

    async def export(self, out: Path | None) -> int:
        """The learnt words as YAML that catalog.yml takes; those the catalogue has no place for are left out."""
        synonyms = [synonym_of(one) for one in await self._log.confirmed()]
        kept = [one for one in synonyms if fits(self._layer, one.target)]
        for one in synonyms:
            if one not in kept:
                self._left_out(one, "misfit")
        text = to_yaml(kept, self._layer)
        if out is None:
            self._shell.stdout.write(text)
        else:
            await asyncio.to_thread(out.write_text, text, encoding="utf-8")
            self._shell.stdout.write(f"{out}: {len(kept)}\n")
        return 0

    async def read(self, path: Path) -> int:
        """Learns the synonyms of a file like catalog.yml; 1 where some could not be learnt. Raises SemanticsError."""
        file = SourceFile(path, "--import", SemanticsError).parse(CatalogFile)
        lexicon = Lexicon(self._layer, self._services.catalog.values)
        return max([await self._take(synonym, lexicon) for synonym in from_file(file)], default=0)

    async def teach(self, word: str, meaning: str) -> int:
        """Learns one word; 1 where it cannot be learnt, or the catalogue has no such meaning."""
        target = read_target(meaning, self._layer)
        if target is None:
            self._shell.stderr.write(f"{clean(say('taught-no-meaning', self._language, meaning=meaning))}\n")
            return EXIT_LEFT_OUT
        return await self._take(Synonym(word, target), Lexicon(self._layer, self._services.catalog.values))

    async def remove(self, word: str) -> int:
        """Takes back whatever was decided of a word; 1 where nothing was."""
        decided = await self._log.decide(self._decision(Synonym(word, Target("")), "undone"))
        key = "synonym-undone" if decided == "saved" else "synonym-unchanged"
        said = say(key, self._language, word=word, meaning="–")
        (self._shell.stdout if decided == "saved" else self._shell.stderr).write(f"{clean(said)}\n")
        return 0 if decided == "saved" else EXIT_LEFT_OUT

    async def _take(self, synonym: Synonym, lexicon: Lexicon) -> int:
        """Learns a word and says what came of it; 1 where it is left out."""
        outcome = await self._learn(synonym, lexicon)
        if outcome == "saved":
            self._shell.stdout.write(f"{clean(f'{synonym.word} → {synonym.target}')}\n")
        elif outcome == "taken":
            self._left_out(replace(synonym, target=await self._standing(synonym)), outcome)
        elif outcome not in _FINE:
            self._left_out(synonym, outcome)
        return 0 if outcome in _FINE else EXIT_LEFT_OUT

    async def _learn(self, synonym: Synonym, lexicon: Lexicon) -> str:
        against = objection(synonym, lexicon)
        if against is not None:
            return against.code
        return await self._log.decide(self._decision(synonym, "confirmed"))

    async def _standing(self, synonym: Synonym) -> Target:
        """What the word means by now; what was meant to be learnt where that was just taken back."""
        standing = {one.key: one.target for one in map(synonym_of, await self._log.confirmed())}
        return standing.get(synonym.key, synonym.target)

    def _decision(self, synonym: Synonym, verdict: SynonymVerdict) -> Decision:
        target = synonym.target
        place = (target.table, target.column, target.value)
        return Decision(fold(synonym.word), synonym.word, verdict, TEAM, TEAM, self._services.clock(), *place)

    def _left_out(self, synonym: Synonym, code: str) -> None:
        """A warning for the operator, in the sentence that an admin reads in Slack."""
        key = "synonym-gone" if code == "misfit" else f"synonym-{code.replace('_', '-')}"
        told = say(key, self._language, word=synonym.word, meaning=str(synonym.target))
        self._shell.stderr.write(f"{clean(told)}\n")

    def _learned(self, one: Decision) -> str:
        synonym = synonym_of(one)
        unused = "" if fits(self._layer, synonym.target) else f" {say('taught-gone', self._language)}"
        return f"{one.surface} → {synonym.target}{unused}  ({_by(one)})"

    def _say(self, title: str, lines: list[str]) -> None:
        self._shell.stdout.writelines(_text(title, lines))


def _text(title: str, lines: list[str]) -> Iterator[str]:
    yield f"{title}:\n"
    yield from (f"  {clean(line)}\n" for line in lines)


def _by(one: Decision) -> str:
    return f"{one.user_id}, {one.at:%Y-%m-%d}"


def _unplaced(one: UnplacedWord) -> str:
    return f"{one.surface}  ×{one.times}  {', '.join(one.users)}  “{' '.join(one.question.split())}”"
