# SPDX-License-Identifier: MIT
"""The features of which pairs are made: see README.md for how to add one."""

from pair import KINDS, Feature

# ------------------------------------------------------------------- members of all shapes


class scalars(Feature):
    """members of every scalar type"""

    def types(self):
        for letter in "abcdef"[: self.random.randint(2, 6)]:
            kind = self.some(*sorted(KINDS))
            self.member(f"{KINDS[kind]} $n_{letter};")
            self.scalar(f"$n_{letter}", kind)

    def code(self):
        self.export("u32 $n_mix(struct obj *d)", "$only\n$W\n$W\nreturn $R + $R;")
        self.leaf("$n_mix(d)")
        self.turn("$W\nreport($T, x + $R);\n$W\nreturn $n_mix(d) + $R + $L;")


class embedded(Feature):
    """structs in structs, assigned as wholes"""

    def types(self):
        self.api("struct $n_in {\nu16 a;\nu32 b;\n};\n\nstruct $n_out {\nu8 k;\nstruct $n_in in;\nu32 c;\n};\n")
        self.member("struct $n_in $n_i;")
        self.member("struct $n_out $n_o;")
        for name in ("$n_i.a", "$n_i.b", "$n_o.in.a", "$n_o.in.b", "$n_o.c"):
            self.scalar(name)

    def code(self):
        self.export(
            "u32 $n_swap(struct obj *d)",
            "$only\nstruct $n_in old = d->$n_o.in;\nd->$n_o.in = d->$n_i;\nd->$n_i = old;\nreturn d->$n_i.b + $R;",
        )
        self.leaf("$n_swap(d)")
        self.turn(
            "d->$n_o.in.a += x;\nd->$n_i = d->$n_o.in;\nd->$n_i.b += $R;\nreport($T, d->$n_i.a);\n"
            "return $n_swap(d) + d->$n_o.in.b + $L;"
        )


class untagged(Feature):
    """members of untagged and anonymous structs"""

    def types(self):
        self.member("struct {\nu32 a;\nu8 b;\n} $n_u;")
        self.member("struct {\nu32 $n_c;\nu16 $n_d;\n};")
        for name in ("$n_u.a", "$n_u.b", "$n_c", "$n_d"):
            self.scalar(name)

    def code(self):
        self.export("u32 $n_take(struct obj *d)", "$only\nd->$n_u.a += d->$n_c;\n$W\nreturn d->$n_u.b;")
        self.leaf("$n_take(d)")
        self.turn("d->$n_c += x + $R;\nd->$n_u.b = $K;\n$W\nreturn $n_take(d) + d->$n_u.a;")


class unions(Feature):
    """unions, read as another member than written, and chosen by a sibling"""

    def types(self):
        self.api("union $n_v {\nu32 w;\nu16 h[2];\nu8 b[4];\n};\n")
        self.member("union $n_v $n_v;")
        self.member("u8 $n_tag;\nunion {\nu64 $n_wide;\nu16 $n_low;\n};")
        for name in ("$n_v.w", "$n_v.h[1]", "$n_v.b[2]", "$n_wide"):
            self.scalar(name)

    def code(self):
        self.export(
            "u32 $n_read(struct obj *d)",
            "$only\nif (d->$n_tag == 1)\nreturn d->$n_v.w;\nif (d->$n_tag == 2)\nreturn d->$n_low;\n"
            "d->$n_v.h[0] += $K;\n$W\nreturn d->$n_v.b[0];",
        )
        self.leaf("$n_read(d)")
        self.turn("d->$n_tag = (x + $K) % 3;\nd->$n_v.b[3] = $R;\nd->$n_wide = $R * 70000ul;\n$W\nreturn $n_read(d);")


class bits(Feature):
    """bit-fields of several widths and signs"""

    def types(self):
        kinds = ("u32", "u64", "u8", "s32", "u16")
        for letter in "abcdefg"[: self.random.randint(3, 7)]:
            kind = self.some(*kinds)
            width = self.random.randint(1, {"u8": 8, "u16": 16, "u64": 50}.get(kind, 31))
            self.member(f"{kind} $n_{letter} : {width};")
            self.scalar(f"$n_{letter}")

    def code(self):
        self.export("u32 $n_flip(struct obj *d)", "$only\nd->$n_a ^= 1;\n$W\nreturn (u32)d->$n_b + (u32)d->$n_c;")
        self.leaf("$n_flip(d)")
        self.turn("d->$n_b = x + $R;\nd->$n_c = (u32)d->$n_c + 1;\nif (d->$n_a)\nreport($T, $R);\nreturn $n_flip(d) + d->$n_a;")


class arrays(Feature):
    """arrays of scalars, with one index and two, constant and variable"""

    def types(self):
        self.length = self.random.randint(2, 8)
        kind = self.some("u8", "u16", "u32", "u64")
        self.member(f"{kind} $n_v[{self.length}];")
        self.member("u16 $n_g[2][3];")
        self.scalar(f"$n_v[{self.random.randrange(self.length)}]")
        self.scalar("$n_g[1][2]")

    def code(self):
        n = self.length
        self.export(
            "u32 $n_sum(struct obj *d)",
            f"$only\nu32 sum = 0;\nfor (u32 i = 0; i < {n}; i++)\nsum = sum * 3 + d->$n_v[i];\n"
            f"d->$n_g[sum & 1][2] += $K;\nd->$n_v[sum % {n}] += $R;\nreturn sum;",
        )
        self.leaf("$n_sum(d)")
        self.turn(
            f"for (u32 i = 0; i < {n}; i++)\nd->$n_v[i] = d->$n_v[i] * 5 + x + i;\nd->$n_g[x & 1][x % 3] = $R;\n"
            f"u32 sum = $n_sum(d) + d->$n_v[x % {n}];\nreport($T, d->$n_g[x & 1][2]);\nreturn sum;"
        )


