# SPDX-License-Identifier: MIT
"""What tests/cases/run and tests/programs/run share. A test is a folder with a driver and its
kernel. It is taken through the stages as pipelines/stages has them, what they found is compared
with what is expected, and the driver is run twice: linked to its kernel, and behind its glue.
The tests that fail today are in a table, and a run is as expected if these fail as it says, and
no others."""

import argparse
import concurrent.futures
import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CLANG = os.environ.get("CLANG", "clang-22")
CC = os.environ.get("CC", "gcc")
BITCODE = (
    "-g -O2 -Xclang -disable-llvm-passes -fno-builtin -fno-strict-aliasing "
    "-target x86_64-linux-gnu"
).split()
WORDS = ("ok", "facts", "differs", "fault", "skip")
DOES_NOT_END = "does not end"
NO_RANDOM_ADDRESSES = 0x0040000  # ADDR_NO_RANDOMIZE of personality(2)


class Trouble(Exception):
    """Nothing can be said of any test."""


class Stop(Exception):
    """A test ends here: with this word, for this reason."""

    def __init__(self, word, reason):
        super().__init__(reason)
        self.word = word
        self.reason = reason


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def rows_of(path):
    """The rows of one of the tree's tables."""
    lines = read(os.path.join(TREE, path)).splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    if len(rows) < 2:
        raise Trouble(f"{path}: no rows")
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def complaint(errors):
    """The line of a tool's errors that says most, without folders and places."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    said = [line for line in lines if re.search(r"error|ERROR|undefined|multiple", line)]
    line = (said or lines[-1:] or ["nothing said"])[0]
    line = re.sub(r"(/[\w.+-]+)+/", "", line)
    return re.sub(r"^(ld: )?[\w.]+(:[\w.]+)?:(\(\S+\):|\d+:)*\s*", "", line)[:150]


# ------------------------------------------------------------------ the tools, and the runtime


class Tools:
    """The stages of one build, and a folder with the runtime and what all tests link to."""

    def __init__(self, build, work, flags):
        self.bin = os.path.join(os.path.abspath(build), "bin")
        self.work = work
        self.flags = flags  # of what is run
        self.stages = rows_of("pipelines/stages")
        self.environment = dict(
            os.environ,
            PATH=self.bin + ":" + os.environ["PATH"],
            KS=TREE,
            CC=CC,
            CLANG=CLANG,
            ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=1",
            UBSAN_OPTIONS="",
            LC_ALL="C",
        )
        for row in self.stages:
            self.check(row["stage"])
        self.check("ks-link")
        for program in (CLANG, CC, "ar", "nm", "prlimit"):
            if not shutil.which(program):
                raise Trouble(f"{program}: not installed")

    def check(self, name):
        if not os.access(os.path.join(self.bin, name), os.X_OK):
            raise Trouble(f"no {name} in {self.bin}: build the tools, or give --build=DIR")

    def call(self, command, cwd, seconds=300):
        """Status, output and errors of a command."""
        try:
            done = subprocess.run(
                command,
                cwd=cwd,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
                text=True,
                errors="replace",
                check=False,
            )
        except subprocess.TimeoutExpired:
            return 124, "", DOES_NOT_END
        return done.returncode, done.stdout, done.stderr

    def make(self, jobs, harness):
        """Compiles the runtime, and these sources of the harness to objects beside it."""
        os.makedirs(self.work)
        commands, runtime = [], []
        sources = [row["file"] for row in rows_of("ks-rt/sources") if row["user"] == "all"]
        for source in [os.path.join(TREE, "ks-rt", source) for source in sources] + harness:
            name = os.path.relpath(source, TREE).replace("/", "-")[:-2] + ".o"
            if source in harness:
                name = os.path.basename(source)[:-2] + ".o"
            else:
                runtime.append(name)
            flags = [*self.flags, "-DKS_COOKIES_ARE_NO_ADDRESSES", "-I" + TREE]
            commands.append([CC, *flags, "-c", source, "-o", name])
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            for command, done in zip(commands, pool.map(lambda c: self.call(c, self.work), commands)):
                if done[0]:
                    raise Trouble(f"{command[-3]}: {complaint(done[2])}")
        status, _, errors = self.call(["ar", "crs", "runtime.a", *runtime], self.work)
        if status:
            raise Trouble(f"runtime.a: {complaint(errors)}")

    def made(self, name):
        return os.path.join(self.work, name)


class Folder:
    """Where one test is worked on, and what the stages have said there."""

    def __init__(self, tools, path):
        self.tools = tools
        self.path = path
        self.log = []
        self.bitcode = {}  # by the source's name, as the stages know it
        self.driver = []  # its .pdgs

    def at(self, name):
        return os.path.join(self.path, name)

    def has(self, name):
        return os.path.exists(self.at(name))

    def run(self, command, what, word="fault"):
        """A command without which the test comes to this word."""
        status, output, errors = self.tools.call(command, self.path)
        if status:
            raise Stop(word, f"{what}: {complaint(errors)}")
        return output

    def tool(self, name, *arguments):
        command = [os.path.join(self.tools.bin, name), *arguments]
        status, output, errors = self.tools.call(command, self.path)
        self.log += errors.splitlines()
        if status:
            raise Stop("fault", f"{name}: status {status}: {complaint(errors)}")
        return output

    def tables(self, stage, file):
        """An artifact's tables, by their names."""
        tables = {}
        for line in self.tool(stage, "--dump=json", file).splitlines():
            row = json.loads(line)
            tables.setdefault(row["table"], []).append(row)
        return tables

    def pdg(self, source, includes, flags=BITCODE, beside=None):
        """Of a source, which is compiled in its own folder if BESIDE is that."""
        base = "out/" + (source[:-2].replace("/", "-") if beside else os.path.basename(source)[:-2])
        name = os.path.basename(source) if beside else source
        self.bitcode[name] = self.at(base + ".bc")
        command = [CLANG, *flags, "-w", "-emit-llvm", f"-fdebug-prefix-map={self.path}=."]
        command += [*includes, "-c", os.path.basename(source) if beside else source]
        command += ["-o", self.at(base + ".bc")]
        status, _, errors = self.tools.call(command, self.at(beside or ""))
        if status:
            raise Stop("skip", f"{source}: {complaint(errors)}")
        self.tool("ks-pdg", base + ".bc", "-o", base + ".pdg")
        return base + ".pdg"

    def stages(self, driver, kernel, module):
        """Takes .pdgs to the interface out/a.idl; the tables of the artifacts on the way, by kind."""
        self.driver = driver
        made = {"pdg": ["--driver=" + file for file in driver] + kernel}
        found = {}
        for row in self.tools.stages:
            kind = row["writes"]
            if kind in ("pdg", "c"):
                continue
            inputs = [file for before in row["reads"].split() for file in made.get(before, [])]
            made[kind] = ["out/a." + kind]
            options = ["--module=" + module] if kind == "idl" else []
            self.tool(row["stage"], *options, *inputs, "-o", made[kind][0])
            if kind != "idl":
                found[kind] = self.tables(row["stage"], made[kind][0])
        return found

    def compile(self, sources, includes, word="fault"):
        """Objects in this folder, by the names of their sources."""
        self.run([CC, *self.tools.flags, *includes, "-c", *sources], ", ".join(sources), word)
        return [os.path.basename(source)[:-2] + ".o" for source in sources]

    def isolate(self, glue, module):
        """The driver as one object, isolated.o, in which its glue stands for the kernel. The bitcode
        that was analysed is what is compiled."""
        with open(self.at("units"), "w", encoding="utf-8") as file:
            file.write("".join(f"{source}\t{bitcode}\n" for source, bitcode in self.bitcode.items()))
        units = [file[: -len("pdg")] + "bc" for file in self.driver]
        self.tool("ks-link", f"--glue={glue}/{module}", "--units=units", *units, "-o", "isolated.bc")
        # The attribute, which clang gives to what it compiles from C, makes the sanitizer look at it.
        checked = ["-mllvm", "-force-attribute=sanitize_address"]
        flags = [flag for flag in self.tools.flags if flag != "-std=gnu11"]
        self.run([CLANG, *flags, *checked, "-c", "isolated.bc", "-o", "isolated.o"], "isolated.bc")
        return "isolated.o"

    def glue(self, sources, flags):
        """Objects of generated code, in this folder. Clang without optimisation takes a sixth of GCC's time;
        what GCC's sanitizers lack is left out."""
        command = [CLANG, *self.tools.flags, "-O0", "-fno-sanitize=function", *flags, "-I" + TREE, "-c", *sources]
        self.run(command, ", ".join(sources))
        return [os.path.basename(source)[:-2] + ".o" for source in sources]

    def link(self, program, inputs, flags=(), word="fault"):
        command = [CC, *self.tools.flags, *flags, *inputs, "-lpthread", "-o", program]
        self.run(command, program, word)

    def outcome(self, program):
        """Status and output of a program, and what went wrong in it."""
        # Who spins is ended by the time it computes: a busy machine does not change the word.
        command = ["prlimit", "--cpu=3:9", "--core=0", self.at(program)]
        status, output, errors = self.tools.call(command, self.path, 60)
        found = re.search(r"AddressSanitizer: ([\w-]+)", errors)
        if found:
            frame = re.search(r"#\d+ \S+ in (\w+) (?!.*sanitizer)", errors)
            return status, output, found.group(1) + (f" in {frame.group(1)}" if frame else "")
        found = re.search(r"domain stopped.*", errors)
        if found:
            return status, output, found.group(0).strip()
        if status == -signal.SIGXCPU or errors == DOES_NOT_END:
            return status, output, DOES_NOT_END
        if status < 0:
            return status, output, f"signal {-status}"
        reason = f"status {status}" if status else ""
        return status, output, f"{reason}: {complaint(errors)}" if reason and errors else reason


