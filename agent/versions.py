"""By which wording an engine worked: told beside feedback, so that a change of the wording can be judged."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from agent.llm.protocol import Engine


@cache
def prompt_version(engine: Engine) -> str:
    """The rules' own version, or a digest of the prompt's prose: "rules 0.1.0", "prompt 3fa9c01b"."""
    if engine == "offline":
        return f"rules {version('mlops-bot')}"
    prose = sorted((one.name, one.read_bytes()) for one in files("agent.prompts").iterdir() if one.name.endswith(".md"))
    return f"prompt {sha256(repr(prose).encode()).hexdigest()[:8]}"
