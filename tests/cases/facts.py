# SPDX-License-Identifier: MIT
"""What the stages found, one fact a line, out of the tables of their artifacts."""


def name_of(rows, number):
    return "-" if number is None else rows[number]["name"]


def marks(row, *names):
    return "".join(" " + name for name in names if row[name])


def letters(row, *names):
    """Which of the uses there are: r for driver_reads, i for driver_initializes."""
    return "".join(name.split("_")[1][0] if row[name] else "-" for name in names)


def uses(row, **more):
    driver = letters(row, "driver_reads", "driver_writes", *more.get("driver", ()))
    kernel = letters(row, "kernel_reads", "kernel_writes")
    return f"{row['name']} D{driver} K{kernel}{'i' if row.get('kernel_initializes') else ''}"


def place(tables, number):
    """A path of a .pdg in C's terms."""
    if number is None:
        return "?"
    row = tables["paths"][number]
    step = row["step"]
    parent = "" if row.get("parent") is None else place(tables, row["parent"])
    if step == "argument":
        return f"arg{row['index']}"
    if step == "global":
        return tables["globals"][row["global"]]["name"]
    if step == "function":
        return "function " + tables["functions"][row["target"]]["name"]
    if step == "dereference":
        return "*" + parent
    if step == "field":
        return f"{parent}->{tables['fields'][row['field']]['name']}"
    if step == "element":
        return f"{parent}[{'any' if row['integer'] > 10**12 else row['integer']}]"
    if step == "address":
        return "&" + parent
    return f"({step}){parent}" if parent else step


def of_unit(tables):
    """Of one unit's .pdg."""
    fields, functions = tables.get("fields", []), tables.get("functions", [])
    for row in tables.get("accesses", []):
        value = "" if row["value"] is None else " = " + place(tables, row["value"])
        yield (
            f"access {name_of(functions, row['function'])}: {row['kind']} "
            f"{name_of(fields, row['field'])} at {place(tables, row['path'])}{value} "
            f"({row['source']})"
        )
    for row in tables.get("calls", []):
        yield (
            f"call {name_of(functions, row['caller'])}: {row['kind']} "
            f"{name_of(functions, row['callee'])} via {name_of(fields, row['via'])}"
        )
    for row in tables.get("unknowns", []):
        yield f"unknown {name_of(functions, row['function'])} {row['reason']}: {row['what']}"


def of_boundary(pruned):
    fields, functions = pruned.get("fields", []), pruned.get("functions", [])
    for row in pruned.get("crossings", []):
        names = ",".join(fields[number]["name"] for number in row["fields"])
        yield (
            f"crossing {row['kind']} {row['name']}{marks(row, 'to_driver')}"
            + (f" fields={names}" if names else "")
        )
    for row in pruned.get("clones", []):
        yield f"clone {functions[row['function']]['name']}"
    for row in pruned.get("library", []):
        yield f"library {row.get('value')}"
    for row in pruned.get("imported_globals", []):
        yield f"kglobal {pruned['globals'][row['global']]['name']} {row['use']}"
    for row in pruned.get("peers", []):
        yield "peer " + functions[row["value"] if "value" in row else row["function"]]["name"]
    for row in pruned.get("placements", []):
        yield f"placed {functions[row['function']]['name']} {row['side']} {row['reason']}"
    for row in pruned.get("unknowns", []):
        yield f"unknown {name_of(functions, row['function'])} {row['reason']}: {row['what']}"


def of_targets(pruned, lines):
    """What indirect calls reach; with the LINES of the calls."""
    functions = pruned.get("functions", [])
    for row in pruned.get("targets", []):
        site = pruned["calls"][row["call"]]
        line = f":{site['loc']['line']}" if lines else ""
        yield (
            f"target {functions[site['caller']]['name']}{line} -> "
            f"{functions[row['target']]['name']} ({row['source']})"
        )


def of_sharing(shared):
    for row in shared.get("fields", []):
        yield "shared " + uses(row, driver=["driver_initializes"])
    for row in shared.get("globals", []):
        yield "sharedglobal " + uses(row)


def of_crossings(pruned, sync):
    """What is copied at each."""
    fields, crossings = pruned.get("fields", []), pruned.get("crossings", [])
    paths = sync.get("paths", [])
    for row in sync.get("roots", []):
        yield (
            f"root {crossings[row['crossing']]['name']} {paths[row['path']]['name']} "
            + marks(row, "touched", "identity", "fresh", "freed", "caller_local").strip()
        )
    for row in sync.get("fields", []):
        path = paths[row["path"]]
        yield (
            f"leaf {crossings[row['crossing']]['name']} {path['name']} "
            f"[{name_of(fields, path['field'])}]{marks(row, 'in', 'out')}"
        )
    for row in sync.get("unreached", []):
        crossing = "at-first-sight" if row["crossing"] is None else crossings[row["crossing"]]["name"]
        yield (
            f"unreached {crossing} {fields[row['field']]['name']}"
            + marks(row, "in", "out")
        )


def of_sections(pruned, atomic):
    functions = pruned.get("functions", [])
    inside = {}
    for row in atomic.get("fields", []):
        inside.setdefault(row["section"], []).append(row["name"] + marks(row, "fetch", "send"))
    for row in atomic.get("sections", []):
        releases = ",".join(str(place["line"]) for place in row["releases"])
        yield (
            f"section {row['function_name']}: {row['lock']} {row['family']}"
            + (" shared" if row["shared"] else " private")
            + ("" if row["balanced"] else " unbalanced")
            + f" {row['acquire']['line']}->{releases} | "
            + "; ".join(inside.get(row["row"], []))
        )
    for row in atomic.get("operations", []):
        yield (
            f"atomic {functions[row['function']]['name']}: {row['name']} {row['field_name']}"
            + marks(row, "shared")
        )
    for row in atomic.get("merged", []):
        yield f"merged {row['name']} {row['merge']}"
    for row in atomic.get("sites", []):
        yield (
            f"site {row['function_name']}:{row['loc']['line']} {row['operation']} {row['what']} "
            f"{row['reason']}"
        )


def of_stages(tables, lines):
    """Of all stages behind ks-pdg; targets with the LINES of their calls."""
    pruned = tables["pruned"]
    yield from of_boundary(pruned)
    yield from of_targets(pruned, lines)
    yield from of_sharing(tables["shared"])
    yield from of_crossings(pruned, tables["sync"])
    yield from of_sections(pruned, tables["atomic"])


def wrong(found, must, never):
    """What must be among the facts and is not, and the reverse, by compiled patterns."""
    missing = [
        "missing: " + pattern.pattern
        for pattern in must
        if not any(pattern.search(fact) for fact in found)
    ]
    return missing + [
        "there: " + fact
        for pattern in never
        for fact in [fact for fact in found if pattern.search(fact)][:1]
    ]
