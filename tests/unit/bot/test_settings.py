"""Settings: the environment in, one frozen object or one error that names everything wrong."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings, SettingsError, given_settings
from bot.settings_list import OPENAI_URL, SAMPLE_URL, SETTINGS, UPSTAGE_URL, Setting
from db.catalog.sample import SAMPLE_RULES, SAMPLE_SEMANTICS

SECRETS = tuple(setting.name for setting in SETTINGS if setting.is_secret)
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def problems(**environ: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    return str(caught.value).splitlines()


def test_an_empty_environment_is_enough() -> None:
    settings = Settings.from_env({})
    assert settings.transport is None
    assert not settings.uses_model
    assert settings.uses_sample
    assert settings.semantics == SAMPLE_SEMANTICS


@pytest.mark.parametrize("setting", [s for s in SETTINGS if s.default], ids=lambda s: s.name)
def test_a_default_that_is_written_down_is_the_default_that_counts(setting: Setting) -> None:
    assert Settings.from_env({setting.name: setting.default}) == Settings.from_env({})


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.name)
@pytest.mark.parametrize("blank", ["", "  ", "\t"])
def test_an_empty_value_counts_as_not_set(setting: Setting, blank: str) -> None:
    assert Settings.from_env({setting.name: blank}) == Settings.from_env({})


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LLM_MODEL=from-file\nPORT=4000\n", encoding="utf-8")
    settings = Settings.from_env({"LLM_MODEL": "from-environ"}, file)
    assert (settings.llm_model, settings.port) == ("from-environ", 4000)


def test_a_file_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert Settings.from_env({}, tmp_path / ".env") == Settings.from_env({})


def test_a_file_with_a_name_alone_sets_nothing(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LLM_MODEL\n", encoding="utf-8")
    assert given_settings({}, file) == {}


def test_a_file_that_is_no_text_is_told_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("LLM_MODEL=한글".encode("cp949"))
    with pytest.raises(SettingsError, match="cannot be read as UTF-8"):
        Settings.from_env({}, file)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    lines = problems(
        TIMEZONE="Mars/Olympus",
        PORT="eighty",
        SLACK_BOT_TOKEN="nonsense",
        LLM_BASE_URL="localhost",
        BOT_LANGUAGE="fr",
        LLM_ENGINE="magic",
    )
    assert sorted(line.split(":")[0] for line in lines) == [
        "BOT_LANGUAGE",
        "LLM_BASE_URL",
        "LLM_ENGINE",
        "PORT",
        "SLACK_BOT_TOKEN",
        "TIMEZONE",
    ]


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_BOT_TOKEN is set alone"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "without SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s"}, "without SLACK_BOT_TOKEN"),
        ({"LLM_ENGINE": "llm"}, "needs a key"),
        ({"OPENAI_API_KEY": "k"}, "LLM_MODEL is not set"),
        ({"CATALOG_SEMANTICS": "no/such.yml"}, "no file no/such.yml"),
        ({"SLACK_APP_TOKEN": "xoxb-wrong", "SLACK_BOT_TOKEN": "xoxb-1"}, "must start with xapp-"),
        ({"TIMEZONE": "../../etc/hosts"}, "no time zone"),
        ({"LLM_BASE_URL": "https://"}, "must be a web address"),
        ({"PORT": "65536"}, "65535"),
        ({"ALERT_CHANNEL": "#ml-alerts"}, "must be a channel's id (C…)"),
        ({"ALERT_EVERY_S": "0"}, "ALERT_EVERY_S: "),
        ({"ALERT_EVERY_S": "86401"}, "86400"),
        ({"ALERT_RULES": "no/such.yml"}, "no file no/such.yml"),
        ({"ALERT_CHANNEL": "C1", "CATALOG_URL": "sqlite:///other.db"}, "ALERT_CHANNEL needs ALERT_RULES"),
    ],
)
def test_a_contradiction_says_what_to_do(environ: dict[str, str], said: str) -> None:
    assert said in "\n".join(problems(**environ))


@pytest.mark.parametrize(
    ("environ", "transport"),
    [
        ({}, None),
        (SOCKET, "socket"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, "http"),
        ({**SOCKET, "SLACK_SIGNING_SECRET": "s"}, "socket"),
    ],
)
def test_the_tokens_decide_the_transport(environ: dict[str, str], transport: str | None) -> None:
    assert Settings.from_env(environ).transport == transport


@pytest.mark.parametrize(
    ("environ", "key", "base"),
    [
        ({"UPSTAGE_API_KEY": "u"}, "u", UPSTAGE_URL),
        ({"OPENAI_API_KEY": "o", "LLM_MODEL": "gpt"}, "o", OPENAI_URL),
        ({"UPSTAGE_API_KEY": "u", "OPENAI_API_KEY": "o"}, "u", UPSTAGE_URL),
        ({"LLM_API_KEY": "l", "UPSTAGE_API_KEY": "u"}, "l", UPSTAGE_URL),
        ({"LLM_API_KEY": "l", "LLM_BASE_URL": "http://local:1/v1"}, "l", "http://local:1/v1"),
        ({"OPENAI_API_KEY": "o", "LLM_BASE_URL": "http://local:1/v1"}, "o", "http://local:1/v1"),
    ],
)
def test_a_key_finds_its_endpoint(environ: dict[str, str], key: str, base: str) -> None:
    settings = Settings.from_env(environ)
    assert settings.llm_api_key is not None
    assert (settings.llm_api_key.get_secret_value(), settings.llm_base_url) == (key, base)
    assert settings.uses_model


def test_the_offline_engine_asks_no_model_even_with_a_key() -> None:
    assert not Settings.from_env({"UPSTAGE_API_KEY": "u", "LLM_ENGINE": "offline"}).uses_model


def test_slacks_address_gets_its_closing_slash() -> None:
    assert Settings.from_env({"SLACK_API_URL": "http://127.0.0.1:1/api"}).slack_api_url == "http://127.0.0.1:1/api/"


def test_another_catalogue_has_no_sample_semantics(tmp_path: Path) -> None:
    other = Settings.from_env({"CATALOG_URL": "sqlite:///other.db"})
    assert other.semantics is None
    assert not other.uses_sample
    file = tmp_path / "catalog.yml"
    file.touch()
    assert Settings.from_env({"CATALOG_SEMANTICS": str(file), "CATALOG_URL": SAMPLE_URL}).semantics == file


def test_alerts_are_off_until_a_channel_is_named(tmp_path: Path) -> None:
    assert Settings.from_env({}).rules is None
    assert Settings.from_env({"ALERT_CHANNEL": "C1"}).rules == SAMPLE_RULES
    file = tmp_path / "alerts.yml"
    file.touch()
    own = Settings.from_env({"ALERT_CHANNEL": "C1", "ALERT_RULES": str(file), "CATALOG_URL": "sqlite:///other.db"})
    assert own.rules == file


@given(st.sampled_from(SECRETS), st.text(st.characters(codec="ascii", exclude_characters="\0"), min_size=8))
def test_no_secret_is_ever_printed(name: str, noise: str) -> None:
    secret = f"hush{noise}hush"
    try:
        shown = repr(Settings.from_env({name: secret, "PORT": "0"}))
    except SettingsError as error:
        shown = f"{error!r} {error}"
    assert secret not in shown


@given(st.dictionaries(st.sampled_from([s.name for s in SETTINGS]), st.text()))
def test_whatever_the_environment_holds_there_are_settings_or_a_settings_error(environ: dict[str, str]) -> None:
    with contextlib.suppress(SettingsError):
        settings = Settings.from_env(environ)
        assert settings == settings.model_copy()


@pytest.mark.parametrize("key", ["up_키", "up_…", "up_\x00"])
def test_a_key_with_characters_no_key_has_is_named_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"UPSTAGE_API_KEY": key})
    assert "copy it anew" in str(caught.value)
    assert key not in str(caught.value)


def test_lists_of_ids_are_read_by_commas() -> None:
    settings = Settings.from_env({"ADMINS": " U1, W2 ,,U1", "ALLOWED_CHANNELS": "C1,G2,D3", "ALLOWED_TEAMS": "T1,E2"})
    assert settings.admins == ("U1", "W2")
    assert settings.allowed_channels == ("C1", "G2", "D3")
    assert settings.allowed_teams == ("T1", "E2")
    assert settings.allowed_users == ()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ADMINS", "@kim", "'@kim' is no id of a user"),
        ("ALLOWED_USERS", "U1 U2", "'U1 U2' is no id of a user"),
        ("ALLOWED_CHANNELS", "C1,#general,general", "'#general', 'general' is no id of a channel"),
        ("ALLOWED_TEAMS", "my-company.slack.com", "'my-company.slack.com' is no id of a workspace"),
    ],
)
def test_what_is_no_id_is_refused_with_words(name: str, value: str, said: str) -> None:
    (line,) = problems(**{name: value})
    assert line.startswith(f"{name}: {said}")


def test_limits_are_numbers_that_make_sense() -> None:
    lines = problems(QUESTIONS_PER_MINUTE="-1", TOKENS_PER_DAY="0", USD_PER_DAY="inf", ALLOW_EXTERNAL="perhaps")
    assert [line.split(":")[0] for line in lines] == [
        "ALLOW_EXTERNAL",
        "QUESTIONS_PER_MINUTE",
        "TOKENS_PER_DAY",
        "USD_PER_DAY",
    ]
    settings = Settings.from_env({"USD_PER_DAY": "2.50", "TOKENS_PER_DAY": "1000", "ALLOW_EXTERNAL": "true"})
    assert (str(settings.usd_per_day), settings.tokens_per_day, settings.allow_external) == ("2.50", 1000, True)
