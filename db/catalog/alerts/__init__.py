"""What of the catalogue is worth an alert: the rules of alerts.yml, and the queries that are drawn from them."""
