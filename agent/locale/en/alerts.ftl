# A failed pipeline, as its channel is told.

alert-title = 🔴 Pipeline failed: { $name }
alert-project = Project
alert-owner = Owner
alert-dataset = Dataset
alert-gpu = GPU
alert-ran = Started → finished
alert-days = { $count } d
alert-hours = { $count } h
alert-minutes = { $count } min
alert-at-once = under a minute
alert-next-step = Next step: ask in this thread.
alert-question = @mlops show the failed pipeline { $name }