# ------------------------------------------------------------------ the table of what fails

# Ways for a run to go wrong. Which one it is, what lies in the memory that it strays to may decide:
# that is another thing on another machine.
ASTRAY = ("differs", "fault")


class Known:
    """The tests that fail today: the test, its word, for `any` the reason."""

    COMMENT = "# What is not ok today, and its word (README.md); BLESS=1 rewrites this."

    def __init__(self, path):
        self.path = path
        self.rows = {}
        for number, line in enumerate(read(path).splitlines(), 1):
            if line.startswith("#"):
                continue
            row = line.split("\t")
            if len(row) < 2 or row[1] not in ("facts", "differs", "fault", "any"):
                raise Trouble(f"{path}:{number}: {line}: no row of this table")
            if row[1] == "any" and len(row) < 3:
                raise Trouble(f"{path}:{number}: any, but no reason")
            self.rows[row[0]] = row[1:]

    def complaints(self, words, there):
        """Where these words for tests are not what the table says; there are these tests."""
        for name, word in words.items():
            known = self.rows.get(name, ["ok"])[0]
            if word in (known, "skip") or known == "any":
                continue
            if word in ASTRAY and known in ASTRAY:
                continue
            if word == "ok":
                yield f"{name} is ok now: take it out"
            elif known == "ok":
                yield f"{name} is {word}, and was ok"
            else:
                yield f"{name} is {word} now, and was {known}: BLESS=1 if this is meant"
        for name in self.rows:
            if name not in there:
                yield f"{name} is in the table, and nowhere else: take it out"

    def bless(self, words, there):
        for name, word in words.items():
            known = self.rows.get(name, [""])[0]
            if word == "ok" or (word != "skip" and known != "any"):
                if word not in ASTRAY or known not in ASTRAY:
                    self.rows[name] = [word]
        rows = sorted(
            "\t".join([name, *row])
            for name, row in self.rows.items()
            if name in there and row[0] != "ok"
        )
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("\n".join([self.COMMENT, *rows]) + "\n")


