"""A catalogue with private columns, twice: alike in what is public, different in what is private."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

CANARY: Final = "canary-0815"
PRIVATE: Final = (
    ("users", "ssn"),
    ("users", "salary"),
    ("users", "ssn_tail"),
    ("vault", "word"),
    ("vault", "id"),
    ("badges", "code"),
    ("payroll", "name"),
    ("payroll", "ssn"),
)
NAMES: Final = ("ssn", "salary", "ssn_tail", "vault", "payroll")
"""Names that stand nowhere else than in what is private; `contacts.ssn` is left to the tests that know of it."""

SEMANTICS: Final = """
about: {ko: 회사, en: a company}
tables:
  users:
    label: {ko: 사람, en: person}
    show: [id, name]
    columns:
      ssn: {private: true, role: name, label: {ko: 주민번호, en: social security number}, synonyms: [secret number]}
      salary: {private: true, unit: 원, synonyms: [연봉]}
      level: {role: category, values: {senior: {synonyms: [고참]}}}
  vault: {private: true, label: {ko: 금고, en: strongroom}, synonyms: [treasure]}
  badges:
    columns:
      code: {private: true}
"""

_SCHEMA: Final = """
CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE users (
    id INTEGER PRIMARY KEY, name TEXT, level TEXT, team_id INTEGER REFERENCES teams (id), ssn TEXT, salary REAL,
    ssn_tail TEXT AS (substr(ssn, -4)));
CREATE TABLE vault (id INTEGER PRIMARY KEY, word TEXT);
CREATE TABLE badges (code INTEGER PRIMARY KEY, holder TEXT, user_id INTEGER REFERENCES users (id));
CREATE TABLE contacts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), ssn TEXT);
CREATE INDEX by_pay ON users (salary, name, level);
CREATE INDEX by_tail ON users (substr(ssn, -4), level);
CREATE VIEW payroll AS SELECT name, ssn FROM users;
CREATE VIEW roster AS SELECT name, level FROM users ORDER BY id;
INSERT INTO teams VALUES (1, '비전팀'), (2, 'NLP');
INSERT INTO contacts VALUES (1, 1, 'public'), (2, 2, 'known');
"""


def build(path: Path, canary: str, number: int) -> Path:
    """A catalogue whose private columns hold `canary` and `number`."""
    with closing(sqlite3.connect(path)) as owner, owner:
        owner.executescript(_SCHEMA)
        rows = [
            (1, "김민준", "senior", 1, canary, number * 1.0),
            (2, "이서연", "junior", 2, f"{canary}-2", 100.0),
            (3, "박지호", "senior", 2, "b", number * 0.5),
        ]
        owner.executemany("INSERT INTO users (id, name, level, team_id, ssn, salary) VALUES (?, ?, ?, ?, ?, ?)", rows)
        owner.execute("INSERT INTO vault VALUES (?, ?)", (number, canary))
        owner.executemany("INSERT INTO badges VALUES (?, '김민준', 1)", [(number,)])
    return path


SPELLINGS: Final = tuple(
    line.strip()
    for line in f"""
