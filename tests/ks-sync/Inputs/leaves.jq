# SPDX-License-Identifier: MIT
# The crossings in a .pruned and a .sync (with --slurp, in this order), one a line; then
# their roots and what is known about them, and the fields that are copied.
group_by(.table) | map({(.[0].table): .}) | add as $t
| ($t.crossings | sort_by(.name)[]) as $c
| "== \($c.name)",
  ($t.roots[]? | select(.crossing == $c.row)
   | . as $r
   | [$t.tree[.path].name,
      (["touched", "identity", "fresh", "freed", "caller_local"][] | select($r[.]))]
   | "root " + join(" ")),
  ($t.leaves[]? | select(.crossing == $c.row)
   | [$t.tree[.path].name, (if .in then "in" else empty end), (if .out then "out" else empty end)]
   | join(" ")),
  ($t.unreached[]? | select(.crossing == $c.row) | "unreached \($t.names[.field].name)")