# ------------------------------------------------------------------ all of them


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Trouble(message)


def parsed(program, description, what):
    parser = Parser(
        prog=program,
        description=description,
        epilog="Status: 0 all are as the table known-failures says, 1 some are not, 2 trouble. "
        "With BLESS=1 the table is rewritten.",
    )
    parser.add_argument("--build", metavar="DIR", default=os.path.join(TREE, "out/build"),
                        help="where the tools are built (out/build)")  # fmt: skip
    parser.add_argument("--jobs", metavar="N", type=int, default=os.cpu_count(),
                        help=f"{what} at a time (one a processor)")  # fmt: skip
    parser.add_argument("--out", metavar="DIR", help="keep what is made (else a temporary folder)")
    parser.add_argument("--kind", metavar="KIND", help=f"only {what} of this kind")
    parser.add_argument("--facts", action="store_true", help="only print what the stages find")
    parser.add_argument("--list", action="store_true", help=f"only say what {what} there are")
    parser.add_argument("names", nargs="*", metavar="NAME", help="these only")
    options = parser.parse_args()
    if options.jobs < 1:
        raise Trouble("--jobs wants a number above 0")
    return options


def chosen(tests, options):
    there = {test.name for test in tests}
    for name in options.names:
        if name not in there:
            raise Trouble(f"{name}: no such test")
    if options.kind and options.kind not in {test.kind for test in tests}:
        raise Trouble(f"{options.kind}: no such kind")
    return [
        test
        for test in tests
        if (not options.names or test.name in options.names)
        and options.kind in (None, test.kind)
    ]


