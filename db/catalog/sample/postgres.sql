-- The sample catalogue's tables for Postgres; rows.sql fills them, too.
-- Users own projects, projects hold datasets, datasets feed pipelines (one training run each),
-- pipelines leave artifacts and register models, models have metrics.

CREATE TABLE users (
    id integer PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    team text,
    role text
);

CREATE TABLE projects (
    id integer PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id),
    name text NOT NULL,
    type text,
    status text,
    created_at date
);

CREATE TABLE datasets (
    id integer PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects (id),
    name text NOT NULL,
    format text,
    num_samples bigint,
    size_gb double precision,
    created_at date
);

CREATE TABLE pipelines (
    id integer PRIMARY KEY,
    dataset_id integer NOT NULL REFERENCES datasets (id),
    name text NOT NULL,
    status text,
    gpu_type text,
    framework text,
    started_at timestamp,
    finished_at timestamp
);

CREATE TABLE artifacts (
    id integer PRIMARY KEY,
    pipeline_id integer NOT NULL REFERENCES pipelines (id),
    type text,
    path text,
    size_mb double precision
);

CREATE TABLE models (
    id integer PRIMARY KEY,
    pipeline_id integer NOT NULL REFERENCES pipelines (id),
    name text NOT NULL,
    version text,
    architecture text,
    stage text,
    parameters_m double precision,
    registered_at date
);

CREATE TABLE metrics (
    id integer PRIMARY KEY,
    model_id integer NOT NULL REFERENCES models (id),
    map50 double precision,
    f1_score double precision,
    precision_val double precision,
    recall double precision,
    inference_ms double precision,
    confidence_threshold double precision,
    deploy_note text
);
