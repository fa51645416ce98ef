# SPDX-License-Identifier: MIT
# The figures of a run as text for a terminal.

def padded($width): tostring | . + " " * ($width - length);
def right($width): tostring | " " * ($width - length) + .;
def fixed($digits):
  . * pow(10; $digits) | round | tostring
  | if length <= $digits then "0" * ($digits + 1 - length) + . else . end
  | .[:length - $digits] + "." + .[length - $digits:];
def line: "\(.[0] | padded(26)) \(.[1] | padded(30)) \(.[2] | right(9)) \(.[3] | padded(6)) \(.[4] | right(7)) \(.[5] | right(13))";
def verdict: if . == null then "not measured" elif . then "met" else "not met" end;

(["operation", "subject", "median", "", "times", "instructions"] | line),
(.rows[] | [.operation, .subject, (.median | fixed(1)), .unit, (.times | fixed(2)),
  (if .instructions == null then "-" else .instructions | fixed(1) end)] | line),
"",
"\("goal" | padded(56)) \("limit" | padded(14)) \("reached" | right(7))",
(.goals[] | "\(.goal | padded(56)) \(.relation) \(.limit | padded(5)) \(
  if .reached == null then "-" else .reached | fixed(3) end | right(7))  \(.met | verdict)",
  if .met == false and .why then "  " + .why else empty end)
