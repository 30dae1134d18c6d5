-- What no statement of a reader may change, as the owner sees it.
SELECT
    (SELECT md5(string_agg(u::text, '|' ORDER BY u.id)) FROM catalogue.users AS u) AS users,
    (SELECT md5(string_agg(r::text, '|' ORDER BY r.id)) FROM catalogue.runs AS r) AS runs,
    (SELECT md5(string_agg(k::text, '|' ORDER BY k.번호)) FROM catalogue."학습 기록" AS k) AS records,
    (SELECT md5(string_agg(s::text, '|')) FROM catalogue.secrets AS s) AS secrets,
    (SELECT last_value::text || is_called FROM catalogue.numbers) AS sequence,
    (SELECT md5(string_agg(concat_ws(' ', oid, relname, relkind, relacl), '|' ORDER BY oid)) FROM pg_class) AS relations,
    (SELECT md5(string_agg(concat_ws(' ', oid, proname, proacl), '|' ORDER BY oid)) FROM pg_proc) AS functions,
    (SELECT md5(string_agg(concat_ws(' ', oid, nspname, nspacl), '|' ORDER BY oid)) FROM pg_namespace) AS schemas,
    (SELECT md5(string_agg(concat_ws(' ', oid, typname), '|' ORDER BY oid)) FROM pg_type) AS types,
    (SELECT md5(string_agg(r::text, '|' ORDER BY r.oid)) FROM pg_roles AS r) AS roles,
    (SELECT md5(string_agg(m::text, '|' ORDER BY m.roleid, m.member)) FROM pg_auth_members AS m) AS members,
    (SELECT md5(string_agg(s::text, '|' ORDER BY s.setdatabase, s.setrole)) FROM pg_db_role_setting AS s) AS defaults,
    (SELECT string_agg(datname, '|' ORDER BY datname) FROM pg_database
        WHERE datname NOT LIKE 'fuzz%') AS databases,
    (SELECT count(*) FROM pg_extension) AS extensions,
    (SELECT count(*) FROM pg_largeobject_metadata) AS large_objects,
    (SELECT count(*) FROM pg_prepared_xacts) AS prepared_transactions,
    (SELECT count(*) FROM pg_replication_slots) AS slots,
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') AS advisory_locks,
    (SELECT count(*) FROM pg_listening_channels()) AS channels,
    (SELECT count(*) FROM pg_stat_activity WHERE usename = 'cat_ro' AND state LIKE 'idle in transaction%') AS open_transactions
