# SPDX-License-Identifier: MIT
"""A pair of a driver and its kernel, put together from features.

All features work on objects of one type, struct obj, that both sides know: each adds members to it
and publishes some as scalars. The text of a feature may then ask for any feature's scalars, so that
what one feature writes another one reads, on the other side. In a text:

    $n       the feature's own prefix, for names
    $K       a small number
    $R       a value read from some scalar of the object d
    $W       a statement that changes some scalar of d, from others
    $L       a value out of a kernel function of another feature, that calls no driver ("leaf")
    $T       the number of a place, for report()
    $only    kernel_only(), or not
"""

import random
import re

KINDS = {
    "u8": "u8", "u16": "u16", "u32": "u32", "u64": "u64", "s8": "s8", "s16": "s16", "s32": "s32",
    "s64": "s64", "long": "unsigned long", "bool": "_Bool", "enum": "enum mode",
}  # fmt: skip


class Feature:
    """What a pair is made of. types() adds what others may use, code() uses it."""

    objects = None  # where the pair's objects come from, if the feature says so

    def __init__(self, pair, number, dropped):
        self.pair = pair
        self.number = number
        self.dropped = dropped
        self.name = type(self).__name__
        self.random = random.Random(f"{pair.seed} {number} {self.name}")
        self.prefix = f"{self.name}{number}"
        self.unit = self.random.randrange(2)

    # Nothing of a dropped feature is written, but its scalars still take part in the drawing of
    # lots: so the others stay as they are.

    def add(self, where, text):
        if not self.dropped:
            self.pair.texts[where].append(tidy(self.fill(text)))

    def fill(self, text):
        return re.sub(r"\$(only|[nKRWLT])", lambda found: getattr(self, "fill_" + found[1])(), text)

    def fill_n(self):
        return self.prefix

    def fill_K(self):
        return str(self.random.randint(1, 99))

    def fill_T(self):
        return self.pair.place()

    def fill_only(self):
        return self.random.choice(("kernel_only();", "kernel_only();", ""))

    def fill_R(self):
        scalar = self.random.choice(self.pair.scalars)
        return "1" if scalar.owner.dropped else scalar.read()

    def fill_W(self):
        scalar = self.random.choice(self.pair.scalars)
        value = f"{self.fill_R()} * {self.fill_K()}u + {self.fill_R()} + {self.fill_K()}u"
        return "" if scalar.owner.dropped else scalar.write(value)

    def fill_L(self):
        leaves = self.pair.leaves or [(None, "0")]
        owner, leaf = self.random.choice(leaves)
        return leaf if owner and not owner.dropped and owner is not self else "1"

    # What types() and code() write with.

    def some(self, *choices):
        return self.random.choice(choices)

    def api(self, text):
        """What both sides see: types, before struct obj."""
        self.add("api", text)

    def member(self, text):
        """Members of struct obj."""
        if not self.dropped:
            self.pair.members.append((self.pair.random(f"member {self.number}"), self.fill(text)))

    def scalar(self, name, kind="u32"):
        """A scalar that others may read and write, as seen from the object."""
        self.pair.scalars.append(Scalar(self, self.fill(name), kind))

    def leaf(self, call):
        """A call by the driver that may be made at any time, and is a u32."""
        self.pair.leaves.append((self, self.fill(call)))

    def export(self, signature, body, other=False):
        """A function of the kernel for the driver."""
        self.add("protos", signature + ";")
        self.add(self.kernel_unit(other), f"{signature}\n{{\n{body}\n}}\n")

    def inner(self, signature, body, other=True):
        """A function of the kernel for itself, in its other unit."""
        self.add("kernel.h", signature + ";")
        self.add(self.kernel_unit(other), f"{signature}\n{{\n{body}\n}}\n")

    def helper(self, signature, body, other=True):
        """A function of the driver for itself, in its other unit."""
        self.add("driver.h", signature + ";")
        self.add(self.driver_unit(other), f"{signature}\n{{\n{body}\n}}\n")

    def kernel(self, text, other=False):
        self.add(self.kernel_unit(other), text + "\n")

    def driver(self, text, other=False):
        self.add(self.driver_unit(other), text + "\n")

    def kernel_unit(self, other):
        return f"kernel{self.unit ^ other}"

    def driver_unit(self, other):
        return f"driver{self.unit ^ other}"

    def init(self, signature, body):
        """A function of the driver that is called once for each object d, before it is registered."""
        self.helper(signature, body, other=False)
        self.add("init", re.search(r"(\S+)\(", signature)[1] + "(d);")

    def late(self, signature, body):
        """The same, after it is registered."""
        self.helper(signature, body, other=False)
        self.add("late", re.search(r"(\S+)\(", signature)[1] + "(d);")

    def leave(self, signature, body):
        """The same, when the driver ends, after it is taken off the register."""
        self.helper(signature, body, other=False)
        self.add("leave", re.search(r"(\S+)\(", signature)[1] + "(d);")

    def step(self, signature, body):
        """A function of the kernel that is called several times for each object, with x."""
        self.inner(signature, body, other=False)
        self.add("step", re.search(r"(\S+)\(", signature)[1] + "(d, x);")

    def thread(self, signature, body):
        """A function of the kernel, for what else runs whenever somebody waits."""
        self.inner(signature, body, other=False)
        self.add("schedule", re.search(r"(\S+)\(", signature)[1] + "();")

    def turn(self, body):
        """The driver's turn: the kernel calls it in each round with d and x, and reports the u32."""
        self.add("protos", "void $n_listen(u32 (*turn)(struct obj *d, u32 x));")
        self.kernel(
            "static u32 (*$n_turn)(struct obj *d, u32 x);\n\n"
            "void $n_listen(u32 (*turn)(struct obj *d, u32 x))\n{\nkernel_only();\n$n_turn = turn;\n}"
        )
        self.step(
            "void $n_round(struct obj *d, u32 x)",
            "kernel_only();\n"
            + self.some("$W", "")
            + "\nif ($n_turn)\nreport($T, $n_turn(d, x + $R));\n"
            + self.some("$W", "report($T, $R);"),
        )
        self.driver(f"static u32 $n_answer(struct obj *d, u32 x)\n{{\n{body}\n}}")
        self.helper("void $n_start(void)", "$n_listen($n_answer);", other=False)
        self.add("start", "$n_start();")

    def types(self):
        pass

    def code(self):
        raise NotImplementedError


