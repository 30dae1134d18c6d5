# What is said of a run below its alert, ahead of the rows.

again-of-name = This goes by the { $kind } records of the same name.
again-of-parent = There is no other record of the same name, so this goes by the { $kind } records of the same { $parent } ({ $name }).
again-of-some-parent = There is no other record of the same name, so this goes by the { $kind } records of the same { $parent }.
again-previous = The one before was { $name } ({ $at }), status: { $state }.
again-previous-yes = Yes: the one before, { $name } ({ $at }), has status { $state }.
again-previous-no = No: the one before, { $name } ({ $at }), has status { $state }.
again-since = It has been { $state } { $count ->
    [one] once
   *[other] { $count } times in a row
  }, since { $at }.
again-none-before = There is no earlier record of that name.
again-before = Before that ({ $at }) its status was { $state }.
again-not-now = The newest record of that name is not { $state }.
again-cause = The cause analysis said: “{ $cause }”
again-rerun = I only read the records and cannot run anything again. Whether a rerun would work can't be told from them: look for the cause in the log first.
