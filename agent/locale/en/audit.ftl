# The queries on record, as admins see them.

audit-none = There is no such query on record.
audit-title = { $count ->
    [one] The last query
   *[other] The last { $count } queries
}
audit-at = at
audit-who = who
audit-where = where
audit-verdict = verdict
audit-rows = rows
audit-ran = ran
audit-refused = refused
audit-failed = failed
audit-timeout = timed out