class rows(Feature):
    """arrays of structs in an object"""

    def types(self):
        self.length = self.random.randint(2, 5)
        self.api("struct $n_row {\nu32 a;\nu16 b;\nu8 c[2];\n};\n")
        self.member(f"struct $n_row $n_r[{self.length}];")
        self.scalar(f"$n_r[{self.length - 1}].a")
        self.scalar("$n_r[0].b")
        self.scalar("$n_r[1].c[1]")

    def code(self):
        n = self.length
        self.export(
            "u32 $n_scan(struct obj *d, struct $n_row *r, u32 n)",
            "$only\nu32 sum = 0;\nfor (u32 i = 0; i < n; i++)\nsum += r[i].a * (i + 1) + r[i].b;\n"
            "r[n - 1].c[1] += sum;\n$W\nreturn sum;",
        )
        self.leaf(f"$n_scan(d, d->$n_r, {n})")
        self.turn(
            f"for (struct $n_row *r = d->$n_r; r < d->$n_r + {n}; r++)\nr->a += x + r->b + $K;\n"
            f"d->$n_r[x % {n}].b += $R;\nreturn $n_scan(d, d->$n_r, {n}) + d->$n_r[{n - 1}].c[1];"
        )


class flexible(Feature):
    """a flexible array and its length behind a pointer"""

    def types(self):
        self.api("struct $n_buf {\nu16 n;\nu32 seen;\nu32 v[];\n};\n")
        self.member("struct $n_buf *$n_p;")
        self.scalar("$n_p->seen")
        self.scalar("$n_p->v[1]")

    def code(self):
        n = self.random.randint(2, 6)
        fill = f"p->n = {n};\nfor (u32 i = 0; i < {n}; i++)\np->v[i] = i * $K + $K;\nd->$n_p = p;"
        make = f"struct $n_buf *p = kzalloc(sizeof *p + {n} * sizeof(u32), 0);\n{fill}"
        if self.some(True, False):
            self.init("void $n_make(struct obj *d)", make)
        else:
            self.export("void $n_make(struct obj *d)", "kernel_only();\n" + make)
            self.add("init", "$n_make(d);")
        self.export(
            "u32 $n_sum(struct obj *d)",
            "$only\nu32 sum = 0;\nif (!d->$n_p)\nreturn 0;\nfor (u32 i = 0; i < d->$n_p->n; i++)\nsum += d->$n_p->v[i];\n"
            "d->$n_p->seen++;\nd->$n_p->v[0] += $R;\nreturn sum;",
        )
        self.leaf("$n_sum(d)")
        self.turn("d->$n_p->v[x % d->$n_p->n] += $R;\nu32 sum = $n_sum(d);\nreport($T, d->$n_p->v[0]);\nreturn sum;")


class pointers(Feature):
    """an array of pointers to objects behind a T **, with its length beside"""

    def types(self):
        self.api("struct $n_item {\nu32 a;\nu16 b;\n};\n")
        self.member("struct $n_item **$n_t;\nu32 $n_n;")

    def code(self):
        n = self.random.randint(2, 4)
        self.init(
            "void $n_make(struct obj *d)",
            f"d->$n_t = kzalloc({n} * sizeof *d->$n_t, 0);\nfor (u32 i = 0; i < {n}; i++) {{\n"
            f"d->$n_t[i] = kzalloc(sizeof **d->$n_t, 0);\nd->$n_t[i]->a = $K + i * $K;\n}}\nd->$n_n = {n};",
        )
        self.export(
            "u32 $n_sum(struct obj *d)",
            "$only\nu32 sum = 0;\nfor (u32 i = 0; i < d->$n_n; i++) {\nsum = sum * 3 + d->$n_t[i]->a;\n"
            "d->$n_t[i]->b += $K;\n}\n$W\nreturn sum;",
        )
        self.leaf("$n_sum(d)")
        self.turn("struct $n_item *i = d->$n_t[x % d->$n_n];\ni->a += $R;\nu32 sum = $n_sum(d);\nreturn sum + i->b;")


# ------------------------------------------------------------------- objects and their connections


class peers(Feature):
    """several objects of one type that point to each other"""

    def types(self):
        self.member("struct obj *$n_peer;\nu32 $n_v;")
        self.scalar("$n_v")
        self.scalar("$n_peer->$n_v")
        self.scalar("$n_peer->a")

    def code(self):
        self.driver("static struct obj *$n_last;")
        self.init("void $n_link(struct obj *d)", "d->$n_v = $K;\nd->$n_peer = $n_last ? $n_last : d;\n$n_last = d;")
        self.export(
            "u32 $n_look(struct obj *d)",
            "$only\nif (!d->$n_peer)\nreturn 0;\nd->$n_peer->$n_v += d->b;\n$W\nreturn d->$n_peer->$n_v + d->$n_v;",
        )
        self.leaf("$n_look(d)")
        self.turn("d->$n_v += x;\nd->$n_peer->$n_v += $R;\nu32 v = $n_look(d);\nreport($T, d->$n_peer->$n_v);\nreturn v;")


