"""A catalogue of two teams, twice: alike in what the readers of a policy see, different in all that they don't."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlglot import exp

from db.catalog.conditions import Condition
from db.catalog.reader import Reader
from db.catalog.sqlite.functions import SQLITE

CANARY: Final = "canary-4711"
SECRETS: Final = (CANARY, "zzz-hidden", "hidden-4711")

SEMANTICS: Final = """
about: {ko: 두 팀, en: two teams}
tables:
  users:
    label: {ko: 사람, en: person}
    columns:
      name: {role: name}
      team: {role: category}
      salary: {private: true, unit: 원}
  projects:
    columns: {title: {role: name}, budget: {private: true}}
  runs:
    columns: {gpu: {role: category}}
"""

SCHEMA: Final = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, team TEXT, salary INTEGER);
CREATE TABLE projects (id INTEGER PRIMARY KEY, title TEXT, user_id INTEGER REFERENCES users (id), budget INTEGER);
CREATE TABLE runs (id INTEGER PRIMARY KEY, project_id INTEGER REFERENCES projects (id), gpu TEXT, note TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT, team TEXT);
CREATE VIEW everybody AS SELECT name, team FROM users;
CREATE VIEW all_of_them AS SELECT name FROM everybody;
"""
SQLITE_SCHEMA: Final = """
CREATE INDEX by_title ON projects (title);
CREATE INDEX by_pay ON users (salary, name);
CREATE INDEX by_team ON users (team, salary);
"""

TABLES: Final = ("users", "projects", "runs", "tags")
_MINE: Final = "user_id IN (SELECT id FROM users WHERE team = :team)"
CONDITIONS: Final = {
    "users": "team = :team",
    "projects": _MINE,
    "runs": f"EXISTS (SELECT 1 FROM projects AS p WHERE p.id = runs.project_id AND p.{_MINE})",
}
"""SQLite computes a correlated condition last of all, if nothing keeps it from that."""


def rows(is_other: bool) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the tables. Of team `nlp` nothing differs; of `vision` and of what is private, everything."""
    hidden = ("zzz-hidden", 13) if is_other else (CANARY, 4711)
    users = [(1, "김민준", "nlp", hidden[1]), (3, "이서연", "nlp", 7 * hidden[1])]
    users += [(2, hidden[0], "vision", 1), (9, "hidden-4711", "vision", 2)] if not is_other else [(8, "y", "ops", 0)]
    projects = [(10, "ocr", 1, hidden[1]), (30, "번역", 3, 1)]
    projects += [(20, hidden[0], 2, 5), (40, "ocr", 2, 5)] if not is_other else [(21, "y", 8, 0)]
    runs = [(100, 10, "A100", '{"ok": 1}'), (300, 30, "T4", "{}"), (301, 30, None, None)]
    runs += [(n, 20, hidden[0], "not json") for n in range(400, 409)] if not is_other else [(7, 21, "H100", "{}")]
    tags = [(1, "a", "nlp"), (2, "b", "vision")]
    return {"users": users, "projects": projects, "runs": runs, "tags": tags}


def build(path: Path, *, is_other: bool) -> Path:
    with closing(sqlite3.connect(path)) as owner, owner:
        owner.executescript(SCHEMA + SQLITE_SCHEMA)
        for table, content in rows(is_other).items():
            owner.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(content[0]))})", content)
    return path


def script(schema: str, *, is_other: bool) -> str:
    """The same as statements, for a server's schema of that name."""
    filled = [exp.insert(exp.values(content), table).sql("postgres") for table, content in rows(is_other).items()]
    return ";".join((f"CREATE SCHEMA {schema}; SET search_path = {schema}", SCHEMA, *filled))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reader; `sees_all_of` are the tables of which nothing may differ for it to be tried."""

    name: str
    opens: frozenset[tuple[str, str]] = frozenset()
    tables: Sequence[str] = ()
    team: str | None = "nlp"

    def reader(self, dialect: Any = SQLITE) -> Reader:
        given = {"team": self.team, "email": "kim@example.com"}
        bound = {table: Condition(CONDITIONS[table], dialect).bound(given) for table in self.tables}
        return Reader(self.opens, frozenset(bound.items()))


NLP: Final = Kind("nlp", tables=("users", "projects", "runs"))
NOBODY: Final = Kind("no team", tables=("users", "projects", "runs"), team=None)
KINDS: Final = (NLP, NOBODY)
"""To these nothing differs between the two catalogues."""

STATEMENTS: Final = tuple(
    line.strip()
    for line in f"""
