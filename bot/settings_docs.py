"""The settings as .env.example and docs/settings.md show them: `python -m bot.settings_docs` writes both anew."""

import re
from pathlib import Path

from bot.settings_list import SETTINGS, Setting

_ENV_HEAD = """\
# Copy to .env and fill in what you need. An empty value counts as not set.
# `mlops-bot doctor` says whether it works.
"""
_MARKED = re.compile(r"(<!-- settings -->\n).*?(<!-- /settings -->)", re.DOTALL)


def env_example() -> str:
    """The whole of .env.example: every setting with its meaning; those with a default stand commented out."""
    return "\n".join([_ENV_HEAD, *(_env_lines(setting) for setting in SETTINGS)])


def settings_table() -> str:
    """The table of the settings, with its closing line break."""
    rows = [f"| `{s.name}` | {_cell(s.meaning)} | {f'`{s.default}`' if s.default else ''} |" for s in SETTINGS]
    return "\n".join(["| setting | what it is | default |", "|---|---|---|", *rows, ""])


def with_table(page: str) -> str:
    """`page` with the table of today between its marks."""
    return _MARKED.sub(lambda found: found[1] + settings_table() + found[2], page)


def write(root: Path) -> None:
    """Writes .env.example, and the table into docs/settings.md, below `root`."""
    (root / ".env.example").write_text(env_example(), encoding="utf-8")
    page = root / "docs" / "settings.md"
    page.write_text(with_table(page.read_text(encoding="utf-8")), encoding="utf-8")


def _env_lines(setting: Setting) -> str:
    line = f"# {setting.name}={setting.default}" if setting.default else f"{setting.name}="
    return f"# {setting.meaning}\n{line}\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    write(Path())
