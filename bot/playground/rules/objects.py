"""The small objects that blocks and elements are made of: texts, options, confirm dialogs, files.

Source: docs.slack.dev/reference/block-kit/composition-objects, and the checks of slack_sdk.models 3.47.
"""

from typing import Final

from bot.playground.rules.shape import Rule, boolean, choice, listing, only_one_of, record, string, tagged, typed, url

OPTIONS: Final = 100

ID: Final = string(255)
URL: Final = url("https://", "http://")
HTTPS: Final = url("https://")
LINK: Final = url("https://", "http://", "mailto:", "tel:")
"""What running text may lead to, as Slack's own composer writes it."""
STYLE: Final = choice("primary", "danger")


def plain(most: int) -> Rule:
    """A plain_text object."""
    return typed("plain_text", {"text!": string(most), "emoji": boolean})


def mrkdwn(most: int) -> Rule:
    return typed("mrkdwn", {"text!": string(most), "verbatim": boolean})


def words(most: int) -> Rule:
    """A text object of either kind."""
    return tagged({"plain_text": plain(most), "mrkdwn": mrkdwn(most)})


# The reference's prose asks for a plain_text `text`; its own example and the SDK's default are mrkdwn.
CONFIRM: Final = record(
    {"title!": plain(100), "text!": words(300), "confirm!": plain(30), "deny!": plain(30), "style": STYLE}
)

MENU_OPTION: Final = record({"text!": plain(75), "value!": string(150), "description": plain(75)})
CHECK_OPTION: Final = record({"text!": words(75), "value!": string(150), "description": words(75)})
OVERFLOW_OPTION: Final = record({"text!": plain(75), "value!": string(150), "description": plain(75), "url": URL})
OPTION_GROUP: Final = record({"label!": plain(75), "options!": listing(MENU_OPTION, OPTIONS)})

SLACK_FILE: Final = record({"id": string(), "url": URL}, only_one_of("id", "url"))
IMAGE: Final = typed(
    "image",
    {"alt_text!": string(2_000), "image_url": URL, "slack_file": SLACK_FILE},
    only_one_of("image_url", "slack_file"),
)
SOURCE: Final = typed("url", {"url!": URL, "text!": string()})

DISPATCH: Final = record({"trigger_actions_on!": listing(choice("on_enter_pressed", "on_character_entered"), 2)})
CONVERSATIONS: Final = record(
    {
        "include": listing(choice("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)
WORKFLOW: Final = record(
    {
        "trigger!": record(
            {
                "url!": URL,
                "customizable_input_parameters": listing(record({"name!": string(), "value!": string()}), least=0),
            }
        )
    }
)