class Scalar:
    def __init__(self, owner, name, kind):
        self.owner = owner
        self.name = name
        self.kind = kind
        parts = name.split("->")
        pointers = ["d->" + "->".join(parts[: n + 1]) for n in range(len(parts) - 1)]
        self.there = " && ".join(pointers)

    def read(self):
        value = f"(u32)d->{self.name}"
        return f"({self.there} ? {value} : 0)" if self.there else value

    def write(self, value):
        if self.kind == "bool":
            value = f"({value}) & 1"
        if self.kind == "enum":
            value = f"({value}) % 4"
        return (f"if ({self.there}) " if self.there else "") + f"d->{self.name} = {value};"


def tidy(text):
    """Indents lines by their braces."""
    lines = []
    blocks = []  # how deep the line is that opened each
    follows = 0  # lines without braces that the next line hangs on
    for line in text.split("\n"):
        line = line.strip()
        if not line:
            if lines and lines[-1] and not blocks:
                lines.append("")
            continue
        if line.startswith("}"):
            depth = blocks.pop()
        else:
            depth = (blocks[-1] + 1 if blocks else 0) + follows
        lines.append("\t" * depth + line)
        alone = re.match(r"(if|for|while)\b.*\)$|else$", line)
        follows = follows + 1 if alone else 0
        blocks += [depth] * (line.count("{") - line.count("}") + line.startswith("}"))
    return "\n".join(lines)


class Pair:
    def __init__(self, seed, classes, dropped=()):
        self.seed = seed
        self.texts = {
            where: []
            for where in "api protos kernel.h driver.h kernel0 kernel1 driver0 driver1 "
            "start init late leave step schedule".split()
        }  # fmt: skip
        self.members = []
        self.scalars = []
        self.leaves = []
        self.places = 0
        self.features = [kind(self, n, n in dropped) for n, kind in enumerate(classes, 1)]
        self.core = Core(self, 0, False)
        for feature in [self.core, *self.features]:
            feature.types()
        for feature in [*self.features, self.core]:
            feature.code()

    def random(self, what):
        return random.Random(f"{self.seed} {what}").random()

    def place(self):
        self.places += 1
        return str(self.places)

    def files(self):
        names = " ".join(f"{f.number}:{f.name}" for f in self.features if not f.dropped)
        head = f"// SPDX-License-Identifier: MIT\n// Seed {self.seed}; features: {names or 'none'}\n"
        unit = head + '#include <linux/api.h>\n#include "%s.h"\n\n'
        text = {where: "\n".join(texts) for where, texts in self.texts.items()}
        members = "\n".join(text for _, text in sorted(self.members))
        whole = tidy(f"struct obj {{\n{members}\n}};")
        return {
            "api.h": f"{head}#pragma once\n\n#include <linux/k.h>\n\nenum mode {{ NONE, SLOW, FAST, BOTH }};\n\n"
            f"struct obj;\n\n{text['api']}\n{whole}\n\n{text['protos']}\n",
            "kernel.h": f"{head}#pragma once\n\n{text['kernel.h']}\n",
            "driver.h": f"{head}#pragma once\n\n{text['driver.h']}\n",
            "kernel.c": unit % "kernel" + text["kernel0"],
            "kernel2.c": unit % "kernel" + text["kernel1"],
            "driver.c": unit % "driver" + text["driver0"],
            "driver2.c": unit % "driver" + text["driver1"],
        }


