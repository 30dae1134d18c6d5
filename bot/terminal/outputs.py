"""An answer's chart and rows as files of whoever asks in the terminal."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from agent.answer import Answer, behind
from agent.chart import Chart
from agent.headings import headings
from agent.messages import say
from agent.offline.saying.charted import redrawn
from agent.offline.saying.charts import why_none
from bot.charts.pictures import NoPicture, Pictures
from bot.features.exports import unlimited
from bot.features.spreadsheet import csv_bytes
from bot.messages.columns import labels
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError
from db.catalog.meaning import Language

OutputKind: TypeAlias = Literal["chart", "csv"]


class OutputError(Exception):
    """For the user: why there is no file, in a sentence."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file that is wanted. `is_forced`: one that is there may be overwritten."""

    kind: OutputKind
    path: Path
    is_forced: bool = False

    def check(self, language: Language) -> None:
        """Raises OutputError where it could not be written, before anything is asked for it."""
        try:
            problem = self._problem()
        except OSError as error:
            raise self._not_written(error, language) from error
        if problem:
            raise OutputError(say(problem, language, path=str(self.path)))

    def _problem(self) -> str:
        """The sentence's key; "" where there is none. Raises OSError for what is no path at all."""
        path, folder = self.path, self.path.parent
        if self.kind == "chart" and path.suffix.lower() != ".png":
            return "file-not-png"
        if path.is_dir():
            return "file-is-folder"
        if path.exists() and not self.is_forced:
            return "file-exists"
        if not folder.is_dir():
            return "file-no-folder"
        return "" if os.access(path if path.exists() else folder, os.W_OK) else "file-not-writable"

    def _not_written(self, error: OSError, language: Language) -> OutputError:
        return OutputError(say("file-not-written", language, path=str(self.path), why=error.strerror or ""))

    async def write(self, answer: Answer, catalog: Catalog, now: datetime) -> str:
        """Makes the file of an answer and returns the sentence that it is there. Raises OutputError."""
        language = answer.language
        self.check(language)
        data = await (_png(answer, catalog, now) if self.kind == "chart" else _csv(answer, catalog))
        try:
            with self.path.open("wb" if self.is_forced else "xb") as file:
                file.write(data)
        except OSError as error:
            raise self._not_written(error, language) from error
        return say("file-written", language, path=str(self.path))


def typed(kind: OutputKind, name: str, *, is_forced: bool) -> Output:
    """The file of a name that no shell has read before."""
    return Output(kind, Path(name).expanduser(), is_forced)


async def _png(answer: Answer, catalog: Catalog, now: datetime) -> bytes:
    pictures = Pictures()
    try:
        return await pictures.png(_chart(answer, catalog, now), answer.language)
    except NoPicture as error:
        raise OutputError(say("file-no-picture", answer.language)) from error
    finally:
        await pictures.close()


def _chart(answer: Answer, catalog: Catalog, now: datetime) -> Chart:
    """The answer's own, else one of its rows."""
    query = behind(answer.queries)
    if answer.chart is not None:
        return answer.chart
    if query is None or query.table is None:
        raise OutputError(say("file-no-rows", answer.language))
    chart = redrawn(query.sql, query.table, answer.frame, catalog, answer.language, now)
    if chart is None:
        raise OutputError(why_none(query.table, answer.language))
    return chart


async def _csv(answer: Answer, catalog: Catalog) -> bytes:
    """All rows, also those beyond what the answer looked at."""
    query = behind(answer.queries)
    if query is None or query.table is None:
        raise OutputError(say("file-no-rows", answer.language))
    sql = query.sql
    if answer.engine == "offline":
        sql = unlimited(sql, catalog.dialect, answer.explanation)
    try:
        table = await catalog.read_out(sql)
    except QueryError as error:
        raise OutputError(say("export-failed", answer.language)) from error
    heads = headings(sql, table.columns, catalog.semantics, catalog.dialect, answer.language)
    return csv_bytes(labels(table, heads), table.rows)
