# To admins, about the alerts themselves.

notice-dead = { $count ->
    [one] ⚠️ An alert could not be sent to { $channel }. { $why }
   *[other] ⚠️ { $count } alerts could not be sent to { $channel }. { $why }
 }
notice-about = Not sent: { $about }
notice-retry = Once that is mended, `/mlops alerts retry` sends it again.
notice-why-archived = The channel is archived. Unarchive it, or name another one in alerts.yml.
notice-why-not-in-channel = I am not in that channel. Invite me there with `/invite @mlops`.
notice-why-not-found = There is no such channel. A private one must invite me first; otherwise check its id.
notice-why-missing-scope = The app lacks a scope. Install it again with the scopes of manifest.yml.
notice-why-no-person = That person is not in this workspace.
notice-why-revoked = The bot's token is no longer valid. Install the app again and set SLACK_BOT_TOKEN anew.
notice-why-other = Slack's error code: { $code }
notice-standstill = ⚠️ { $what } has stood still for { $span }. It last worked at { $at }.
notice-standstill-ever = ⚠️ { $what } has not worked once since the start.
notice-error = Last error: { $error }
notice-health = `/mlops alerts health` shows the details.
notice-recovered = ✅ { $what } works again.
notice-recovered-after = ✅ { $what } works again after { $span }.
notice-what-scan = Looking for failures
notice-what-delivery = Sending alerts
notice-what-digest = Making summaries
notice-what-upkeep = The upkeep of alerts
notice-what-causes = Looking for causes
notice-what-store = The store
