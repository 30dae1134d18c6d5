"""The role that a Postgres catalogue is read with, told of in the log where it can do more than read."""

import logging

from db.catalog.catalog import Catalog
from db.catalog.engines import is_postgres, role_at
from db.catalog.errors import CatalogUnavailable
from db.catalog.privacy import readable

log = logging.getLogger(__name__)


async def warn_of_powers(url: str, catalog: Catalog) -> None:
    """One line with all that the role can do beside reading the catalogue, if anything; never raises."""
    if not is_postgres(url):
        return
    try:
        role = await role_at(url, readable(catalog.schema, catalog.schema))
    except CatalogUnavailable as error:
        log.warning("the catalogue's role was not looked at", extra={"reason": str(error)})
        return
    if role.powers:
        powers = [power.what for power in role.powers]
        log.warning(
            "the catalogue's role can do more than read it; see mlops-bot doctor",
            extra={"role": role.name, "powers": powers},
        )
