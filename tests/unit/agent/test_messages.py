"""The catalogue of sentences: complete in both languages, and strict about what it is asked for."""

import pytest

from agent.messages import LANGUAGES, MessageError, resources, say
from db.catalog.meaning import Language
from tests.catalogue import entries


def test_both_languages_have_the_same_messages_with_the_same_values() -> None:
    assert entries("ko") == entries("en")
    assert set(resources("ko")) == set(resources("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_stands_in_its_sentence(language: Language) -> None:
    assert "`no such column`" in say("query-stuck", language, problem="no such column")


def test_what_the_catalogue_lacks_is_a_defect_not_an_empty_text() -> None:
    for key in ("no-such-message", "query-stuck.tooltip", "query-stuck"):
        with pytest.raises(MessageError, match=key.split(".")[0]):
            say(key, "ko")
