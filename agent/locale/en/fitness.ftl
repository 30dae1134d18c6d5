# Whether rows fit a purpose: what is noted of them is told, the bot decides nothing.

fitness-against = The { $note } of { $name } speaks against ‘{ $use }’: “{ $said }”
fitness-for = The { $note } of { $name } speaks for ‘{ $use }’: “{ $said }”
fitness-mentions = The { $note } of { $name } mentions ‘{ $use }’, please read it and decide: “{ $said }”
fitness-silent = The { $note } of { $name } says nothing of ‘{ $use }’, so I can't tell whether it fits: “{ $said }”
fitness-open = I can't tell whether { $name } fits ‘{ $use }’. Its { $note } says: “{ $said }”
fitness-none = { $name } has no { $note }, so I can't tell whether it fits ‘{ $use }’.
fitness-there = { $name } is { $state } already.
fitness-there-noted = Its { $note } says: “{ $said }”
fitness-not-there = { $name } is { $state } now.
fitness-noted = Whether it may go there is for you to judge by its { $note }: “{ $said }”
fitness-unnoted = It has no { $note }, so I can't tell whether it may go there.
fitness-figures = On record: { $figures }.
fitness-each = For the { $subject } ({ $count }), whether they { $aim ->
    [yes] may go to { $use }
   *[no] fit ‘{ $use }’
  } is for you to judge by the { $note }:
fitness-each-against = it speaks against it
fitness-each-for = it speaks for it
fitness-no-note = no { $note }
fitness-rank = Recommend a { $kind } for { $purpose }