SELECT * FROM users
SELECT u.* FROM users u
SELECT users.* FROM users
SELECT *, 1 FROM users
SELECT count(*) FROM users
SELECT count(*), max(id), min(name) FROM projects
SELECT count(id) FROM runs
SELECT sum(id), avg(id), group_concat(name) FROM users
SELECT name FROM "users"
SELECT name FROM [users]
SELECT name FROM main.users
SELECT name FROM temp.users
SELECT rowid, name FROM users
SELECT _rowid_ FROM users
SELECT max(rowid) FROM projects
SELECT salary FROM users
SELECT name FROM users ORDER BY salary
SELECT name FROM users WHERE salary > 10
SELECT * FROM users ORDER BY name DESC
SELECT * FROM users ORDER BY 3, 2
SELECT title FROM projects
SELECT title FROM projects ORDER BY title
SELECT DISTINCT title FROM projects
SELECT DISTINCT team FROM users
SELECT team, count(*) FROM users GROUP BY team
SELECT team FROM users GROUP BY team HAVING count(*) > 1
SELECT gpu, count(*) FROM runs GROUP BY gpu ORDER BY 2 DESC, 1
SELECT title FROM projects LIMIT 1
SELECT title FROM projects LIMIT 5 OFFSET 1
SELECT name FROM users LIMIT (SELECT count(*) FROM users)
SELECT p.title, u.name FROM projects p JOIN users u ON u.id = p.user_id
SELECT p.title, u.name FROM projects p LEFT JOIN users u ON u.id = p.user_id
SELECT p.title, u.name FROM projects p RIGHT JOIN users u ON u.id = p.user_id
SELECT p.title, u.name FROM users u LEFT JOIN projects p ON u.id = p.user_id
SELECT p.title, u.name FROM projects p FULL JOIN users u ON u.id = p.user_id
SELECT count(*) FROM users, projects
SELECT count(*) FROM users CROSS JOIN users w
SELECT a.name, b.name FROM users a JOIN users b ON a.team = b.team AND a.id < b.id
SELECT a.name FROM users a JOIN users b ON b.team <> a.team
SELECT t.name FROM tags t LEFT JOIN users u ON u.team = t.team WHERE u.id IS NULL
SELECT t.name, count(u.id) FROM tags t LEFT JOIN users u ON u.team = t.team GROUP BY t.name
SELECT r.id FROM runs r JOIN projects p ON p.id = r.project_id JOIN users u ON u.id = p.user_id
SELECT count(*) FROM users NATURAL JOIN (SELECT '{CANARY}' AS name)
SELECT count(*) FROM users NATURAL JOIN tags
SELECT count(*) FROM users NATURAL LEFT JOIN projects
SELECT count(*) FROM users JOIN (SELECT '{CANARY}' AS name) AS g USING (name)
SELECT count(*) FROM users JOIN tags USING (team)
SELECT count(*) FROM users u JOIN users w USING (id, team)
SELECT count(*) FROM users NATURAL JOIN (SELECT 4711 AS salary)
SELECT name FROM users WHERE name LIKE 'canary%'
SELECT name FROM users WHERE name GLOB 'c*'
SELECT name FROM users WHERE name = '{CANARY}'
SELECT name FROM users WHERE id = 2
SELECT name FROM users WHERE id IN (1, 2, 9)
SELECT name FROM users WHERE id BETWEEN 2 AND 9
SELECT name FROM users WHERE rowid = 2
SELECT name FROM users WHERE name IN (SELECT title FROM projects)
SELECT name FROM users WHERE '{CANARY}' IN (SELECT name FROM users)
SELECT '{CANARY}' IN (SELECT name FROM users)
SELECT (2, '{CANARY}', 'vision') IN users
SELECT 1 WHERE EXISTS (SELECT 1 FROM users WHERE team = 'vision')
SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM users WHERE team <> 'nlp')
SELECT name FROM users u WHERE EXISTS (SELECT 1 FROM projects p WHERE p.user_id <> u.id)
SELECT name, (SELECT count(*) FROM users w WHERE w.team <> u.team) FROM users u
SELECT name, (SELECT max(w.name) FROM users w WHERE w.id > u.id) AS later FROM users u
SELECT (SELECT name FROM users WHERE id = 2)
SELECT (SELECT count(*) FROM users)
SELECT name FROM users WHERE id > (SELECT avg(id) FROM users)
SELECT name FROM users WHERE id = (SELECT max(id) FROM users)
SELECT * FROM (SELECT * FROM users) AS x
SELECT x.name FROM (SELECT name FROM users UNION ALL SELECT title FROM projects) AS x
SELECT name FROM users UNION SELECT title FROM projects
SELECT name FROM users UNION ALL SELECT gpu FROM runs
SELECT '{CANARY}' AS name INTERSECT SELECT name FROM users
SELECT '{CANARY}' AS name EXCEPT SELECT name FROM users
SELECT name FROM users EXCEPT SELECT name FROM everybody
WITH x AS (SELECT * FROM users) SELECT * FROM x
WITH x AS MATERIALIZED (SELECT * FROM users) SELECT count(*) FROM x
WITH users AS (SELECT * FROM users) SELECT * FROM users
WITH users AS (SELECT 2 AS id, 'nlp' AS team) SELECT * FROM users
WITH users AS (SELECT 2 AS id, 'nlp' AS team) SELECT * FROM projects
WITH users AS (SELECT 2 AS id, 'nlp' AS team) SELECT p.title FROM projects p JOIN users u ON u.id = p.user_id
WITH projects AS (SELECT 20 AS id, 1 AS user_id) SELECT * FROM runs
WITH RECURSIVE projects(id) AS (SELECT 20 UNION SELECT id + 1 FROM projects WHERE id < 50) SELECT count(*) FROM runs
WITH users(id, team) AS (VALUES (2, 'nlp'), (8, 'nlp')) SELECT count(*) FROM runs, projects
WITH x AS (WITH users AS (SELECT 2 AS id) SELECT * FROM projects) SELECT * FROM x
WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 9) SELECT i, name FROM n LEFT JOIN users ON id = i
WITH tags AS (SELECT * FROM users) SELECT * FROM tags
WITH x AS (SELECT team FROM users), y AS (SELECT count(*) AS n FROM x) SELECT * FROM y
SELECT name, row_number() OVER (ORDER BY name) FROM users
SELECT name, count(*) OVER () FROM users
SELECT name, rank() OVER (PARTITION BY team ORDER BY id) FROM users
SELECT name, lag(name) OVER (ORDER BY id), lead(name) OVER (ORDER BY id) FROM users
SELECT name, sum(id) OVER w FROM users WINDOW w AS (ORDER BY id ROWS UNBOUNDED PRECEDING)
SELECT first_value(title) OVER (ORDER BY title) FROM projects
VALUES ((SELECT max(name) FROM users))
SELECT * FROM (VALUES (1), (2)) AS v
SELECT CASE WHEN count(*) > 2 THEN 1 ELSE 0 END FROM users
SELECT count(*) FILTER (WHERE team = 'vision') FROM users
SELECT count(DISTINCT team) FROM users
SELECT json_extract(note, '$.ok') FROM runs
SELECT id FROM runs WHERE json_extract(note, '$.ok') = 1
SELECT count(*) FROM runs WHERE json_valid(note) = 0
SELECT count(*) FROM runs WHERE json(note) IS NOT NULL
SELECT p.id FROM projects p JOIN runs r ON r.project_id = p.id AND json_extract(r.note, '$.ok') IS NOT NULL
SELECT id FROM users WHERE abs(CASE WHEN team = 'vision' THEN -9223372036854775807 - 1 ELSE id END) > 0
SELECT id FROM users WHERE CASE WHEN team = 'vision' THEN json('x') ELSE 1 END
SELECT id FROM users WHERE (SELECT json(r.note) FROM runs r WHERE r.project_id = 20) IS NULL
SELECT id FROM projects ORDER BY CASE WHEN user_id = 2 THEN json('x') ELSE 1 END
SELECT max(CASE WHEN user_id NOT IN (1, 3) THEN json('x') ELSE 1 END) FROM projects
SELECT count(*) FROM users u, projects p WHERE CASE WHEN u.team = 'vision' THEN json('x') ELSE 1 END
SELECT u.id FROM tags t LEFT JOIN users u ON CASE WHEN u.team = 'vision' THEN json('x') ELSE 1 END
SELECT id FROM users GROUP BY CASE WHEN team = 'vision' THEN json('x') ELSE id END
SELECT DISTINCT CASE WHEN team = 'vision' THEN json('x') ELSE 1 END FROM users
SELECT id, count(*) FILTER (WHERE json(note) = '{{}}') FROM runs GROUP BY id
SELECT id FROM users UNION SELECT json(note) FROM runs
SELECT value FROM runs, json_each(runs.note)
SELECT count(*) FROM runs, json_tree(runs.note)
SELECT * FROM everybody
SELECT count(*) FROM everybody
SELECT * FROM all_of_them
SELECT name FROM users INDEXED BY by_pay
SELECT name FROM users NOT INDEXED
SELECT nmae FROM users
SELECT name FROM user
SELECT u.nam FROM users u WHERE u.name = '{CANARY}'
SELECT x FROM users WHERE x = 'hidden-4711'
SELECT name FROM users WHERE titel = 'ocr'
SELECT id FROM users JOIN projects ON users.id = user_id
SELECT budget FROM projects
SELECT sql FROM sqlite_master
SELECT * FROM sqlite_stat1
SELECT * FROM pragma_index_list('users')
EXPLAIN QUERY PLAN SELECT * FROM users
SELECT changes(), total_changes(), last_insert_rowid()
SELECT note FROM runs WHERE note LIKE 'not%'
SELECT name FROM users, (SELECT 1 AS one)
SELECT name FROM (users)
SELECT name FROM (users JOIN tags USING (team))
SELECT a.b.c FROM users
SELECT u.name, p.title FROM users u, LATERAL (SELECT title FROM projects p WHERE p.user_id = u.id) AS p
SELECT u.name, n FROM users u LEFT JOIN LATERAL (SELECT count(*) AS n FROM runs WHERE id > u.id) AS r ON true
SELECT users FROM users
SELECT (u).name FROM users u
SELECT row_to_json(u) FROM users u
SELECT u::text FROM users u
SELECT ctid, tableoid FROM users
SELECT DISTINCT ON (team) team, name FROM users ORDER BY team, id
SELECT name FROM ONLY users
TABLE users
SELECT id FROM users WHERE 1 / (CASE WHEN team = 'vision' THEN 0 ELSE 1 END) = 1
SELECT id FROM users WHERE CAST(team AS INTEGER) > 0
SELECT count(*) FROM runs WHERE CAST(note AS JSON) IS NOT NULL
SELECT count(*) FROM runs WHERE note::json ->> 'ok' = '1'
SELECT sum(1 / (id - 2)) FROM users
SELECT u.id FROM tags t LEFT JOIN users u ON 1 / (CASE WHEN u.team = 'vision' THEN 0 ELSE 1 END) = 1
SELECT count(*) FROM users TABLESAMPLE SYSTEM (100)
SELECT string_agg(name, ',' ORDER BY id) FROM users
SELECT array_agg(title ORDER BY title) FROM projects
WITH users AS (SELECT 2 AS id, 'nlp'::text AS team) SELECT p.id FROM catalogue.projects p
SELECT id FROM catalogue.users
SELECT name FROM users FETCH FIRST 1 ROWS ONLY
SELECT generate_series(1, count(*)) FROM users
""".splitlines()
    if line.strip()
)
"""Many run; some are refused: those must be so in the same words."""
