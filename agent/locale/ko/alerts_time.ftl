# Days, times and spans in alerts.

alert-moment = { $day } { $time }
alert-day = { $month } { $day }일({ $weekday })
alert-day-of-year = { $year }년 { $day }
alert-month-1 = 1월
alert-month-2 = 2월
alert-month-3 = 3월
alert-month-4 = 4월
alert-month-5 = 5월
alert-month-6 = 6월
alert-month-7 = 7월
alert-month-8 = 8월
alert-month-9 = 9월
alert-month-10 = 10월
alert-month-11 = 11월
alert-month-12 = 12월
alert-weekday-1 = 월
alert-weekday-2 = 화
alert-weekday-3 = 수
alert-weekday-4 = 목
alert-weekday-5 = 금
alert-weekday-6 = 토
alert-weekday-7 = 일
alert-days = { $count }일
alert-hours = { $count }시간
alert-minutes = { $count }분
alert-seconds = { $count }초