def judged(test, folder):
    """The word for a test, and what there is to say of it."""
    wrong = []
    try:
        word, said = "ok", test.run(folder, wrong)
    except Stop as stop:
        word, said = stop.word, stop.reason
    if wrong and word in ("ok", "skip"):
        word, said = "facts", ""
    return word, "; ".join(([said] if said and word != "ok" else []) + wrong)


def run_all(tests, tools, out, options):
    """Runs and prints them; the word for each."""

    def one(test):
        path = os.path.join(out, test.name)
        shutil.rmtree(path, ignore_errors=True)
        return judged(test, Folder(tools, path))

    words = {}
    width = max(len(test.name) for test in tests)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for test, (word, said) in zip(tests, pool.map(one, tests)):
            words[test.name] = word
            print(f"{word:8}{test.name:{width}} {said}".rstrip(), flush=True)
    counts = [list(words.values()).count(word) for word in WORDS]
    print(", ".join(f"{count} {word}" for count, word in zip(counts, WORDS)), flush=True)
    return words


def main(description, find, table, flags, prepare):
    """The command. FIND() gives tests, which have a name, a kind and a claim, facts(folder) and
    run(folder, wrong); PREPARE(tools, jobs) makes what they share."""
    what = os.path.basename(os.path.dirname(table))
    program = "tests/" + what
    try:
        options = parsed(f"{program}/run", description, what)
        tests = find()
        picked = chosen(tests, options)
        if options.list:
            for test in picked:
                print(f"{test.name}: {test.claim}")
            return 0
        # So a wild pointer of a driver's goes to the same place each time.
        ctypes.CDLL(None).personality(NO_RANDOM_ADDRESSES)
        known = Known(table)
        there = {test.name for test in tests}
        out = os.path.abspath(options.out) if options.out else tempfile.mkdtemp(prefix=f"ks-{what}-")
        try:
            tools = Tools(options.build, os.path.join(out, ".harness"), flags)
            shutil.rmtree(tools.work, ignore_errors=True)
            prepare(tools, options.jobs)
            if options.facts:
                for test in picked:
                    shutil.rmtree(os.path.join(out, test.name), ignore_errors=True)
                    print("\n".join(test.facts(Folder(tools, os.path.join(out, test.name)))))
                return 0
            words = run_all(picked, tools, out, options)
        finally:
            if not options.out:
                shutil.rmtree(out, ignore_errors=True)
        if os.environ.get("BLESS") == "1":
            known.bless(words, there)
            return 0
        complaints = list(known.complaints(words, there))
        for line in complaints:
            print(f"{what}: {line}", file=sys.stderr)
        return 1 if complaints else 0
    except (Trouble, Stop, OSError) as trouble:
        print(f"{program}/run: error: {trouble}", file=sys.stderr)
    except KeyboardInterrupt:
        pass
    return 2
