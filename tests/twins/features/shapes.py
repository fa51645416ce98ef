# SPDX-License-Identifier: MIT
"""Members of all shapes."""

from pair import KINDS, Feature


class scalars(Feature):
    """members of every scalar type"""

    def types(self):
        for letter in "abcdef"[: self.random.randint(2, 6)]:
            kind = self.some(*sorted(KINDS))
            self.member(f"{KINDS[kind]} $n_{letter};")
            self.scalar(f"$n_{letter}", kind)

    def code(self):
        self.export("u32 $n_mix(struct obj *d)", """
            $only
            $W
            $W
            return $R + $R;
        """)
        self.leaf("$n_mix(d)")
        self.turn("""
            $W
            report($T, x + $R);
            $W
            return $n_mix(d) + $R + $L;
        """)


class embedded(Feature):
    """structs in structs, assigned as wholes"""

    def types(self):
        self.api("""
            struct $n_in {
                u16 a;
                u32 b;
            };

            struct $n_out {
                u8 k;
                struct $n_in in;
                u32 c;
            };
        """)
        self.member("struct $n_in $n_i;")
        self.member("struct $n_out $n_o;")
        for name in ("$n_i.a", "$n_i.b", "$n_o.in.a", "$n_o.in.b", "$n_o.c"):
            self.scalar(name)

    def code(self):
        self.export("u32 $n_swap(struct obj *d)", """
            $only
            struct $n_in old = d->$n_o.in;
            d->$n_o.in = d->$n_i;
            d->$n_i = old;
            return d->$n_i.b + $R;
        """)
        self.leaf("$n_swap(d)")
        self.turn("""
            d->$n_o.in.a += x;
            d->$n_i = d->$n_o.in;
            d->$n_i.b += $R;
            report($T, d->$n_i.a);
            return $n_swap(d) + d->$n_o.in.b + $L;
        """)


class untagged(Feature):
    """members of untagged and anonymous structs"""

    def types(self):
        self.member("""
            struct {
                u32 a;
                u8 b;
            } $n_u;
        """)
        self.member("""
            struct {
                u32 $n_c;
                u16 $n_d;
            };
        """)
        for name in ("$n_u.a", "$n_u.b", "$n_c", "$n_d"):
            self.scalar(name)

    def code(self):
        self.export("u32 $n_take(struct obj *d)", """
            $only
            d->$n_u.a += d->$n_c;
            $W
            return d->$n_u.b;
        """)
        self.leaf("$n_take(d)")
        self.turn("""
            d->$n_c += x + $R;
            d->$n_u.b = $K;
            $W
            return $n_take(d) + d->$n_u.a;
        """)


class unions(Feature):
    """unions, read as another member than written, and chosen by a sibling"""

    def types(self):
        self.api("""
            union $n_v {
                u32 w;
                u16 h[2];
                u8 b[4];
            };
        """)
        self.member("union $n_v $n_v;")
        self.member("""
            u8 $n_tag;
            union {
                u64 $n_wide;
                u16 $n_low;
            };
        """)
        for name in ("$n_v.w", "$n_v.h[1]", "$n_v.b[2]", "$n_wide"):
            self.scalar(name)

    def code(self):
        self.export("u32 $n_read(struct obj *d)", """
            $only
            if (d->$n_tag == 1)
                return d->$n_v.w;
            if (d->$n_tag == 2)
                return d->$n_low;
            d->$n_v.h[0] += $K;
            $W
            return d->$n_v.b[0];
        """)
        self.leaf("$n_read(d)")
        self.turn("""
            d->$n_tag = (x + $K) % 3;
            d->$n_v.b[3] = $R;
            d->$n_wide = $R * 70000ul;
            $W
            return $n_read(d);
        """)


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
        self.export("u32 $n_flip(struct obj *d)", """
            $only
            d->$n_a ^= 1;
            $W
            return (u32)d->$n_b + (u32)d->$n_c;
        """)
        self.leaf("$n_flip(d)")
        self.turn("""
            d->$n_b = x + $R;
            d->$n_c = (u32)d->$n_c + 1;
            if (d->$n_a)
                report($T, $R);
            return $n_flip(d) + d->$n_a;
        """)


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
        self.export("u32 $n_sum(struct obj *d)", f"""
            $only
            u32 sum = 0;
            for (u32 i = 0; i < {n}; i++)
                sum = sum * 3 + d->$n_v[i];
            d->$n_g[sum & 1][2] += $K;
            d->$n_v[sum % {n}] += $R;
            return sum;
        """)
        self.leaf("$n_sum(d)")
        self.turn(f"""
            for (u32 i = 0; i < {n}; i++)
                d->$n_v[i] = d->$n_v[i] * 5 + x + i;
            d->$n_g[x & 1][x % 3] = $R;
            u32 sum = $n_sum(d) + d->$n_v[x % {n}];
            report($T, d->$n_g[x & 1][2]);
            return sum;
        """)