class Core(Feature):
    """Objects that come from either side and are registered; looks at all scalars, by both sides."""

    def types(self):
        self.unit = 0
        self.prefix = "obj"
        for letter in "abc":
            kind = self.some("u32", "u32", "u16", "u64", "u8")
            self.member(f"{kind} {letter};")
            self.scalar(letter, kind)
        self.member("u32 id;")

    def looks(self):
        live = [scalar for scalar in self.pair.scalars if not scalar.owner.dropped]
        return "".join(f"report($T, {scalar.read()});\n" for scalar in live)

    def called(self, where):
        lines = self.pair.texts[where]
        return "\n".join(lines)

    def code(self):
        count = self.random.randint(1, 3)
        rounds = self.random.randint(1, 3)
        source = next((feature.objects for feature in self.pair.features if feature.objects and not feature.dropped), "driver")
        variables = self.fill(f"static struct obj objects[{count}] = {{{{.a = $K}}}};\n")
        self.add("protos", "struct obj *alloc_obj(void);")
        self.add("protos", "int register_obj(struct obj *d, void (*look)(struct obj *d));")
        self.add("protos", "void unregister_obj(struct obj *d);")
        self.kernel("static struct obj *objects[4];\nstatic void (*looks[4])(struct obj *d);\nstatic u32 count;\n")
        self.kernel(
            "struct obj *alloc_obj(void)\n{\nkernel_only();\nstruct obj *d = kzalloc(sizeof *d, 0);\n"
            "d->a = $K;\nd->b = $K;\nreturn d;\n}\n"
        )
        self.kernel(
            "int register_obj(struct obj *d, void (*look)(struct obj *d))\n{\nkernel_only();\n"
            "if (count == 4)\nreturn -ENOMEM;\nobjects[count] = d;\nlooks[count] = look;\ncount++;\n"
            "d->id = count;\nreport($T, $R);\nd->c += d->a + count;\nreturn 0;\n}\n"
        )
        self.kernel(f"static void look(struct obj *d)\n{{\nreport($T, d->id);\n{self.looks()}}}\n")
        self.kernel(
            "void unregister_obj(struct obj *d)\n{\nkernel_only();\nfor (u32 i = 0; i < count; i++)\n"
            "if (objects[i] == d)\nlooks[i] = NULL;\nlook(d);\n}\n"
        )
        self.kernel(f"void schedule(void)\n{{\nkernel_only();\n{self.called('schedule')}\n}}\n")
        self.kernel(
            "int later(void)\n{\nkernel_only();\n"
            f"for (u32 x = 0; x < {rounds}; x++)\nfor (u32 i = 0; i < count; i++) {{\n"
            f"struct obj *d = objects[i];\nd->a += d->b + x;\n{self.called('step')}\nlook(d);\nlooks[i](d);\n}}\n"
            "return 0;\n}\n"
        )
        self.driver(f"static void x_look(struct obj *d)\n{{\nreport($T, d->id);\n{self.looks()}d->b += d->c + $K;\n}}\n")
        self.driver(
            f"static struct obj *own[{count}];\n"
            + (variables if source == "static" else "")
        )
        make = {
            "driver": "struct obj *d = kzalloc(sizeof *d, 0);\nif (!d)\nreturn -ENOMEM;",
            "kernel": "struct obj *d = alloc_obj();\nif (!d)\nreturn -ENOMEM;",
            "static": "struct obj *d = &objects[i];",
        }[source]
        self.driver(
            f"static int x_init(void)\n{{\nint status;\n\n{self.called('start')}\nfor (u32 i = 0; i < {count}; i++) {{\n"
            f"{make}\nown[i] = d;\nd->b += i * $K + $K;\n{self.called('init')}\nstatus = register_obj(d, x_look);\nif (status)\n"
            f"return status;\nreport($T, $R);\n{self.called('late')}\n}}\nreturn 0;\n}}\nmodule_init(x_init);\n"
        )
        loop = f"for (u32 i = 0; i < {count}; i++)"
        release = {"driver": f"{loop}\nkfree(own[i]);\n", "kernel": "", "static": ""}[source]
        self.driver(
            f"static void x_exit(void)\n{{\n{loop} {{\nstruct obj *d = own[i];\n"
            f"report($T, $R);\nunregister_obj(d);\n{self.called('leave')}\n}}\n{release}}}\nmodule_exit(x_exit);"
        )
