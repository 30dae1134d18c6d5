# What is said of a run below its alert, ahead of the rows.

again-of-name = This goes by the { $kind } records of the same name.
again-no-name = Nothing of the same name fits.
again-of-parent = This goes by the { $kind } records of the same { $parent } ({ $name }).
again-of-some-parent = This goes by the { $kind } records of the same { $parent }.
again-previous = The one before was { $name } ({ $at }), status: { $state }.
again-previous-yes = Yes: the one before, { $name } ({ $at }), has status { $state }.
again-previous-no = No: the one before, { $name } ({ $at }), has status { $state }.
again-last-so = The latest with status { $state } is { $name } ({ $at }).
again-last-near = None of the same name has status { $state }; of the same { $parent } the latest is { $name } ({ $at }).
again-never-so = None before it has status { $state }, either.
again-nothing-before = There is no earlier record: none of the same name, and none that began before it on the same { $parent } ({ $name }).
again-times = Yes, { $count ->
    [one] once
   *[other] { $count } times
  } before.
again-newest = The latest is { $name } ({ $at }), status: { $state }.
again-nth = This is number { $count }.
again-first = Yes: by the records of the same name this is the first time.
again-not-first = No: there { $count ->
    [one] is 1 earlier record
   *[other] are { $count } earlier records
  } of the same name.
again-since = { $count ->
    [one] It is { $state } this once, started { $at }.
   *[other] It has been { $state } { $count } times in a row, since { $at }.
  }
again-none-before = There is no earlier record of that name.
again-before = Before that ({ $at }) its status was { $state }.
again-not-now = The newest record of that name is not { $state }.
again-known-cause = The cause analysis found: { $cause }
again-cause = The cause analysis said: “{ $cause }”
again-after-cause = Mend that cause first. If it turns out not to be the one, read the whole log.
again-rerun = I only read the records and cannot run anything again. Whether a rerun would work can't be told from them: look for the cause in the log first.
