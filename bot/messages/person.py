"""Who somebody is in the catalogue, in words."""

from collections.abc import Iterator
from typing import Final, Literal

from agent.messages import say
from db.catalog.meaning import Language
from db.catalog.people import Person

LINK: Final = "/mlops link"


def person_lines(
    person: Person | None, email: str | None, by: Literal["slack", "link"], language: Language
) -> Iterator[str]:
    """Who they are there and by which address, of Slack's or linked; how to be known where they are nobody."""
    if person is not None:
        team = person.team
        if team is None:
            yield say("person-here", language, name=person.name)
        else:
            yield say("person-here-of", language, name=person.name, team=str(team[1]))
        yield say(f"person-by-{by}", language, email=email or "?")
    elif email is None:
        yield say("person-nobody", language, command=LINK)
    else:
        yield say(f"person-nobody-{by}", language, email=email, command=LINK)