SELECT ssn FROM users
SELECT users.ssn FROM users
SELECT main.users.ssn FROM main.users
SELECT u.ssn FROM users u
SELECT u.ssn FROM users AS u
SELECT SSN FROM USERS
SELECT Ssn FROM Users
SELECT "ssn" FROM "users"
SELECT [ssn] FROM [users]
SELECT `ssn` FROM `users`
SELECT 'ssn' FROM users
SELECT ssn FROM 'users'
SELECT ssn/**/FROM/**/users
SELECT u . /* x */ ssn FROM users /* y */ u
SELECT ssn FROM main.users
SELECT ssn FROM "main"."users"
SELECT ssn FROM temp.users
SELECT * FROM users
SELECT * FROM main.users
SELECT users.* FROM users
SELECT u.* FROM users u
SELECT u.*, t.* FROM users u JOIN teams t ON t.id = u.team_id
SELECT main.users.* FROM main.users
SELECT * FROM (SELECT * FROM users)
SELECT ssn FROM (SELECT * FROM users)
SELECT x.ssn FROM (SELECT * FROM users) x
SELECT x.a FROM (SELECT ssn AS a FROM users) x
SELECT (SELECT ssn FROM users LIMIT 1)
SELECT name, (SELECT u2.ssn FROM users u2 WHERE u2.id = u.id) FROM users u
SELECT name FROM users WHERE ssn = '{CANARY}'
SELECT name FROM users WHERE ssn LIKE 'canary%'
SELECT name FROM users WHERE ssn GLOB 'canary*'
SELECT name FROM users WHERE salary > 100
SELECT name FROM users WHERE (name, ssn) = ('김민준', '{CANARY}')
SELECT name FROM users WHERE ('{CANARY}', 1) IN (SELECT ssn, id FROM users)
SELECT name FROM users WHERE '{CANARY}' IN (SELECT ssn FROM users)
SELECT (1, '김민준', 'senior', 1, '{CANARY}') IN users
SELECT (1, '김민준', 'senior', 1, '{CANARY}', 815.0, '0815') IN users
SELECT (1, '김민준', 'senior', 1, '{CANARY}', 815.0, '0815') IN main.users
SELECT '{CANARY}' IN vault
SELECT (815, '{CANARY}') IN vault
SELECT name FROM users WHERE EXISTS (SELECT 1 FROM users u WHERE u.ssn = '{CANARY}')
SELECT name FROM users ORDER BY ssn
SELECT name FROM users ORDER BY salary DESC
SELECT name FROM users ORDER BY 5
SELECT * FROM users ORDER BY 5
SELECT * FROM users ORDER BY 6 DESC
SELECT name FROM users ORDER BY (SELECT ssn FROM users u WHERE u.id = users.id)
SELECT level, count(*) FROM users GROUP BY ssn
SELECT level FROM users GROUP BY level HAVING max(ssn) > 'c'
SELECT max(ssn) FROM users
SELECT group_concat(ssn) FROM users
SELECT GROUP_CONCAT(ssn, ',') FROM users GROUP BY level
SELECT json_group_array(ssn) FROM users
SELECT json_group_object(name, ssn) FROM users
SELECT json_object('a', ssn) FROM users
SELECT sum(salary), avg(salary), total(salary) FROM users
SELECT count(ssn), count(DISTINCT ssn) FROM users
SELECT count(*) FILTER (WHERE ssn = '{CANARY}') FROM users
SELECT value FROM users, json_each(json_array(ssn))
SELECT value FROM users, json_each('["' || ssn || '"]')
SELECT value FROM users u, json_tree(u.ssn)
SELECT first_value(ssn) OVER (ORDER BY id) FROM users
SELECT name, row_number() OVER (ORDER BY ssn) FROM users
SELECT name, rank() OVER w FROM users WINDOW w AS (PARTITION BY level ORDER BY salary)
SELECT lag(ssn) OVER (ORDER BY id) FROM users
SELECT name FROM users UNION SELECT ssn FROM users
SELECT * FROM users UNION ALL SELECT * FROM users
SELECT '{CANARY}' INTERSECT SELECT ssn FROM users
SELECT '{CANARY}' EXCEPT SELECT ssn FROM users
WITH users AS (SELECT * FROM main.users) SELECT * FROM users
WITH users AS (SELECT ssn FROM users) SELECT * FROM users
WITH x AS (SELECT * FROM users) SELECT ssn FROM x
WITH x(a, b, c, d, e) AS (SELECT * FROM users) SELECT e FROM x
WITH x(a, b, c, d) AS (SELECT * FROM users) SELECT d FROM x
WITH x AS (WITH users AS (SELECT 1 AS ssn) SELECT ssn FROM users) SELECT x.ssn, u.ssn FROM x, users u
WITH RECURSIVE x(a) AS (SELECT ssn FROM users UNION SELECT a FROM x) SELECT a FROM x
WITH vault AS (SELECT 1) SELECT * FROM vault, main.vault
SELECT 1 FROM users NATURAL JOIN (SELECT '{CANARY}' AS ssn)
SELECT count(*) FROM main.users NATURAL JOIN (SELECT '{CANARY}' AS ssn)
SELECT count(*) FROM (SELECT '{CANARY}' AS ssn) NATURAL JOIN users
SELECT count(*) FROM users JOIN (SELECT '{CANARY}' AS ssn) USING (ssn)
SELECT count(*) FROM main.users JOIN (SELECT '{CANARY}' AS ssn) USING (ssn)
SELECT users.name FROM users NATURAL JOIN contacts
SELECT users.name FROM users LEFT JOIN contacts USING (ssn)
SELECT count(*) FROM users u JOIN users v USING (ssn)
SELECT count(*) FROM main.users u NATURAL JOIN main.users v
SELECT ssn FROM users NATURAL FULL JOIN (SELECT '{CANARY}' AS ssn)
SELECT count(*) FROM vault NATURAL JOIN (SELECT '{CANARY}' AS word)
SELECT count(*) FROM main.vault NATURAL JOIN (SELECT '{CANARY}' AS word)
SELECT count(*) FROM badges NATURAL JOIN (SELECT 815 AS code)
SELECT count(*) FROM main.badges JOIN (SELECT 815 AS code) USING (code)
SELECT u.name FROM users u JOIN users v ON u.ssn = v.ssn
SELECT u.name FROM users u LEFT JOIN users v ON v.ssn = '{CANARY}'
SELECT u.name FROM users u JOIN contacts c ON c.ssn = u.ssn
SELECT ssn FROM users JOIN contacts ON contacts.user_id = users.id
SELECT name FROM users WHERE 'public' = (SELECT ssn FROM contacts WHERE user_id = users.id)
SELECT (SELECT max(ssn) FROM users) FROM contacts
SELECT ssn FROM contacts WHERE EXISTS (SELECT ssn FROM users WHERE ssn = 'public')
SELECT ssn_tail FROM users
SELECT name FROM users WHERE ssn_tail = '0815'
SELECT rowid FROM badges
SELECT _rowid_, oid FROM badges
SELECT badges.rowid FROM main.badges
SELECT holder FROM badges WHERE rowid = 815
SELECT holder FROM badges ORDER BY rowid
SELECT max(rowid) FROM badges
SELECT code FROM badges
SELECT * FROM badges
SELECT rowid, * FROM users
SELECT word FROM vault
SELECT * FROM vault
SELECT count(*) FROM vault
SELECT rowid FROM vault
SELECT * FROM users, vault
SELECT * FROM payroll
SELECT ssn FROM payroll
SELECT name FROM payroll
SELECT count(*) FROM payroll
SELECT 1 FROM payroll NATURAL JOIN (SELECT '{CANARY}' AS ssn)
SELECT * FROM roster
VALUES ((SELECT ssn FROM users LIMIT 1))
SELECT * FROM (VALUES ((SELECT max(ssn) FROM users)))
SELECT CASE WHEN ssn LIKE 'c%' THEN 1 END FROM users
SELECT iif(ssn = '{CANARY}', 1, 0) FROM users
SELECT substr(ssn, 1, 1), length(ssn), hex(ssn), quote(ssn), unicode(ssn) FROM users
SELECT name || ssn FROM users
SELECT CAST(ssn AS BLOB) FROM users
SELECT ssn COLLATE NOCASE FROM users
SELECT coalesce(NULL, ssn) FROM users
SELECT users FROM users
SELECT name FROM users LIMIT (SELECT length(ssn) - 10 FROM users LIMIT 1)
SELECT name FROM users WHERE salary IS NOT DISTINCT FROM 815
SELECT DISTINCT ssn FROM users
SELECT name FROM users
SELECT DISTINCT level FROM users
SELECT name FROM users LIMIT 1
SELECT group_concat(name) FROM users
SELECT name, row_number() OVER () FROM users
SELECT name FROM users INDEXED BY by_pay
SELECT name FROM users INDEXED BY sqlite_autoindex_users_1
INSERT INTO users (name) VALUES ('x') RETURNING ssn
UPDATE users SET name = name RETURNING *
DELETE FROM users RETURNING ssn
SELECT sql FROM sqlite_master
SELECT sql FROM sqlite_temp_master
SELECT sql FROM temp.sqlite_master
SELECT * FROM pragma_table_xinfo('users')
SELECT * FROM pragma_database_list
SELECT name FROM users; SELECT ssn FROM users
EXPLAIN SELECT ssn FROM users
""".splitlines()
    if line.strip()
)
