"""LOG_ROOTS: the places whose logs are read."""

import pytest

from bot.settings import Settings, SettingsError


def test_no_root_is_set_by_itself() -> None:
    assert Settings.from_env({}).log_roots == ()


def test_roots_stand_by_commas() -> None:
    settings = Settings.from_env(
        {"LOG_ROOTS": "/mnt/artifacts, s3://runs/logs/ ,/mnt/artifacts,https://logs.example.com/"}
    )
    assert settings.log_roots == ("/mnt/artifacts", "s3://runs/logs/", "https://logs.example.com/")
    assert Settings(log_roots=("/mnt/artifacts",)).log_roots == ("/mnt/artifacts",)


@pytest.mark.parametrize(
    "wrong",
    ["/", "logs", "../logs", "/mnt/../etc", "file:///etc", "memory://x", "ftp://h/x", "https://h/?token=1", "C:\\logs"],
)
def test_what_is_no_place_is_refused(wrong: str) -> None:
    with pytest.raises(SettingsError, match="LOG_ROOTS: "):
        Settings.from_env({"LOG_ROOTS": f"/mnt/artifacts,{wrong}"})


def test_a_password_in_a_root_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"LOG_ROOTS": "https://kim:hunter22@logs.example.com/"})
    assert "logs.example.com" in str(caught.value)
    assert "hunter22" not in str(caught.value)