class lists(Feature):
    """a list with container_of: of nodes of the driver, or of both, walked by both"""

    def types(self):
        self.api("struct $n_node {\nu32 v;\nstruct list_head link;\nu16 w;\n};\n")
        self.member("struct list_head $n_head;")

    def code(self):
        n = self.random.randint(1, 4)
        node = "container_of(l, struct $n_node, link)"
        add = "if (!d->$n_head.next)\nd->$n_head.next = d->$n_head.prev = &d->$n_head;\nlist_add_tail(&n->link, &d->$n_head);"
        walk = "for (struct list_head *l = d->$n_head.next; l != &d->$n_head; l = l->next)"
        if self.some(True, True, False):
            self.export("void $n_add(struct obj *d, struct $n_node *n)", "kernel_only();\nn->w = $K;\n" + add)
        else:
            self.helper("void $n_add(struct obj *d, struct $n_node *n)", "n->w = $K;\n" + add)
        self.init(
            "void $n_make(struct obj *d)",
            f"for (u32 i = 0; i < {n}; i++) {{\nstruct $n_node *n = kzalloc(sizeof *n, 0);\nn->v = i * $K + $K;\n"
            "$n_add(d, n);\n}",
        )
        self.export(
            "u32 $n_sum(struct obj *d)",
            f"$only\nu32 sum = 0;\nif (!d->$n_head.next)\nreturn 0;\n{walk} {{\nsum = sum * 3 + {node}->v;\n{node}->w++;\n}}\nreturn sum;",
        )
        self.leaf("$n_sum(d)")
        self.turn(
            f"u32 sum = 0;\n{walk} {{\n{node}->v += x + $K;\nsum += {node}->w;\n}}\nreport($T, sum);\n"
            + (f"if (x == 1 && d->$n_head.next != &d->$n_head)\nlist_del(d->$n_head.next);\n" if self.some(True, False) else "")
            + "return $n_sum(d) + $L;"
        )


class chain(Feature):
    """a singly linked chain: both sides add to its front and walk it"""

    def types(self):
        self.api("struct $n_link {\nu32 v;\nstruct $n_link *next;\n};\n")
        self.member("struct $n_link *$n_first;")
        self.scalar("$n_first->v")
        self.scalar("$n_first->next->v")

    def code(self):
        push = "struct $n_link *l = kzalloc(sizeof *l, 0);\nl->v = v;\nl->next = d->$n_first;\nd->$n_first = l;"
        self.helper("void $n_push(struct obj *d, u32 v)", push)
        self.export("void $n_kpush(struct obj *d, u32 v)", "kernel_only();\n" + push)
        order = self.some("$n_push(d, $K);\n$n_kpush(d, $K);", "$n_kpush(d, $K);\n$n_push(d, $K);", "$n_push(d, $K);\n$n_push(d, $K);")
        self.init("void $n_make(struct obj *d)", order)
        walk = "u32 sum = 0;\nfor (struct $n_link *l = d->$n_first; l; l = l->next) {\nsum = sum * 5 + l->v;\nl->v += %s;\n}\n"
        self.export("u32 $n_walk(struct obj *d)", "$only\n" + walk % "$K" + "return sum;")
        self.leaf("$n_walk(d)")
        self.turn(walk % "x + $K" + "report($T, sum);\nif (x == 0)\n" + self.some("$n_push(d, $R);", "$n_kpush(d, $R);") + "\nreturn $n_walk(d);")


class tree(Feature):
    """a search tree: the kernel inserts nodes of the driver, both recur over it"""

    def types(self):
        self.api("struct $n_node {\nu32 key, n;\nstruct $n_node *left, *right;\n};\n")
        self.member("struct $n_node *$n_root;")
        self.scalar("$n_root->n")

    def code(self):
        insert = (
            "struct $n_node **at = &d->$n_root;\nwhile (*at)\nat = n->key < (*at)->key ? &(*at)->left : &(*at)->right;\n*at = n;"
        )
        self.export("void $n_insert(struct obj *d, struct $n_node *n)", "kernel_only();\n" + insert)
        n = self.random.randint(1, 4)
        self.init(
            "void $n_make(struct obj *d)",
            f"for (u32 i = 0; i < {n}; i++) {{\nstruct $n_node *n = kzalloc(sizeof *n, 0);\nn->key = i * $K % 7;\nn->n = $K;\n"
            "$n_insert(d, n);\n}",
        )
        sum_of = "if (!n)\nreturn 0;\nn->n += %s;\nreturn n->key * 3 + n->n + $n_%s(n->left) * 5 + $n_%s(n->right) * 7;"
        self.inner("u32 $n_ksum(struct $n_node *n)", "kernel_only();\n" + sum_of % ("$K", "ksum", "ksum"))
        self.helper("u32 $n_sum(struct $n_node *n)", sum_of % ("$K", "sum", "sum"))
        self.export("u32 $n_look(struct obj *d)", "kernel_only();\nreturn $n_ksum(d->$n_root);")
        self.leaf("$n_look(d)")
        self.turn("report($T, $n_sum(d->$n_root));\nreturn $n_look(d) + x;")


