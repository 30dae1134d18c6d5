"""bot/settings.py, .env.example and docs/settings.md say the same."""

import re
import subprocess
import sys
from pathlib import Path

from dotenv import dotenv_values

from bot.settings import Settings
from bot.settings_docs import env_example, settings_table, with_table
from bot.settings_list import SETTINGS

ROOT = Path(__file__).parents[3]
AGAIN = "run: python -m bot.settings_docs"


def test_the_example_file_is_in_step_with_the_settings() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example(), AGAIN


def test_the_page_is_in_step_with_the_settings() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert f"<!-- settings -->\n{settings_table()}<!-- /settings -->" in page, AGAIN


def test_the_example_file_works_as_it_is() -> None:
    assert Settings.from_env({}, ROOT / ".env.example") == Settings.from_env({})


def test_every_setting_stands_in_the_example_file_once() -> None:
    names = re.findall(r"^(?:# )?([A-Z_]+)=", env_example(), re.MULTILINE)
    assert names == [setting.name for setting in SETTINGS]
    assert all(not value for value in dotenv_values(ROOT / ".env.example").values())


def test_every_field_of_the_settings_can_be_set() -> None:
    names = {setting.name.lower() for setting in SETTINGS} - {"upstage_api_key", "openai_api_key", "bot_language"}
    assert names | {"language"} == set(Settings.model_fields)


def test_a_column_bar_does_not_break_the_table() -> None:
    rows = settings_table().splitlines()
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


def test_writing_anew_changes_the_marked_place_alone(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "settings.md").write_text(
        "before\n<!-- settings -->\nold\n<!-- /settings -->\nafter\n", encoding="utf-8"
    )
    subprocess.run([sys.executable, "-m", "bot.settings_docs"], cwd=tmp_path, check=True, env={"PYTHONPATH": str(ROOT)})
    page = (tmp_path / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == f"before\n<!-- settings -->\n{settings_table()}<!-- /settings -->\nafter\n"
    assert with_table(page) == page
    assert (tmp_path / ".env.example").read_text(encoding="utf-8") == env_example()
