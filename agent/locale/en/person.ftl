# Who somebody is in the catalogue: found, linked, or not known.

person-here = In the catalogue you are { $name }.
person-here-of = In the catalogue you are { $name } of { $team }.
person-by-link = You are known by the address you linked, { $email }. A link is no proof, so it opens nothing to you.
person-by-slack = You are known by your address in Slack, { $email }.
person-nobody-link = Nobody in the catalogue has the address you linked, { $email }. Link another one with `{ $command } EMAIL`.
person-nobody-slack = Nobody in the catalogue has your address in Slack, { $email }. Link the one that the catalogue has with `{ $command } EMAIL`.
person-nobody = I don't know who you are in the catalogue. Link the address that it has of you with `{ $command } EMAIL`.

# What comes of linking.
link-done = Linked. “My” and “our team” are those of { $name } now. If that isn't you, undo it with { $command }.
link-unknown = There is no one person in the catalogue with the address { $email }. Please check it.
link-misread = Write the address that the catalogue has of you, as in { $command } name@example.com.
link-no-people = This catalogue has no addresses of people, so there is nobody to link to.
link-undone = The link is undone. You are looked up by your address in Slack again.
link-none = There is no link to undo.
