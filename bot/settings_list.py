"""The names of all settings, what each is for and what it is where nobody sets it."""

from dataclasses import dataclass

UPSTAGE_URL = "https://api.upstage.ai/v1"
OPENAI_URL = "https://api.openai.com/v1"
SLACK_URL = "https://slack.com/api/"
SAMPLE_URL = "sqlite:///data/catalog.db"


@dataclass(frozen=True, slots=True)
class Setting:
    """One name of the environment: whether it is a secret, and what it is for."""

    name: str
    meaning: str
    default: str = ""
    is_secret: bool = False


SETTINGS = (
    Setting(
        "SLACK_BOT_TOKEN", "the bot's token (xoxb-…); with one of the next two the bot joins Slack", is_secret=True
    ),
    Setting("SLACK_APP_TOKEN", "app-level token (xapp-…): Socket Mode, no public address needed", is_secret=True),
    Setting("SLACK_SIGNING_SECRET", "HTTP mode: Slack's requests come to /slack/events, signed", is_secret=True),
    Setting("SLACK_API_URL", "base of Slack's Web API, with the closing slash", SLACK_URL),
    Setting("UPSTAGE_API_KEY", "key of Upstage's API, the default model's home", is_secret=True),
    Setting("OPENAI_API_KEY", "key of OpenAI's API, where UPSTAGE_API_KEY is not set", is_secret=True),
    Setting("LLM_BASE_URL", "any OpenAI-compatible endpoint", UPSTAGE_URL),
    Setting("LLM_API_KEY", "key for LLM_BASE_URL; goes before the two above", is_secret=True),
    Setting("LLM_MODEL", "the model's name at that endpoint", "solar-pro3"),
    Setting("LLM_ENGINE", "auto (the model where a key is set, else rules) | llm | offline", "auto"),
    Setting(
        "CATALOG_URL", "the MLOps catalogue, read-only: sqlite:/// or postgresql://; the sample is built", SAMPLE_URL
    ),
    Setting("CATALOG_SEMANTICS", "the catalog.yml that says what the catalogue means; the sample has its own"),
    Setting("POLICY", "a YAML file: who sees which private columns and which rows; without it everybody sees the same"),
    Setting(
        "ALERT_CHANNEL",
        "id of the channel (C…) that is told where alerts.yml names none; empty: only those it names",
    ),
    Setting("ALERT_EVERY_S", "seconds between two looks of a rule that has no time of its own, 1 to 86400", "60"),
    Setting("ALERT_RULES", "the alerts.yml that says what has failed; the sample has its own"),
    Setting(
        "LOG_ROOTS",
        "folders (/…) and addresses (s3://, gs://, https://) below which logs of failed pipelines are read, by commas; "
        "empty: none is",
    ),
    Setting(
        "HOOK_SECRET",
        "orchestrators report failures to /hooks/pipelines, signed with it (whsec_… or 24 characters and more)",
        is_secret=True,
    ),
    Setting("ALERT_SILENT_S", "alerting that does nothing for so many seconds is told to ADMINS, 60 to 86400", "900"),
    Setting(
        "STORE_URL",
        "the bot's own state: sqlite:/// for one bot, postgresql:// for several (docs/replicas.md)",
        "sqlite:///data/store.db",
    ),
    Setting("ME", "your e-mail address in the catalogue: whose 'my' is meant in the terminal; as --me EMAIL"),
    Setting("TIMEZONE", "what 'today' means", "Asia/Seoul"),
    Setting("BOT_LANGUAGE", "auto (the asker's) | ko | en", "auto"),
    Setting("PORT", "port of /healthz, and of /slack/events in HTTP mode", "3000"),
    Setting("HOST", "address that PORT is bound to", "0.0.0.0"),
    Setting(
        "ADMINS",
        "ids of the users (U…) that may read /mlops audit, teach words and are named to whoever is refused; by commas",
    ),
    Setting("ALLOWED_USERS", "ids of the users (U…) that may ask, by commas; empty: everybody in the workspace"),
    Setting(
        "ALLOWED_CHANNELS", "ids of the channels (C…, a direct one D…) where one may ask, by commas; empty: anywhere"
    ),
    Setting("ALLOWED_TEAMS", "ids of the workspaces (T…) whose people may ask, by commas; empty: any that is let in"),
    Setting("ALLOW_EXTERNAL", "true: people of other workspaces may ask in Slack Connect channels", "false"),
    Setting("QUESTIONS_PER_MINUTE", "so many questions one person may ask a minute; 0: no limit", "60"),
    Setting("TOKENS_PER_DAY", "so many tokens all questions of a day may use; empty: no limit"),
    Setting("USD_PER_DAY", "so many dollars all questions of a day may cost, where prices are known; empty: no limit"),
    Setting("LINK_HOSTS", "hosts that links in answers may lead to, by commas; any other address stays plain text"),
    Setting("PLAYGROUND_PORT", "port of the playground's page on 127.0.0.1; 0: any free one", "8877"),
)
