-- The sample catalogue: users own projects, projects hold datasets, datasets feed pipelines (one training run each),
-- pipelines leave artifacts and register models, models have metrics.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    team TEXT,
    role TEXT
);

CREATE TABLE projects (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    type TEXT,
    status TEXT,
    created_at TEXT
);

CREATE TABLE datasets (
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    format TEXT,
    num_samples INTEGER,
    size_gb REAL,
    created_at TEXT
);

CREATE TABLE pipelines (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES datasets (id),
    name TEXT NOT NULL,
    status TEXT,
    gpu_type TEXT,
    framework TEXT,
    started_at TEXT,
    finished_at TEXT
);

CREATE TABLE artifacts (
    id INTEGER PRIMARY KEY,
    pipeline_id INTEGER NOT NULL REFERENCES pipelines (id),
    type TEXT,
    path TEXT,
    size_mb REAL
);

CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    pipeline_id INTEGER NOT NULL REFERENCES pipelines (id),
    name TEXT NOT NULL,
    version TEXT,
    architecture TEXT,
    stage TEXT,
    parameters_m REAL,
    registered_at TEXT
);

CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    model_id INTEGER NOT NULL REFERENCES models (id),
    map50 REAL,
    f1_score REAL,
    precision_val REAL,
    recall REAL,
    inference_ms REAL,
    confidence_threshold REAL,
    deploy_note TEXT
);
