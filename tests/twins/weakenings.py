# SPDX-License-Identifier: MIT
"""What a sound stage would never write: each weakening takes one property out of an artifact of a pair.

No stage has a switch for it: a weakening edits what a stage wrote, before the next one reads it. Those of the
interface edit its text; those of artifacts before it, the rows that the artifact's own tool dumps and loads. What is
left must be as well-formed as before, as only a run that goes another way shows anything."""

import json
import re

CLAUSE = r"\n? *\b(?:pull|push) struct \w+ \{[^}]*\}"


def no_clauses(text):
    """what no path reaches does not cross"""
    return re.sub(CLAUSE, "", text)


def no_last_clause(text):
    """of each crossing's clauses the last one is missing"""
    return re.sub(CLAUSE + ";", ";", text)


def one_element(text):
    """an array's first element crosses for all"""
    return re.sub(r"\barray<([^,<>]+), (?:\{\{.*?\}\}|[0-9]+)>", r"array<\1, 1>", text)


def no_parts(text):
    """a pointer into an object is an object of its own"""
    return re.sub(r"\n    part [^;]*;", "", text)


def no_results(text):
    """what the callee changes of what it was shown does not come back"""
    return re.sub(r"\n    projection <[^}]*\}", lambda found: found[0].replace("in, out]", "in]"), text)


def no_first_sight(rows):
    """what static data hold before any code runs is not looked at, functions apart"""
    return [row for row in rows if row["table"] != "initializers" or row["kind"] != "integer"]


def one_object(rows):
    """of two objects of one type on one path the second one does not cross"""
    paths = {row["row"]: row for row in rows if row["table"] == "paths"}

    def twice(row):
        seen = set()
        while row:
            if row["step"] == "dereference":
                if row["type"] in seen:
                    return True
                seen.add(row["type"])
            row = paths.get(row["parent"])
        return False

    return [row for row in rows if row["table"] != "fields" or not twice(paths[row["path"]])]


def no_way_in(rows):
    """nothing is copied on the way in"""
    return [row | {"in": False} if row["table"] == "fields" else row for row in rows]


# Which artifact each edits.
WEAKENINGS = {
    no_clauses: "idl",
    no_last_clause: "idl",
    one_element: "idl",
    no_parts: "idl",
    no_results: "idl",
    no_first_sight: "pruned",
    one_object: "sync",
    no_way_in: "sync",
}


def numbered(rows):
    """The rows with the numbers that they have when others are gone."""
    counts = {}
    for row in rows:
        if "row" in row:
            row = row | {"row": counts.setdefault(row["table"], 0)}
            counts[row["table"]] += 1
        yield row


def weaken(change, text):
    """The text of an artifact without what the weakening takes out; the same text if there is nothing to take."""
    if WEAKENINGS[change] == "idl":
        return change(text)
    rows = [json.loads(line) for line in text.splitlines()]
    changed = change(rows)
    if changed == rows:
        return text
    return "".join(json.dumps(row) + "\n" for row in numbered(changed))
