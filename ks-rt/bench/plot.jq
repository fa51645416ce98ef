# SPDX-License-Identifier: MIT
# The figures of a run as plot.gp wants them: two blocks of tab-separated lines, for bars (line of the
# plot, times, what was measured, subject, whether ours) and for headings (line, operation).

def shown: if . >= 1000 then round elif . >= 10 then . * 10 | round / 10 else . * 100 | round / 100 end;

[.rows[] | select(.operation != "loop")] as $rows
| [$rows[].operation] as $of
# A heading has a line, and one more above it.
| [range($rows | length) | {row: $rows[.], first: (. == 0 or $of[.] != $of[. - 1])}]
| [foreach .[] as $one (-1; . + (if $one.first then 3 else 1 end); {line: ., row: $one.row, first: $one.first})]
| (.[] | [.line, .row.times, "\(.row.median | shown) \(.row.unit)", .row.subject,
    (if .row.subject | startswith("ks_") then 1 else 0 end)] | @tsv),
  "", "",
  (.[] | select(.first) | [.line - 1, .row.operation] | @tsv)
