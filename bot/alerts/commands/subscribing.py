"""Who else is told of alerts: subscriptions of people and of channels."""

import re
from dataclasses import replace
from typing import Final

from agent.errors import AskError
from agent.messages import say
from bot.alerts.alerting import Alerting
from bot.alerts.commands.condition_words import MisreadError, Wanted, is_self, wanted
from bot.alerts.commands.known_names import unmet
from bot.alerts.conditions import Conditions, key_of
from bot.alerts.people.sight import UnsureError
from bot.messages.alerts.conditions import misread, told, unknown
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.subscribed import Dropped, subscription_list
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.refusals import refusal
from bot.parts import Parts
from db.catalog.errors import CatalogUnavailable
from db.catalog.meaning import Language
from db.store.alerts.records import Subscription

MOST: Final = 30
"""So many subscriptions one person, or one channel, may have."""
SUBSCRIBE: Final = "/mlops subscribe"
UNSUBSCRIBE: Final = "/mlops unsubscribe"
_MENTIONED: Final = re.compile(r"\*?<@([UW][A-Z0-9]+)(?:\|[^>]*)?>\*?")


class Subscriptions:
    """What somebody asks for in a channel, or in a direct conversation: there everything is theirs alone.

    All methods raise StoreUnavailable.
    """

    def __init__(self, parts: Parts, alerting: Alerting) -> None:
        self._parts = parts
        self._alerting = alerting
        self._log = parts.services.store.subscriptions
        self._admins = parts.services.settings.admins

    async def listing(self, user: str, channel: str, language: Language) -> Message:
        """Those of the person and those of the channel, with the buttons that drop them."""
        here = [] if _is_direct(channel) else await self._log.of(channel)
        return subscription_list(await self._log.of(user), here, await self._voice(channel, language))

    async def subscribe(self, text: str, user: str, channel: str, language: Language) -> Message:
        """Has the person, or the channel, told of what the text says; without any, what there is.

        A person is then told of runs that they see. A channel is told of all: where a policy parts people, only admins
        may subscribe one.
        """
        try:
            asked = await self._read(text, user)
        except MisreadError as error:
            return note(misread(error, language, SUBSCRIBE))
        if not asked.conditions and not asked.is_all:
            return await self.listing(user, channel, language)
        target = _target(asked, user, channel)
        if target != user and not self._may_decide(user):
            return self._refusal(language)
        if len(await self._log.of(target)) >= MOST:
            return note(say("alert-subscriptions-too-many", language, count=MOST))
        conditions = {key: list(values) for key, values in asked.conditions.items()}
        one = Subscription(target, key_of(conditions), conditions, user, self._parts.services.clock())
        what = told(conditions, language)
        if not asked.is_sure and (warning := await self._warning(asked, text, user, language)):
            return note(warning)
        if not await self._log.add(one):
            return note(say("alert-subscribed-already", language, what=what))
        return note(say("alert-subscribed", language, where=_where(target, user, language), what=what))

    async def _warning(self, asked: Wanted, text: str, user: str, language: Language) -> str:
        """What to say where nothing that they see is so by now; "" where something is, or nobody can tell."""
        alerting = self._alerting
        try:
            catalog = await alerting.sight.catalog(user) or alerting.catalog
        except UnsureError:
            return ""
        lacking = await unmet(asked.conditions, alerting.rules, catalog)
        return unknown(lacking, f"{SUBSCRIBE} {text}", language) if lacking else ""

    async def unsubscribe(self, text: str, user: str, channel: str, language: Language) -> Message:
        """Drops what the text says, or the only one that has all of it beside more; "all" drops all.

        A channel's are dropped only for who may. Where none is meant, or several may be, there is what there is.
        """
        try:
            asked = await self._read(text, user)
        except MisreadError as error:
            return note(misread(error, language, UNSUBSCRIBE))
        target = _target(asked, user, channel)
        if asked.is_all and not asked.conditions:
            return await self._drop_all(target, user, language)
        if not asked.conditions:
            hint = say("alert-unsubscribe-what", language, command=UNSUBSCRIBE)
            return await self._listed_below(hint, user, channel, language)
        key, what = key_of(asked.conditions), told(asked.conditions, language)
        targets = [target] if asked.place or _is_direct(channel) else [user, channel]
        known = [found for one in targets for found in await self._log.of(one)]
        alike = [one for one in known if _has_all(one, asked.conditions)]
        exact = next((one for one in alike if one.key == key), None)
        if exact is not None or len(alike) == 1:
            return await self._drop(exact or alike[0], user, language)
        said = say("alert-unsubscribe-several" if alike else "alert-unsubscribe-none", language, what=what)
        return await self._listed_below(said, user, channel, language)

    async def drop(self, dropped: Dropped, user: str, language: Language) -> Message:
        """What the button beside a subscription does; a second click is told that it is gone."""
        known = {one.key: one for one in await self._log.of(dropped.of)}
        if dropped.key not in known:
            return note(say("alert-subscription-gone", language))
        return await self._drop(known[dropped.key], user, language)

    async def _listed_below(self, text: str, user: str, channel: str, language: Language) -> Message:
        said, listing = note(text), await self.listing(user, channel, language)
        return replace(listing, text=said.text, blocks=(*said.blocks, *listing.blocks))

    async def _drop(self, one: Subscription, user: str, language: Language) -> Message:
        if one.target != user and one.set_by != user and not self._may_decide(user):
            return self._refusal(language)
        await self._log.drop(one.target, one.key)
        return note(say("alert-unsubscribed", language, what=told(one.conditions, language)))

    async def _drop_all(self, target: str, user: str, language: Language) -> Message:
        if target != user and not self._may_decide(user):
            return self._refusal(language)
        found = await self._log.of(target)
        for one in found:
            await self._log.drop(target, one.key)
        where = _where(target, user, language)
        return note(say("alert-unsubscribed-all", language, where=where, count=len(found)))

    async def _read(self, text: str, user: str) -> Wanted:
        """What is asked for, with people by their addresses. Raises MisreadError."""
        asked = wanted(text)
        owners = asked.conditions.get("owner")
        if owners is None:
            return asked
        named = [await self._owner(one, user) for one in owners]
        return replace(asked, conditions={**asked.conditions, "owner": tuple(named)})

    async def _owner(self, pattern: str, user: str) -> str:
        """A person of Slack as the catalogue knows them: by name, else by e-mail address."""
        mentioned = _MENTIONED.fullmatch(pattern)
        if mentioned is None and not is_self(pattern):
            return pattern
        who = user if mentioned is None else mentioned[1]
        try:
            asker = await self._parts.askers.of(user)
            known = await self._parts.askers.persons.of(who, asker.catalog)
        except (AskError, CatalogUnavailable) as error:
            raise MisreadError("unknown-person", pattern.strip("*")) from error
        found = known.email or (known.person.name if known.person is not None else None)
        if found is None:
            raise MisreadError("unknown-person", pattern.strip("*"))
        return found

    async def _voice(self, channel: str, language: Language) -> Voice:
        return replace(await self._alerting.voices.of(channel), language=language)

    def _may_decide(self, user: str) -> bool:
        is_open = not self._admins and not self._parts.askers.has_policy
        return is_open or user in self._admins

    def _refusal(self, language: Language) -> Message:
        return refusal("alerts-not-admin", language, admins=self._admins)


def _has_all(one: Subscription, conditions: Conditions) -> bool:
    """Whether it has each of these conditions just as written; it may have more."""
    return all(key_of({key: one.conditions.get(key, ())}) == key_of({key: conditions[key]}) for key in conditions)


def _target(asked: Wanted, user: str, channel: str) -> str:
    """Whom it is about: the channel where they say so, else the person."""
    return channel if asked.place == "here" and not _is_direct(channel) else user


def _where(target: str, user: str, language: Language) -> str:
    return say("alert-subscribe-me" if target == user else "alert-subscribe-here", language)


def _is_direct(channel: str) -> bool:
    return channel.startswith("D")
