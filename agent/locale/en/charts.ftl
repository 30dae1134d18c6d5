# Charts: their titles and axes, what they show in words, and why there is none.

chart-none = none
chart-by = { $what } by { $by }
chart-by-two = { $what } by { $by } and { $then }
chart-against = { $y } against { $x }
chart-plane = Precision and recall by { $by }
chart-runs = Run times by { $of }
chart-share = Share of { $what }

chart-kind-bar = bar chart
chart-kind-grouped-bar = grouped bar chart
chart-kind-line = line chart
chart-kind-scatter = scatter plot
chart-kind-precision-recall = precision–recall plane
chart-kind-gantt = Gantt chart

chart-alt = { $kind }: { $title }.
chart-extremes = Highest: { $most } ({ $high }); lowest: { $least } ({ $low }).
chart-same = Every value is { $value }.
chart-course = From { $begin } in { $first } to { $end } in { $last }.
chart-best-f1 = The best F1 is that of { $name } ({ $value }).
chart-range = { $label }: highest { $high } ({ $most }), lowest { $low } ({ $least }).
chart-period = { $count ->
    [one] One run
   *[other] { $count } runs
} between { $first } and { $last }.
chart-longest = The longest took { $time }: { $name }.
chart-going = Still going: { $names }.
chart-so-far = { $time } so far
chart-and-others = { $name } and { $count ->
    [one] one other
   *[other] { $count } others
}
chart-cut = { $count ->
    [one] One more was
   *[other] { $count } more were
} left out: too many for one chart.
chart-blank = { $count ->
    [one] One without a value is
   *[other] { $count } without a value are
} left out.

chart-shown = **{ $title }** as a { $kind }.
chart-other-kind = The rows do not make a { $wished }, so this is a { $kind }.
chart-of-nothing = There is no result to draw yet. Ask for something first, or end your question with “as a chart”.
chart-not-again = The rows could not be read again, so there is no chart. Please ask the question once more.
chart-one-row = There is only one value, and nothing to hold it against. Ask for it split up (by status, by month) and I can draw it.
chart-no-numbers = The rows have no numbers to draw. Ask for counts or values split up (by status, by month) and I can draw them.

chart-button = Chart
chart-working = Drawing the chart…
chart-taken = The chart is in the thread already; look further down.
chart-not-sent = The chart could not be posted. Click again in a moment.

# Files that are written from the terminal.
file-written = Saved: { $path }
file-exists = { $path } is there already. Add --force to overwrite it.
file-is-folder = { $path } is a folder: name a file in it.
file-no-folder = There is no folder for { $path }: make it first.
file-not-writable = { $path } may not be written.
file-not-png = Charts are saved as PNG only: let { $path } end in .png.
file-not-written = { $path } could not be written: { $why }
file-no-rows = The answer looked up no rows, so there is nothing to save.
file-no-picture = The chart could not be drawn. Run it again with -v to see why.
file-no-answer = There is no answer yet: ask something first.
file-how = Name a file behind { $command }, as in { $command } { $example } (--force to overwrite)
file-chart-hint = Chart “{ $title }”: save it with --chart FILE.png (in the chat: /chart FILE.png).
