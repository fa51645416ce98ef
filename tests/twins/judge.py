# SPDX-License-Identifier: MIT
"""Takes a pair through the stages, runs it with and without a domain, and says what came of it."""

import concurrent.futures
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
HARNESS = os.path.join(HERE, "harness")
CLANG = os.environ.get("CLANG", "clang-22")
# Of the compilers that have the sanitizers the one that takes a quarter of the other's time over the glue.
CC = os.environ.get("CC", CLANG)
BITCODE = (
    "-std=gnu11 -g -O2 -Xclang -disable-llvm-passes -fno-builtin -fno-strict-aliasing -w "
    "-target x86_64-linux-gnu -emit-llvm -c"
).split()
# What nobody has written is the same everywhere, and is not right by chance: so a pair's status is that on any machine.
NATIVE = "-std=gnu11 -O0 -w -fno-builtin -fno-strict-aliasing -ftrivial-auto-var-init=pattern".split()
FILLED = "max_malloc_fill_size=2147483647:malloc_fill_byte=190:max_free_fill_size=2147483647:free_fill_byte=222"
# An uninitialised pointer or a missing prototype is no pair; for cvise, which tries everything.
CLEAN = "-Werror=implicit-function-declaration -Werror=return-type -Werror=int-conversion -Werror=incompatible-pointer-types".split()
ASAN = ["-fsanitize=address"]
CHECKED = ["-fsanitize=address,undefined", "-fno-sanitize=function", "-fno-sanitize-recover=all"]
MODULE = "m"
STATUSES = ("ok", "differs", "fault", "glue", "stage", "native")


class Stop(Exception):
    """A pair ends here: with this status, for this reason. `kind` is the reason without what varies."""

    def __init__(self, status, reason, kind=None):
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.kind = re.sub(r"\d+", "N", kind or reason)


def call(command, folder, seconds=60):
    """Status, output and errors of a command."""
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C",
        "ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=1:symbolize=1:allow_addr2line=1:" + FILLED,
    }
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=seconds, text=True, errors="replace", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return 124, "", "error: does not end"
    return done.returncode, done.stdout, done.stderr


def complaint(errors):
    """The line of a tool's errors that says most."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    said = [line for line in lines if re.search(r"error|undefined|multiple|Assert", line)]
    line = (said or lines[-1:] or ["nothing said"])[0]
    line = re.sub(r"(/[\w.+-]+)+/", "", line)
    return re.sub(r"^(ld: )?[\w.]+(:[\w.]+)?:(\(\S+\):|\d+:)*\s*", "", line)[:150]


def rows(path):
    """A table of the tree: tabs between columns, the first line names them."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


class Tools:
    """The stages of one build of ks, and what all pairs have in common, which is made once."""

    def __init__(self, build, folder, jobs, made=False):
        self.bin = os.path.join(os.path.abspath(build), "bin")
        self.stages = rows("pipelines/stages")
        self.folder = folder
        for stage in self.stages:
            self.check(stage["stage"])
        self.check("ks-link")
        for program in (CLANG, CC, "ar", "ld.lld", "nm", "setarch"):
            if not shutil.which(program):
                raise OSError(f"no {program}")
        if not made:
            self.make_all(jobs)

    def make_all(self, jobs):
        folder = self.folder
        os.makedirs(os.path.join(folder, "kernel"))
        includes = ["-I" + ROOT, "-I" + os.path.join(HARNESS, "include")]
        runtime = [row["file"] for row in rows("ks-rt/sources") if row["user"] == "all"]
        commands = [
            [CC, *NATIVE, *ASAN, *includes, "-DKS_COOKIES_ARE_NO_ADDRESSES", "-c", os.path.join(ROOT, "ks-rt", source), "-o", self.object(source)]
            for source in runtime
        ]
        for name in ("lib", "native", "isolated", "basics"):
            source = os.path.join(HARNESS, name + ".c")
            commands.append([CC, *NATIVE, *ASAN, *includes, "-c", source, "-o", name + ".o"])
        shutil.copy(os.path.join(HARNESS, "basics.c"), os.path.join(folder, "kernel"))
        commands.append([CLANG, *BITCODE, *includes, f"-fdebug-prefix-map={HARNESS}=.", "kernel/basics.c", "-o", "basics.bc"])
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            list(pool.map(self.make, commands))
        self.make(["ar", "crs", "rt.a", *map(self.object, runtime)])
        self.make([self.tool("ks-pdg"), "basics.bc", "-o", "basics.pdg"])

    def make(self, command):
        status, _, errors = call(command, self.folder)
        if status:
            raise OSError(f"{' '.join(command)}: {complaint(errors)}")

    def object(self, source):
        return "rt-" + source.replace("/", "-")[:-2] + ".o"

    def tool(self, name):
        return os.path.join(self.bin, name)

    def check(self, name):
        if not os.access(self.tool(name), os.X_OK):
            raise OSError(f"no {name} in {self.bin}")

    def made(self, name):
        return os.path.join(self.folder, name)


