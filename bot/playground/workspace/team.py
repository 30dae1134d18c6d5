"""The people and channels of the playground: three users of the sample catalogue and what they talk in."""

from typing import Final

from bot.playground.workspace.records import App, Channel, User

APP: Final = App()
USERS: Final = (
    User("U0MINJUN", "minjun.kim", "김민준", "minjun.kim@example.com", "비전팀 · ML Engineer", "2f6fb5"),
    User("U0SEOYEON", "seoyeon.lee", "이서연", "seoyeon.lee@example.com", "NLP팀 · Data Scientist", "8a4fa3"),
    User("U0CHAEWON", "chaewon.yoon", "윤채원", "chaewon.yoon@example.com", "플랫폼팀 · MLOps Engineer", "2e7d5b"),
)
OPERATOR: Final = "U0CHAEWON"
"""Runs the platform, and so is the admin of an app that has no other."""
ALERTS: Final = "C0ALERTS"
VISION: Final = "C0VISION"
NLP: Final = "C0NLP"


def channels() -> tuple[Channel, ...]:
    """New channels, everybody in each of them, and a DM with the app for each person."""
    everybody = {user.id for user in USERS} | {APP.user}
    return (
        Channel(ALERTS, "ml-alerts", members=set(everybody), topic="실패한 파이프라인 · Failed pipelines"),
        Channel(VISION, "vision", members=set(everybody), topic="비전팀 · Vision"),
        Channel(NLP, "nlp", members=set(everybody), topic="NLP팀 · NLP"),
        *(Channel(f"D0{user.id[2:]}", user.name, "im", {user.id, APP.user}) for user in USERS),
    )
