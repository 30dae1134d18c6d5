# Days, times and spans in alerts.

alert-moment = { $day }, { $time }
alert-day = { $weekday } { $day } { $month }
alert-day-of-year = { $day } { $year }
alert-month-1 = Jan
alert-month-2 = Feb
alert-month-3 = Mar
alert-month-4 = Apr
alert-month-5 = May
alert-month-6 = Jun
alert-month-7 = Jul
alert-month-8 = Aug
alert-month-9 = Sep
alert-month-10 = Oct
alert-month-11 = Nov
alert-month-12 = Dec
alert-weekday-1 = Mon
alert-weekday-2 = Tue
alert-weekday-3 = Wed
alert-weekday-4 = Thu
alert-weekday-5 = Fri
alert-weekday-6 = Sat
alert-weekday-7 = Sun
alert-days = { $count } d
alert-hours = { $count } h
alert-minutes = { $count } min
alert-seconds = { $count } s
