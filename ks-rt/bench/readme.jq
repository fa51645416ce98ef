# SPDX-License-Identifier: MIT
# The figures of a run as the README shows them: a few rows, and the goals.

def shown: if . == null then "" elif . >= 100 then round else . * 10 | round / 10 end | tostring;
def table: (.[0] | "| " + join(" | ") + " |"), (.[0] | "|" + (map("---|") | join(""))),
  (.[1:][] | "| " + join(" | ") + " |");
def line($title; $subjects):
  . as $rows | [$title] + [$subjects[] as $subject
    | [$rows[] | select(.subject == $subject).median][0] | shown];
def verdict: if . == null then "not measured" elif . then "met" else "not met" end;

.rows as $all
| def of($operation): [$all[] | select(.operation == $operation)];
["Boost.Context fiber", "Boost.Context, its jump alone", "Boost.Fiber",
  "C++20 coroutine, g++", "C++20 coroutine, clang++"] as $threads
| ["one line, bare", "two status rings", "two boost spsc_queues", "two moodycamel queues"] as $queues
| "\(.machine.processors) processors, \(.machine.model)\(if .machine.virtual then ", a virtual machine" else "" end); medians.",
  "",
  ([["cycles", "ks-rt", "Boost.Context", "its bare jump", "Boost.Fiber", "C++20 coroutine, g++", "clang++"]]
    + [("switch there and back" as $one | of($one) | line($one; ["ks_hand_over"] + $threads)),
      (("create, run, end", "create, wait, resume, end", "10 pending, each", "100 pending, each") as $one
        | of($one) | line($one; ["ks_async_call"] + $threads))]
    | table),
  "",
  ([["between two processors", "ks-rt", "one line, bare", "libfipc-style rings", "boost spsc_queue", "moodycamel"]]
    + [("round trip, 2 processors" | of(.) | line("round trip, ns"; ["ks_channel_call"] + $queues)),
      (("calls, 1 in flight", "calls, 4 in flight", "calls, 16 in flight", "calls, 32 in flight") as $one
        | of($one) | line($one + ", M/s"; ["ks_channel_post"] + $queues)),
      ("messages, one way" | of(.) | line("messages, one way, M/s";
        ["ks_channel_push", "one line, bare", "status ring", "boost spsc_queue", "moodycamel queue"]))]
    | table),
  "",
  ([["between two processes", "ks-rt, spinning", "ks-rt, sleeping", "futex", "eventfd", "pipe"]]
    + [("round trip, 2 processes" | of(.) | line("round trip, ns";
        ["ks_channel_call, spins", "ks_channel_call, sleeps", "futex", "eventfd", "pipe"]))]
    | table),
  "",
  ([["goal", "times", "reached", ""]]
    + [.goals[] | [.goal, "\(.relation) \(.limit)", (.reached | if . then . * 1000 | round / 1000 else "" end | tostring),
        (.met | verdict) + (if .met == false and .why then ": " + .why else "" end)]]
    | table)
