"""The deterministic engine: answers questions by rules over the semantic layer, with no model and no network."""

from agent.offline.engine import OfflineModel

__all__ = ["OfflineModel"]