class private(Feature):
    """the driver's private struct behind a void *, with the way back to the object"""

    def types(self):
        self.member("void *$n_priv;\nu32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.add("driver.h", "struct $n_priv {\nu32 seen;\nstruct obj *obj;\nu16 step;\n};\n")
        self.init(
            "void $n_make(struct obj *d)",
            "struct $n_priv *p = kzalloc(sizeof *p, 0);\np->obj = d;\np->step = $K;\nd->$n_priv = p;",
        )
        self.helper("u32 $n_use(struct $n_priv *p)", "struct obj *d = p->obj;\np->seen += p->step;\n$W\nd->$n_v += p->seen;\nreturn p->seen + $R;")
        self.export("u32 $n_see(struct obj *d)", "$only\n$W\nreturn d->$n_v + $R;")
        self.leaf("$n_see(d)")
        self.turn("u32 v = $n_use(d->$n_priv) + x;\nreport($T, v);\nreturn v + $n_see(d);")


class parts(Feature):
    """the address of an embedded struct crosses; the other side finds the whole by container_of"""

    def types(self):
        self.api("struct $n_part {\nu32 a;\nu16 b;\n};\n")
        self.member("struct $n_part $n_part;")
        self.scalar("$n_part.a")
        self.scalar("$n_part.b")

    def code(self):
        whole = "struct obj *d = container_of(p, struct obj, $n_part);\n"
        self.export("u32 $n_poke(struct $n_part *p)", "$only\n" + whole + "p->a += d->b + $R;\n$W\nreturn p->b + d->a;")
        self.leaf("$n_poke(&d->$n_part)")
        self.export("u32 $n_plain(struct $n_part *p)", "$only\np->b += p->a;\nreturn p->a * $K;")
        self.leaf("$n_plain(&d->$n_part)")
        self.add("protos", "void $n_hear(u32 (*f)(struct $n_part *p));")
        self.kernel("static u32 (*$n_f)(struct $n_part *p);\n\nvoid $n_hear(u32 (*f)(struct $n_part *p))\n{\nkernel_only();\n$n_f = f;\n}")
        self.step("void $n_tell(struct obj *d, u32 x)", "kernel_only();\nd->$n_part.a += x;\nif ($n_f)\nreport($T, $n_f(&d->$n_part));")
        self.driver(f"static u32 $n_got(struct $n_part *p)\n{{\n{whole}p->a += $R;\n$W\nreport($T, $n_poke(p));\nreturn $n_plain(p) + $R;\n}}")
        self.helper("void $n_start(void)", "$n_hear($n_got);", other=False)
        self.add("start", "$n_start();")


# ------------------------------------------------------------------- functions


class ops(Feature):
    """a static table of operations of the driver"""

    def types(self):
        self.api("struct $n_ops {\nu32 flags;\nu32 (*get)(struct obj *d);\nvoid (*set)(struct obj *d, u32 v);\nu32 (*none)(struct obj *d);\n};\n")
        self.member("const struct $n_ops *$n_ops;\nu32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.driver(
            "static u32 $n_get(struct obj *d)\n{\n$W\nreturn d->$n_v + $R + $L;\n}\n\n"
            "static void $n_set(struct obj *d, u32 v)\n{\nd->$n_v = v + $R;\n$W\n}\n\n"
            "static const struct $n_ops $n_table = {.flags = $K, .get = $n_get, .set = $n_set};"
        )
        self.init("void $n_make(struct obj *d)", "d->$n_ops = &$n_table;")
        self.step(
            "void $n_use(struct obj *d, u32 x)",
            "kernel_only();\nif (d->$n_ops->none)\nreport($T, d->$n_ops->none(d));\nif (d->$n_ops->set)\n"
            "d->$n_ops->set(d, x + d->$n_ops->flags);\n$W\nreport($T, d->$n_ops->get(d) + d->$n_v);",
        )


class hooks(Feature):
    """function pointers that the driver sets at run time, and changes"""

    def types(self):
        self.member("u32 (*$n_hook)(struct obj *d, u32 x);\nu32 $n_n;")
        self.scalar("$n_n")

    def code(self):
        self.driver("static u32 $n_one(struct obj *d, u32 x)\n{\nd->$n_n++;\n$W\nreturn x + $R;\n}")
        again = "d->$n_hook = $n_one;\n" if self.some(True, False) else ""
        self.driver(f"static u32 $n_two(struct obj *d, u32 x)\n{{\nd->$n_n += $K;\n{again}return x * 3 + $R + $L;\n}}")
        self.init("void $n_make(struct obj *d)", "d->$n_hook = (d->b & 1) ? $n_one : $n_two;")
        self.step("void $n_use(struct obj *d, u32 x)", "kernel_only();\nif (d->$n_hook)\nreport($T, d->$n_hook(d, x + $R));\n$W")


class callback(Feature):
    """a callback by argument, with private data that is a local or a static struct of the driver"""

    def types(self):
        self.add("driver.h", "struct $n_data {\nu32 sum;\nstruct obj *obj;\n};\n")

    def code(self):
        self.export(
            "u32 $n_each(struct obj *d, u32 (*f)(struct obj *d, void *data), void *data)",
            "kernel_only();\nu32 sum = 0;\nfor (u32 i = 0; i < 2; i++) {\n$W\nsum += f(d, data);\n}\nreturn sum;",
        )
        self.export(
            "void $n_keep(u32 (*f)(struct obj *d, void *data), void *data)",
            "kernel_only();\n$n_f = f;\n$n_data = data;",
        )
        self.add("kernel.h", "extern u32 (*$n_f)(struct obj *d, void *data);\nextern void *$n_data;")
        self.kernel("u32 (*$n_f)(struct obj *d, void *data);\nvoid *$n_data;")
        self.driver("static u32 $n_do(struct obj *d, void *data)\n{\nstruct $n_data *p = data;\np->sum += $R;\n$W\nreturn p->sum + d->a;\n}")
        self.turn("struct $n_data p = {.sum = x};\nreport($T, $n_each(d, $n_do, &p));\nreturn p.sum;")
        self.driver("static struct $n_data $n_kept = {.sum = $K};")
        self.helper("void $n_begin(void)", "$n_keep($n_do, &$n_kept);", other=False)
        self.add("start", "$n_begin();")
        self.step("void $n_call(struct obj *d, u32 x)", "kernel_only();\nif ($n_f)\nreport($T, $n_f(d, $n_data) + x);")


class tables(Feature):
    """tables of functions of the driver, that the kernel indexes"""

    def types(self):
        self.api("typedef u32 (*$n_fn)(struct obj *d, u32 x);\n\nstruct $n_set {\n$n_fn fn[3];\nu32 base;\n};\n")
        self.member("const struct $n_set *$n_set;")

    def code(self):
        for word in ("a", "b", "c"):
            self.driver(f"static u32 $n_{word}(struct obj *d, u32 x)\n{{\n$W\nreturn x * $K + $R;\n}}")
        self.driver("static const struct $n_set $n_mine = {{$n_a, $n_b, $n_c}, $K};")
        self.init("void $n_make(struct obj *d)", "d->$n_set = &$n_mine;")
        self.step("void $n_use(struct obj *d, u32 x)", "kernel_only();\nreport($T, d->$n_set->fn[(x + d->id) % 3](d, x + d->$n_set->base));")


class kernel_ops(Feature):
    """a table of functions of the kernel, that the driver calls through"""

    def types(self):
        self.api("struct $n_ops {\nu32 (*mix)(struct obj *d, u32 x);\nu32 (*cut)(struct obj *d);\nu32 base;\n};\n")

    def code(self):
        self.kernel(
            "static u32 $n_mix(struct obj *d, u32 x)\n{\nkernel_only();\n$W\nreturn x + $R;\n}\n\n"
            "static u32 $n_cut(struct obj *d)\n{\nkernel_only();\n$W\nreturn $R;\n}\n\n"
            "static const struct $n_ops $n_ops = {$n_mix, $n_cut, $K};"
        )
        self.export("const struct $n_ops *$n_get(void)", "kernel_only();\nreturn &$n_ops;", other=False)
        self.turn("const struct $n_ops *o = $n_get();\n$W\nreturn o->mix(d, x + o->base) + o->cut(d) + $R;")


class nest(Feature):
    """crossings within crossings, several deep"""

    def types(self):
        self.member("u32 $n_deep, $n_sum;")
        self.scalar("$n_sum")

    def code(self):
        self.add("protos", "void $n_listen2(u32 (*f)(struct obj *d, u32 depth));")
        self.kernel("static u32 (*$n_f)(struct obj *d, u32 depth);\n\nvoid $n_listen2(u32 (*f)(struct obj *d, u32 depth))\n{\nkernel_only();\n$n_f = f;\n}")
        self.export(
            "u32 $n_down(struct obj *d, u32 depth)",
            "kernel_only();\nd->$n_deep++;\nif (!depth || !$n_f)\nreturn $R;\n$W\nu32 v = $n_f(d, depth - 1);\nd->$n_sum += v;\n"
            "report($T, $R);\nreturn v + d->$n_deep;",
            other=False,
        )
        self.driver("static u32 $n_up(struct obj *d, u32 depth)\n{\nd->$n_sum += $K;\nu32 v = $n_down(d, depth);\nreport($T, d->$n_sum + $R);\n$W\nreturn v + d->$n_deep;\n}")
        self.helper("void $n_begin(void)", "$n_listen2($n_up);", other=False)
        self.add("start", "$n_begin();")
        self.turn(f"return $n_down(d, {self.random.randint(1, 3)}) + x + d->$n_deep;")


class work(Feature):
    """work items in a struct of the driver, queued by it and run by the kernel later"""

    def types(self):
        self.api("struct $n_work {\nstruct $n_work *next;\nvoid (*fn)(struct $n_work *w);\nu32 runs;\n};\n")
        self.member("void *$n_mine;")

    def code(self):
        self.add("driver.h", "struct $n_mine {\nu32 sum;\nstruct $n_work work;\nstruct obj *obj;\n};\n")
        self.kernel("static struct $n_work *$n_queued;")
        self.export("void $n_queue(struct $n_work *w)", "kernel_only();\nw->next = $n_queued;\n$n_queued = w;", other=False)
        self.step(
            "void $n_run(struct obj *d, u32 x)",
            "kernel_only();\n$W\nwhile ($n_queued) {\nstruct $n_work *w = $n_queued;\n$n_queued = w->next;\nw->runs += x + 1;\nw->fn(w);\nreport($T, w->runs);\n}",
        )
        self.driver(
            "static void $n_do(struct $n_work *w)\n{\nstruct $n_mine *m = container_of(w, struct $n_mine, work);\nstruct obj *d = m->obj;\n"
            "m->sum += w->runs + $R;\n$W\nreport($T, m->sum);\n}"
        )
        self.init("void $n_make(struct obj *d)", "struct $n_mine *m = kzalloc(sizeof *m, 0);\nm->obj = d;\nm->work.fn = $n_do;\nd->$n_mine = m;\n$n_queue(&m->work);")
        self.turn("struct $n_mine *m = d->$n_mine;\nif (x == 0)\n$n_queue(&m->work);\nreturn m->sum + $R;")


# ------------------------------------------------------------------- arguments and results


class helpers(Feature):
    """fields changed by helpers of other units, through pointers to scalars"""

    def types(self):
        self.member("u32 $n_a;\nu16 $n_b;")
        self.scalar("$n_a")
        self.scalar("$n_b")

    def code(self):
        self.inner("void $n_kset(u32 *p, u32 v)", self.some("kernel_only();\n", "") + "*p = *p * 3 + v;")
        self.inner("void $n_kset2(u16 *p, u32 v)", self.some("kernel_only();\n", "") + "*p += v;")
        self.helper("void $n_set(u32 *p, u32 v)", "*p += v;")
        self.helper("u32 $n_get(struct obj *d)", "$W\nreturn d->$n_b + $R;")
        self.export("u32 $n_tune(struct obj *d)", "$only\n$n_kset(&d->$n_a, $R);\n$n_kset2(&d->$n_b, $K);\nreturn $R;")
        self.leaf("$n_tune(d)")
        self.turn("$n_set(&d->$n_a, x + $R);\nu32 v = $n_tune(d);\nreport($T, d->$n_a);\nreturn v + $n_get(d);")


class locals_(Feature):
    """structs on the driver's stack by address, with pointers and arrays in them"""

    def types(self):
        self.api("struct $n_ctx {\nu32 a, b;\nstruct obj *obj;\nu16 v[3];\n};\n")

    def code(self):
        self.export(
            "u32 $n_ask(struct $n_ctx *c)",
            "$only\nstruct obj *d = c->obj;\nc->b = c->a * $K + $R;\n$W\nc->v[1] += c->v[2] + $K;\nreturn c->v[0];",
        )
        self.helper("u32 $n_prepare(struct $n_ctx *c, struct obj *d)", "c->obj = d;\nc->v[2] = $R;\nreturn $n_ask(c);")
        self.turn(
            "struct $n_ctx c = {.a = x + $K, .v = {$K, $K}};\nu32 v = $n_prepare(&c, d);\nreport($T, c.b);\nreport($T, c.v[1]);\n"
            + self.some("c.a += $R;\nv += $n_ask(&c) + c.b;\n", "")
            + "return v + $R;"
        )


class value(Feature):
    """structs by value, as argument and as result"""

    def types(self):
        more = self.some("", "u64 c;\nu32 d[2];\n")
        self.api("struct $n_pair {\nu32 a;\nu16 b;\n" + more + "};\n")
        self.member("struct $n_pair $n_v;")
        self.scalar("$n_v.a")
        self.scalar("$n_v.b")

    def code(self):
        self.export("struct $n_pair $n_turn_over(struct $n_pair p, u32 x)", "$only\nstruct $n_pair q = p;\nq.a = p.b + x;\nq.b = p.a + $K;\nreturn q;")
        self.export("u32 $n_put(struct obj *d, struct $n_pair p)", "$only\nd->$n_v = p;\n$W\nreturn d->$n_v.a + p.b;")
        self.turn("struct $n_pair p = $n_turn_over(d->$n_v, x + $R);\nreport($T, p.a);\nd->$n_v.b += $R;\nreturn $n_put(d, p) + d->$n_v.a;")


class out(Feature):
    """results through pointers to scalars, structs and pointers"""

    def types(self):
        self.api("struct $n_res {\nu32 v, used;\n};\n")

    def code(self):
        self.kernel("static struct $n_res $n_all[2] = {{$K, $K}, {$K, 0}};")
        self.export(
            "int $n_get(struct obj *d, u32 *low, u64 *high, struct $n_res **res)",
            "kernel_only();\n*low = $R;\n*high = $R * 5ul + 1;\n*res = &$n_all[d->id & 1];\n(*res)->used++;\n$W\nreturn *low & 1;",
            other=False,
        )
        self.turn(
            "u32 low = 0;\nu64 high = 0;\nstruct $n_res *res = NULL;\nint odd = $n_get(d, &low, &high, &res);\nres->v += x + $K;\n"
            "report($T, low + odd);\nreport($T, (u32)high);\nreturn res->used + res->v + $R;"
        )


class bytes_(Feature):
    """bytes with a length, written and read by the kernel"""

    def types(self):
        self.member("u32 $n_sum;")
        self.scalar("$n_sum")

    def code(self):
        n = self.random.randint(2, 20)
        self.kernel("static u8 $n_store[32];")
        self.export("int $n_write(struct obj *d, const u8 *data, u32 n)", "kernel_only();\nfor (u32 i = 0; i < n && i < 32; i++) {\n$n_store[i] ^= data[i];\nd->$n_sum = d->$n_sum * 3 + $n_store[i];\n}\nreturn n;", other=False)
        self.export("int $n_read(u8 *data, u32 n)", "kernel_only();\n" + self.some("memcpy(data, $n_store, n);", "for (u32 i = 0; i < n; i++)\ndata[i] = $n_store[i];") + "\nreturn n;", other=False)
        where = self.some(f"u8 buf[{n}];\nmemset(buf, $K, {n});", f"u8 *buf = kzalloc({n}, 0);")
        free = "kfree(buf);\n" if "kzalloc" in where else ""
        self.turn(
            f"{where}\nfor (u32 i = 0; i < {n}; i++)\nbuf[i] = $R + i;\nu32 v = $n_write(d, buf, {n});\n$n_read(buf, {n});\n"
            f"for (u32 i = 0; i < {n}; i++)\nv = v * 3 + buf[i];\n{free}report($T, d->$n_sum);\nreturn v + x;"
        )


class text(Feature):
    """strings: arrays in objects, literals, and members that point to them"""

    def types(self):
        self.member("char $n_name[12];\nconst char *$n_label;\nu32 $n_hash;")
        self.scalar("$n_hash")

    def code(self):
        walk = "for (const char *s = %s; *s; s++)\nsum = sum * 31 + (u8)*s;\n"
        self.export("u32 $n_sum(struct obj *d, const char *word)", "$only\nu32 sum = strlen(word);\n" + walk % "word" + walk % "d->$n_name" + "if (d->$n_label)\nsum += (u8)d->$n_label[1];\nd->$n_hash = sum;\nd->$n_name[0] = 'a' + sum % 26;\nreturn sum;")
        self.leaf('$n_sum(d, "x")')
        word = self.some("one", "seven", "nineteen")
        self.init("void $n_make(struct obj *d)", f'memcpy(d->$n_name, "d{word}", {len(word) + 2});\nd->$n_label = "{word}";')
        self.turn(f"u32 sum = $n_sum(d, x & 1 ? d->$n_label : \"{self.some('', 'a', 'bcdef')}\");\nd->$n_name[1] = 'a' + x;\nreturn sum + (u8)d->$n_name[0] + d->$n_hash;")


class errors(Feature):
    """errors returned as numbers and as pointers"""

    def types(self):
        self.api("struct $n_res {\nu32 v;\nu16 left;\n};\n")
        self.member("struct $n_res *$n_res;")
        self.scalar("$n_res->v")

    def code(self):
        self.export("int $n_try(struct obj *d, u32 x)", "$only\n$W\nif (x % 3 == 1)\nreturn -EINVAL;\nd->c += x;\nreturn x % 3 ? 0 : -ENOMEM;")
        self.export(
            "struct $n_res *$n_open(struct obj *d, u32 x)",
            "kernel_only();\nif (x & 1)\nreturn error_pointer(-EINVAL);\nif (d->$n_res)\nreturn NULL;\nstruct $n_res *r = kzalloc(sizeof *r, 0);\nr->v = $R + $K;\nr->left = $K;\nd->$n_res = r;\nreturn r;",
        )
        self.turn(
            "int status = $n_try(d, x + $R);\nif (status)\nreport($T, status);\nstruct $n_res *r = $n_open(d, x + $K);\nif (is_error(r))\nreturn pointer_error(r);\n"
            "if (!r)\nreturn d->$n_res->left;\nr->v += x;\nreturn r->v + r->left + $R;"
        )


class untyped(Feature):
    """a struct that both know behind a void * and a length"""

    def types(self):
        self.api("struct $n_msg {\nu32 op, arg;\nu16 answer[2];\n};\n")

    def code(self):
        self.export(
            "int $n_send(struct obj *d, void *data, size_t n)",
            "kernel_only();\nstruct $n_msg *m = data;\nif (n < sizeof *m)\nreturn -EINVAL;\nm->answer[1] = m->op + m->arg * 3;\n$W\nd->c += m->op;\nreturn m->answer[0];",
        )
        self.turn("struct $n_msg m = {.op = x + $R, .arg = $K, .answer = {$K}};\nu32 v = $n_send(d, &m, sizeof m);\nreport($T, m.answer[1]);\nreturn v + $R;")


class offsets(Feature):
    """fields reached by a table of their offsets"""

    def types(self):
        self.member("u32 $n_a, $n_b, $n_c;")
        for letter in "abc":
            self.scalar(f"$n_{letter}")

    def code(self):
        table = "static const u32 $n_%s[3] = {offsetof(struct obj, $n_a), offsetof(struct obj, $n_b), offsetof(struct obj, $n_c)};"
        self.kernel(table % "kat")
        self.driver(table % "at")
        self.export("u32 $n_add(struct obj *d, u32 i)", "kernel_only();\nu32 *p = (u32 *)((char *)d + $n_kat[i % 3]);\n*p += i + $K;\nreturn *p;", other=False)
        self.leaf("$n_add(d, 1)")
        self.turn("*(u32 *)((char *)d + $n_at[x % 3]) += $R;\nreturn $n_add(d, x + 1) + *(u32 *)((char *)d + $n_at[(x + 1) % 3]);")


# ------------------------------------------------------------------- static data, life, locks


class initial(Feature):
    """static initialisers of both sides, read by the other"""

    def types(self):
        self.api("struct $n_info {\nu32 a;\nu16 b;\nstruct {\nu8 c;\n} in;\n};\n")
        self.member("const struct $n_info *$n_mine, *$n_yours;")

    def code(self):
        rows_ = "{{$K, $K, {$K}}, {$K, $K, {$K}}, {$K, $K, {$K}}}"
        self.driver(f"static const struct $n_info $n_d[3] = {rows_};")
        self.kernel(f"static const struct $n_info $n_k[3] = {rows_};")
        self.export("const struct $n_info *$n_known(u32 i)", "kernel_only();\nreturn &$n_k[i % 3];", other=False)
        self.init("void $n_make(struct obj *d)", "d->$n_mine = &$n_d[d->b % 3];")
        self.export("u32 $n_look(struct obj *d)", "kernel_only();\nd->$n_yours = &$n_k[d->a % 3];\nreturn d->$n_mine ? d->$n_mine->a + d->$n_mine->in.c : 0;", other=False)
        self.leaf("$n_look(d)")
        self.turn("u32 v = $n_look(d);\nreport($T, $n_known(x)->a + $n_known($R)->in.c);\nreturn v + d->$n_yours->b;")


class globals_(Feature):
    """variables of the kernel that the driver reads and writes"""

    def types(self):
        self.api("struct $n_state {\nu32 level;\nu16 mode;\n};\n\nextern u32 $n_level;\nextern struct $n_state $n_state;\n")

    def code(self):
        self.kernel("u32 $n_level = $K;\nstruct $n_state $n_state = {.level = $K, .mode = $K};")
        self.export("u32 $n_push(struct obj *d)", "kernel_only();\n$n_level = $n_level * 3 + $R;\n$n_state.level += $n_state.mode;\nreturn $n_level;")
        self.leaf("$n_push(d)")
        self.turn("$n_state.mode += x + $K;\nu32 v = $n_push(d) + $n_level;\nreport($T, $n_state.level);\n" + self.some("$n_level += $R;\n", "") + "return v;")


class kernel_made(Feature):
    """an object that the kernel allocates, the driver changes, and either one frees"""

    def types(self):
        self.api("struct $n_item {\nu32 v;\nu16 n;\nstruct obj *obj;\n};\n")

    def code(self):
        self.export("struct $n_item *$n_new(struct obj *d, u32 v)", "kernel_only();\nstruct $n_item *i = kzalloc(sizeof *i, 0);\ni->v = v;\ni->obj = d;\ni->n = $K;\nreturn i;")
        self.export("u32 $n_eat(struct $n_item *i)", "kernel_only();\nstruct obj *d = i->obj;\n$W\nu32 v = i->v * i->n;\nkfree(i);\nreturn v + $R;")
        self.export("u32 $n_taste(struct $n_item *i)", "kernel_only();\ni->n++;\nreturn i->v;")
        end = self.some("return v + $n_eat(i);", "v += i->n;\nkfree(i);\nreturn v;")
        self.turn("struct $n_item *i = $n_new(d, x + $R);\ni->v += $K;\nu32 v = $n_taste(i);\nreport($T, i->n + v);\n" + end)


class driver_made(Feature):
    """objects that the driver allocates and the kernel keeps, hands back and frees"""

    def types(self):
        self.api("struct $n_item {\nu32 v;\nstruct $n_item *next;\n};\n")
        self.member("struct $n_item *$n_kept;")

    def code(self):
        self.export("void $n_give(struct obj *d, struct $n_item *i)", "kernel_only();\ni->next = d->$n_kept;\nd->$n_kept = i;")
        self.export("struct $n_item *$n_take(struct obj *d)", "kernel_only();\nstruct $n_item *i = d->$n_kept;\nif (i) {\nd->$n_kept = i->next;\ni->v += $K;\n}\nreturn i;")
        self.step("void $n_drop(struct obj *d, u32 x)", "kernel_only();\nif (x != 1 || !d->$n_kept)\nreturn;\nstruct $n_item *i = d->$n_kept;\nreport($T, i->v);\nd->$n_kept = i->next;\nkfree(i);")
        self.turn(
            "for (u32 n = 0; n < 2; n++) {\nstruct $n_item *i = kzalloc(sizeof *i, 0);\ni->v = $R + n;\n$n_give(d, i);\n}\n"
            "struct $n_item *i = $n_take(d);\nu32 v = i->v + x;\nkfree(i);\nreturn v;"
        )


class references(Feature):
    """counted references, the last of which frees by a release function"""

    def types(self):
        self.api("struct $n_ref {\nu32 n;\nvoid (*release)(struct $n_ref *r);\n};\n\nstruct $n_thing {\nu32 v;\nstruct $n_ref ref;\nstruct obj *obj;\n};\n")

    def code(self):
        self.kernel("static void $n_free(struct $n_ref *r)\n{\nkernel_only();\nstruct $n_thing *t = container_of(r, struct $n_thing, ref);\nt->obj->c += t->v;\nkfree(t);\n}")
        self.export("struct $n_thing *$n_new(struct obj *d)", "kernel_only();\nstruct $n_thing *t = kzalloc(sizeof *t, 0);\nt->obj = d;\nt->ref.n = 1;\nt->v = $R;\nt->ref.release = $n_free;\nreturn t;", other=False)
        self.export("void $n_get(struct $n_thing *t)", "kernel_only();\nt->ref.n++;")
        self.export("int $n_put(struct $n_thing *t)", "kernel_only();\nif (--t->ref.n)\nreturn 0;\nt->ref.release(&t->ref);\nreturn 1;")
        self.turn("struct $n_thing *t = $n_new(d);\nt->v += x;\n$n_get(t);\nu32 v = t->ref.n;\nv += $n_put(t);\nt->v += $K;\nv += t->v;\nv += $n_put(t) * $K;\nreturn v + d->c;")


class counters(Feature):
    """statistics and atomic counters that both sides increment"""

    def types(self):
        self.api("struct $n_stats {\nu64 rx, bytes;\n};\n")
        self.member("struct $n_stats $n_stats;\natomic_t $n_hits;")
        self.scalar("$n_stats.bytes")

    def code(self):
        self.export("u32 $n_count(struct obj *d)", "$only\nd->$n_stats.rx++;\nd->$n_stats.bytes += $R;\natomic_inc(&d->$n_hits);\nreturn d->$n_hits.counter;")
        self.leaf("$n_count(d)")
        self.turn("d->$n_stats.rx += x;\natomic_inc(&d->$n_hits);\nu32 v = $n_count(d);\nv += atomic_add_return($K, &d->$n_hits);\nd->$n_stats.bytes += $R;\nreport($T, d->$n_stats.rx);\nreturn v;")


class locks(Feature):
    """critical sections of both sides, in one function and over helpers"""

    def types(self):
        self.lock = self.some("spin_", "mutex_")
        self.member(("spinlock_t" if self.lock == "spin_" else "struct mutex") + " $n_lock;\nu32 $n_a, $n_b;")
        self.scalar("$n_a")
        self.scalar("$n_b")

    def code(self):
        take, drop = f"{self.lock}lock(&d->$n_lock);", f"{self.lock}unlock(&d->$n_lock);"
        self.helper("void $n_enter(struct obj *d)", take)
        self.helper("u32 $n_leave(struct obj *d)", f"u32 v = d->$n_a;\n{drop}\nreturn v;")
        self.export("u32 $n_change(struct obj *d)", f"$only\n{take}\nd->$n_a += d->$n_b + $K;\nu32 v = d->$n_a;\n{drop}\n$W\nreturn v;")
        self.leaf("$n_change(d)")
        self.turn(f"{take}\nd->$n_b += x + $R;\nif (d->$n_b & 1) {{\n{drop}\nreturn $n_change(d);\n}}\nd->$n_a++;\n{drop}\n$n_enter(d);\nd->$n_a += $K;\nu32 v = $n_leave(d);\nreturn v + $n_change(d) + d->$n_a;")


class held(Feature):
    """a lock that one side takes is seen as taken by the other"""

    def types(self):
        self.member("spinlock_t $n_lock;\nu32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.export("u32 $n_inside(struct obj *d)", "kernel_only();\nd->$n_v += d->$n_lock.word * $K + $R;\nreturn d->$n_lock.word;")
        self.turn("spin_lock(&d->$n_lock);\nd->$n_v += x;\nu32 v = $n_inside(d) * $K;\nv += d->$n_v;\nspin_unlock(&d->$n_lock);\nreturn v + $n_inside(d);")


class after(Feature):
    """what the driver writes to an object when it is registered already, and takes away at its end"""

    def types(self):
        self.member("u32 $n_v;\nvoid (*$n_end)(struct obj *d);")
        self.scalar("$n_v")

    def code(self):
        self.late("void $n_set(struct obj *d)", "d->$n_v = $K + d->a;\n$W")
        self.step("void $n_see(struct obj *d, u32 x)", "kernel_only();\nreport($T, d->$n_v + x);\n$W\nif (d->$n_end)\nd->$n_end(d);")
        self.export("void $n_bye(struct obj *d, u32 v)", "kernel_only();\nreport($T, v + $R);")
        self.leave("void $n_gone(struct obj *d)", "d->$n_v += $K;\n$n_bye(d, $R);")


FEATURES = {
    kind.__name__: kind for kind in list(globals().values()) if isinstance(kind, type) and kind.__module__ == __name__
}
