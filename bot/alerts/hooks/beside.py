"""What alerting serves over HTTP: the hook for orchestrators, and its part of /healthz."""

from collections.abc import Sequence

from pydantic import SecretStr

from bot.alerts.alerting import Alerting
from bot.alerts.hooks.door import Hooks
from bot.transport import Beside
from db.store.alerts.log import Route


def beside(alerts: Alerting | None, secret: SecretStr | None) -> Beside:
    """Nothing where alerts are off; no hook without a secret."""
    if alerts is None:
        return Beside()

    async def troubles() -> Sequence[str]:
        return [trouble.what for trouble in await alerts.health.troubles()]

    return Beside(_hooks(alerts, secret).routes() if secret is not None else (), troubles)


def _hooks(alerts: Alerting, secret: SecretStr) -> Hooks:
    store = alerts.store

    async def route() -> Route:
        return (await alerts.router()).route

    return Hooks(
        secret.get_secret_value(),
        alerts.rules,
        alerts.zone,
        alerts.catalog,
        store.alerts,
        store.hooks,
        route,
        alerts.wake.set,
        alerts.clock,
    )
