"""A handler of a kind of event the bot does not know."""

from slack_bolt.async_app import AsyncApp

from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    @app.event("reaction_added")
    async def on_reaction() -> None:
        await parts.services.store.claims.first(("seen",), parts.services.clock())
