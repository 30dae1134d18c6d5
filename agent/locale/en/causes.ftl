# Why a pipeline failed: a headline, and what to try.

cause-unknown = No known cause stands in the log. The last lines that tell of an error are below.