class rows(Feature):
    """arrays of structs in an object"""

    def types(self):
        self.length = self.random.randint(2, 5)
        self.api("""
            struct $n_row {
                u32 a;
                u16 b;
                u8 c[2];
            };
        """)
        self.member(f"struct $n_row $n_r[{self.length}];")
        self.scalar(f"$n_r[{self.length - 1}].a")
        self.scalar("$n_r[0].b")
        self.scalar("$n_r[1].c[1]")

    def code(self):
        n = self.length
        self.export("u32 $n_scan(struct obj *d, struct $n_row *r, u32 n)", """
            $only
            u32 sum = 0;
            for (u32 i = 0; i < n; i++)
                sum += r[i].a * (i + 1) + r[i].b;
            r[n - 1].c[1] += sum;
            $W
            return sum;
        """)
        self.leaf(f"$n_scan(d, d->$n_r, {n})")
        self.turn(f"""
            for (struct $n_row *r = d->$n_r; r < d->$n_r + {n}; r++)
                r->a += x + r->b + $K;
            d->$n_r[x % {n}].b += $R;
            return $n_scan(d, d->$n_r, {n}) + d->$n_r[{n - 1}].c[1];
        """)


class flexible(Feature):
    """a flexible array and its length behind a pointer"""

    def types(self):
        self.api("""
            struct $n_buf {
                u16 n;
                u32 seen;
                u32 v[];
            };
        """)
        self.member("struct $n_buf *$n_p;")
        self.scalar("$n_p->seen")
        self.scalar("$n_p->v[1]")

    def code(self):
        n = self.random.randint(2, 6)
        fill = f"""
            p->n = {n};
            for (u32 i = 0; i < {n}; i++)
                p->v[i] = i * $K + $K;
            d->$n_p = p;
        """
        make = f"""
            struct $n_buf *p = kzalloc(sizeof *p + {n} * sizeof(u32), 0);
            {fill}
        """
        if self.some(True, False):
            self.init("void $n_make(struct obj *d)", make)
        else:
            self.export("void $n_make(struct obj *d)", "kernel_only();\n" + make)
            self.add("init", "$n_make(d);")
        self.export("u32 $n_sum(struct obj *d)", """
            $only
            u32 sum = 0;
            if (!d->$n_p)
                return 0;
            for (u32 i = 0; i < d->$n_p->n; i++)
                sum += d->$n_p->v[i];
            d->$n_p->seen++;
            d->$n_p->v[0] += $R;
            return sum;
        """)
        self.leaf("$n_sum(d)")
        self.turn("""
            d->$n_p->v[x % d->$n_p->n] += $R;
            u32 sum = $n_sum(d);
            report($T, d->$n_p->v[0]);
            return sum;
        """)


class pointers(Feature):
    """an array of pointers to objects behind a T **, with its length beside"""

    def types(self):
        self.api("""
            struct $n_item {
                u32 a;
                u16 b;
            };
        """)
        self.member("struct $n_item **$n_t;\nu32 $n_n;")

    def code(self):
        n = self.random.randint(2, 4)
        self.init("void $n_make(struct obj *d)", f"""
            d->$n_t = kzalloc({n} * sizeof *d->$n_t, 0);
            for (u32 i = 0; i < {n}; i++) {{
                d->$n_t[i] = kzalloc(sizeof **d->$n_t, 0);
                d->$n_t[i]->a = $K + i * $K;
            }}
            d->$n_n = {n};
        """)
        self.export("u32 $n_sum(struct obj *d)", """
            $only
            u32 sum = 0;
            for (u32 i = 0; i < d->$n_n; i++) {
                sum = sum * 3 + d->$n_t[i]->a;
                d->$n_t[i]->b += $K;
            }
            $W
            return sum;
        """)
        self.leaf("$n_sum(d)")
        self.turn("""
            struct $n_item *i = d->$n_t[x % d->$n_n];
            i->a += $R;
            u32 sum = $n_sum(d);
            return sum + i->b;
        """)
