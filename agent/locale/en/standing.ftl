# What the bot takes somebody for, and what they see of the catalogue.

standing-no-policy = This bot has no POLICY: everybody sees the same.
standing-email-unknown = Slack does not tell your e-mail address now, so no rows of { $tables } could be shown. Ask again in a while; if it stays so, tell the operator.
standing-team-unknown = Your team is not known, so no rows of { $tables } could be shown. Ask the operator whether you are in the catalogue with your team.
standing-unknown = unknown
standing-none = none
standing-email = E-mail: { $value }
standing-roles = Roles: { $value }
standing-team = Team: { $value }
standing-opened = Private columns open to you: { $value }
standing-limited = Tables with some rows: { $value }
standing-blind = Tables with no rows: { $value }