class Trial:
    """One pair in a folder of its own, whose sources are there already."""

    def __init__(self, tools, sources, folder):
        self.tools = tools
        self.folder = folder
        self.sources = sources
        self.warned = set()
        for name in ("include/linux", "drivers/x", "kernel", "out"):
            os.makedirs(os.path.join(folder, name))
        shutil.copy(os.path.join(HARNESS, "include/linux/k.h"), os.path.join(folder, "include/linux"))
        for name in sorted(os.listdir(sources)):
            side = "drivers/x" if name.startswith("driver") else "kernel" if name.startswith("kernel") else None
            if name == "api.h":
                side = "include/linux"
            if side and name.endswith((".c", ".h")):
                shutil.copy(os.path.join(sources, name), os.path.join(folder, side))
        self.drivers = self.units("drivers/x")
        self.kernels = self.units("kernel")

    def units(self, side):
        names = sorted(os.listdir(os.path.join(self.folder, side)))
        return [f"{side}/{name}" for name in names if name.endswith(".c")]

    def do(self, status, what, command):
        code, output, errors = call(command, self.folder)
        if status == "stage":
            self.warned |= set(re.findall(r"warning: .* \[([a-z-]+)\]$", errors, re.M))
        if code:
            raise Stop(status, f"{what}: status {code}: {complaint(errors)}", f"{what}: {complaint(errors)}")
        return output

    def run(self, program):
        """The trace of a program, and what went wrong in it."""
        path = os.path.join(self.folder, program)
        status, output, errors = call(["setarch", "-R", path], self.folder, 10)
        lines = output.splitlines()
        found = re.search(r"(?:Address|Memory)Sanitizer: (attempting [\w-]+|[\w-]+)", errors)
        if found:
            frames = re.findall(r"#\d+ \S+ in (\w+) (?!.*sanitizer)", errors)
            return lines, found[1] + (f" in {frames[0]}" if frames else "")
        found = re.search(r"runtime error: (.*)", errors)
        if found:
            return lines, re.sub(r"0x[0-9a-f]+", "0x..", found[1])
        found = re.search(r"domain stopped: .*", errors)
        if found:
            return lines, found[0].strip()
        if status == 124:
            return lines, "does not end"
        if status:
            return lines, f"signal {-status}" if status < 0 else f"status {status}: {complaint(errors)}"
        return lines, ""

    # ------------------------------------------------------------------- without a domain

    def compile(self, sources, prefix):
        objects = []
        for source in sources:
            objects.append(prefix + os.path.basename(source)[:-2] + ".o")
            command = [CC, *NATIVE, *CLEAN, *CHECKED, "-Iinclude", "-c", source, "-o", objects[-1]]
            self.do("native", source, command)
        return objects

    def natively(self):
        self.driver_objects = self.compile(self.drivers, "d-")
        self.kernel_objects = self.compile(self.kernels, "k-")
        made = self.tools.made
        self.do(
            "native", "link",
            [CC, *CHECKED, "-fuse-ld=lld", "-o", "native", *self.kernel_objects, *self.driver_objects, made("basics.o"), made("lib.o"),
             made("native.o")],
        )  # fmt: skip
        trace, wrong = self.run("native")
        if wrong or trace[-1:] != ["end"]:
            raise Stop("native", wrong or "no end")
        if self.run("native")[0] != trace:
            raise Stop("native", "another trace the second time")
        return trace

    def memory_checked(self):
        """Also nothing is read that was not written."""
        flags = [*(flag for flag in NATIVE if "auto-var-init" not in flag), "-fsanitize=memory", "-Iinclude", "-I" + ROOT]
        sources = [*self.drivers, *self.kernels, *(os.path.join(HARNESS, name) for name in ("basics.c", "lib.c", "native.c"))]
        self.do("native", "clang", [CLANG, *flags, *sources, "-o", "memory"])
        _, wrong = self.run("memory")
        if wrong:
            raise Stop("native", wrong)

    # ------------------------------------------------------------------- through the stages

    def unit_pdg(self, source):
        base = "out/" + os.path.basename(source)[:-2]
        flags = [*BITCODE, "-Iinclude", f"-fdebug-prefix-map={self.folder}=."]
        self.do("native", source, [CLANG, *flags, source, "-o", base + ".bc"])
        self.do("stage", "ks-pdg", [self.tools.tool("ks-pdg"), base + ".bc", "-o", base + ".pdg"])
        return base + ".pdg"

    def analyse(self):
        """Calls each stage with what pipelines/stages says that it reads."""
        drivers = [self.unit_pdg(source) for source in self.drivers]
        kernels = [*map(self.unit_pdg, self.kernels), self.tools.made("basics.pdg")]
        self.pdgs = [*("--driver=" + pdg for pdg in drivers), *kernels]
        for stage in self.tools.stages[1:]:
            self.stage(stage)

    def stage(self, stage):
        inputs = [f"out/a.{kind}" for kind in stage["reads"].split() if kind not in ("pdg", "overlay")]
        if "pdg" in stage["reads"].split():
            inputs += self.pdgs
        if stage["writes"] == "idl":
            inputs.append(f"--module={MODULE}")
        output = "out" if stage["writes"] == "c" else "out/a." + stage["writes"]
        self.do("stage", stage["stage"], [self.tools.tool(stage["stage"]), *inputs, "-o", output])

    def isolate(self):
        """The bitcode that was analysed is what is compiled; the attribute makes the sanitizer look at it."""
        bitcode = {source: "out/" + os.path.basename(source)[:-2] + ".bc" for source in [*self.drivers, *self.kernels]}
        bitcode["kernel/basics.c"] = self.tools.made("basics.bc")
        with open(os.path.join(self.folder, "units"), "w", encoding="utf-8") as file:
            file.write("".join(f"{source}\t{made}\n" for source, made in bitcode.items()))
        units = [bitcode[source] for source in self.drivers]
        self.do("glue", "ks-link", [self.tools.tool("ks-link"), f"--glue=out/{MODULE}", "--units=units", *units, "-o", "driver.bc"])
        checked = [*ASAN, "-mllvm", "-force-attribute=sanitize_address"]
        self.do("glue", "driver", [CLANG, "-O1", "-w", *checked, "-c", "driver.bc", "-o", "driver.o"])
        undefined = self.do("glue", "driver", ["nm", "-u", "--format=just-symbols", "driver.o"]).split()
        for name in sorted(undefined):
            if not re.match(r"ks_|__[au]san_|__ubsan_|__(start|stop)_asan_globals$|mem(cpy|set)$", name):
                raise Stop("glue", f"the driver would link to {name}", "the driver would link to something")
        made = self.tools.made
        self.do(
            "glue", "glue",
            [CC, *NATIVE, *CHECKED, "-fuse-ld=lld", "-Iinclude", "-Iout", "-I.", "-I" + ROOT, "-I" + os.path.join(HARNESS, "stub"),
             "-include", os.path.join(HARNESS, "u8.h"), "-o", "isolated", f"out/{MODULE}_driver.c", f"out/{MODULE}_kernel.c",
             "driver.o", *self.kernel_objects, made("basics.o"), made("lib.o"), made("isolated.o"), made("rt.a"), "-lpthread"],
        )  # fmt: skip
        return self.run("isolated")

    # ------------------------------------------------------------------- both

    def place(self, line):
        """Which report() a line of a trace is from."""
        number = line.split()[0] if line else ""
        if not number.isdigit():
            return line or "nothing"
        for source in [*self.drivers, *self.kernels]:
            function = ""
            with open(os.path.join(self.folder, source), encoding="utf-8") as file:
                for text in file:
                    function = (re.match(r"\w.*?(\w+)\(.*\)$", text) or [0, function])[1]
                    if f"report({number}," in text:
                        return f"{os.path.basename(source)}: {function}: {text.strip()}"
        return line

    def compare(self, native, isolated, wrong):
        both = list(zip(native + [""], isolated + [""]))
        where = next((n for n, (a, b) in enumerate(both) if a != b), len(both) - 1)
        a, b = both[where]
        if wrong:
            after = f" after {where} equal lines" if a != b else ""
            raise Stop("fault", wrong + after, re.sub(r" in \w+$", "", wrong))
        if native == isolated:
            return
        same_place = a.split()[:1] == b.split()[:1]
        values = f"native {a.split()[-1]}, isolated {b.split()[-1]}" if same_place else f"isolated {self.place(b)}"
        raise Stop("differs", f"{self.place(a)} {values}", "value" if same_place else "order")

    def judge(self):
        native = self.natively()
        self.analyse()
        isolated, wrong = self.isolate()
        self.compare(native, isolated, wrong)


def judge(tools, sources, folder, memory=False):
    """Status, reason, and the reason's kind, of the pair whose sources are in a folder."""
    trial = Trial(tools, sources, folder)
    try:
        trial.judge()
        if memory:
            trial.memory_checked()
    except Stop as stop:
        if memory and stop.status != "native":
            try:
                trial.memory_checked()
            except Stop as unclean:
                return unclean.status, unclean.reason, unclean.kind
        warned = "warned: " + ", ".join(sorted(trial.warned)) if trial.warned else "no warning"
        return stop.status, f"{stop.reason} ({warned})", stop.kind
    return "ok", "", ""
