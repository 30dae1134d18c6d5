"""A large catalogue of generated names in the sample's tables: for figures at scale, for names nobody means."""

import random
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from db.catalog.sample import SAMPLE_SEMANTICS

FAMILIES: Final = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염"
)
GIVEN_FIRST: Final = (
    "민서도예지하주수현은윤준유시연아승재태정우경동성혜나다라미보상선세소영원인진찬창채한해호효희규근기대"
)
GIVEN_LAST: Final = "준연현은진우호원빈서윤아민지수영희경훈석철환혁규린율재하온솔별람찬결겸담비슬안엘유이인정주창태"
FIRST: Final = (
    *("yolov5", "yolov8", "rtdetr", "convnext", "patchtst", "kobert", "koelectra", "whisper", "nbeats", "lstm"),
    *("xgb", "swin", "unet", "paddleocr", "deberta", "mamba", "dino", "segformer", "tcn", "catboost"),
)
SECOND: Final = (
    *("wafer", "pallet", "solder", "demand", "intent", "invoice", "churn", "steel", "battery", "label", "weld"),
    *("forklift", "voice", "helmet", "thermal", "gear", "tablet", "carton", "valve", "screw", "lens", "pump"),
)
THIRD: Final = (
    "line",
    "cam",
    "edge",
    "night",
    "mini",
    "large",
    "aug",
    "raw",
    "clean",
    "eval",
    "multi",
    "cross",
    "field",
)
INDICES: Final = (
    "CREATE INDEX projects_user ON projects (user_id)",
    "CREATE INDEX datasets_project ON datasets (project_id)",
    "CREATE INDEX pipelines_dataset ON pipelines (dataset_id)",
    "CREATE INDEX artifacts_pipeline ON artifacts (pipeline_id)",
    "CREATE INDEX models_pipeline ON models (pipeline_id)",
    "CREATE INDEX metrics_model ON metrics (model_id)",
    "CREATE INDEX users_name ON users (name)",
    "CREATE INDEX projects_name ON projects (name)",
    "CREATE INDEX datasets_name ON datasets (name)",
    "CREATE INDEX pipelines_name ON pipelines (name)",
    "CREATE INDEX models_name ON models (name, version)",
    "CREATE INDEX pipelines_status ON pipelines (status, started_at)",
    "CREATE INDEX pipelines_gpu ON pipelines (gpu_type, started_at)",
    "CREATE INDEX pipelines_framework ON pipelines (framework, started_at)",
    "CREATE INDEX pipelines_started ON pipelines (started_at)",
)
"""What an operator of a catalogue this large is asked to have: foreign keys, names, and what is filtered by."""


def person_names(count: int, chance: random.Random) -> list[str]:
    """So many different names of three syllables; at most some 120,000 can be told apart."""
    every = [a + b + c for a in FAMILIES for b in GIVEN_FIRST for c in GIVEN_LAST if b != c]
    return chance.sample(every, count)


def slugs(count: int, chance: random.Random, *, tail: str) -> list[str]:
    """Different names such as yolov8-wafer-edge-exp07; `tail` is what stands before the number."""
    found: dict[str, None] = {}
    while len(found) < count:
        number = chance.randrange(1, 100)
        found[f"{chance.choice(FIRST)}-{chance.choice(SECOND)}-{chance.choice(THIRD)}-{tail}{number:02}"] = None
    return list(found)


def build_big(path: Path, *, names: int = 50_000, pipelines: int = 1_000_000, seed: int = 5) -> None:
    """Writes the file, which must not exist: `names` over all tables, each pipeline's name borne by many runs."""
    chance = random.Random(seed)
    share = names // 5
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SAMPLE_SEMANTICS.with_name("schema.sql").read_text(encoding="utf-8"))
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        _people(database, person_names(share, chance), chance)
        _projects(database, slugs(share, chance, tail="p"), share, chance)
        _datasets(database, slugs(share, chance, tail="d"), share, chance)
        _pipelines(database, slugs(share, chance, tail="exp"), share, pipelines, chance)
        _models(database, slugs(share, chance, tail="m"), pipelines, chance)
        for statement in (*INDICES, "ANALYZE"):
            database.execute(statement)
        database.commit()


def _fill(database: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    rows = iter(rows)
    first = next(rows)
    insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
    database.execute(insert, first)
    while batch := list(islice(rows, 10_000)):
        database.executemany(insert, batch)


def _people(database: sqlite3.Connection, names: list[str], chance: random.Random) -> None:
    teams = [f"{area}{number}팀" for area in ("비전", "예측", "플랫폼", "음성") for number in range(1, 11)]
    roles = ("ML Engineer", "Data Scientist", "MLOps Engineer", "Team Lead")
    rows = ((i, n, f"u{i}@example.com", chance.choice(teams), chance.choice(roles)) for i, n in enumerate(names, 1))
    _fill(database, "users", rows)


def _projects(database: sqlite3.Connection, names: list[str], users: int, chance: random.Random) -> None:
    kinds = ("object_detection", "classification", "nlp", "speech", "ocr", "time_series")
    states = ("active", "paused", "completed", "archived")
    rows = ((i, chance.randrange(1, users + 1), n, chance.choice(kinds), chance.choice(states), _moment(chance))
            for i, n in enumerate(names, 1))  # fmt: skip
    _fill(database, "projects", rows)


def _datasets(database: sqlite3.Connection, names: list[str], projects: int, chance: random.Random) -> None:
    forms = ("COCO", "CSV", "JSONL", "PNG", "Parquet", "WAV", "YOLO")
    rows = ((i, chance.randrange(1, projects + 1), n, chance.choice(forms), chance.randrange(100, 10**6),
             round(chance.uniform(0.1, 500), 1), _moment(chance)) for i, n in enumerate(names, 1))  # fmt: skip
    _fill(database, "datasets", rows)


def _pipelines(
    database: sqlite3.Connection, names: list[str], datasets: int, count: int, chance: random.Random
) -> None:
    states = ("completed",) * 90 + ("failed",) * 8 + ("running", "pending")
    gpus, frameworks = ("A100", "H100", "T4", "V100", None), ("PyTorch", "TensorFlow", "XGBoost", "PaddlePaddle")
    rows = ((i, chance.randrange(1, datasets + 1), names[i % len(names)], chance.choice(states), chance.choice(gpus),
             chance.choice(frameworks), start := _moment(chance), start) for i in range(1, count + 1))  # fmt: skip
    _fill(database, "pipelines", rows)


def _models(database: sqlite3.Connection, names: list[str], pipelines: int, chance: random.Random) -> None:
    stages = ("production", "staging", "development", "archived")
    rows = ((i, chance.randrange(1, pipelines + 1), n, f"v{i % 5 + 1}.0", "YOLOv8m", chance.choice(stages),
             round(chance.uniform(1, 300), 1), _moment(chance)) for i, n in enumerate(names, 1))  # fmt: skip
    _fill(database, "models", rows)
    ids = range(1, len(names) + 1)
    scores = ((i, i, *(round(chance.uniform(0.5, 0.99), 3) for _ in range(4)), i % 60, 0.5, None) for i in ids)
    _fill(database, "metrics", scores)


def _moment(chance: random.Random) -> str:
    return (datetime(2024, 1, 1) + timedelta(minutes=chance.randrange(1_500_000))).strftime("%Y-%m-%d %H:%M:%S")
