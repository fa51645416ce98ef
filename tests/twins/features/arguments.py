# SPDX-License-Identifier: MIT
"""Arguments and results."""

from pair import Feature


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
        self.export("u32 $n_tune(struct obj *d)", """
            $only
            $n_kset(&d->$n_a, $R);
            $n_kset2(&d->$n_b, $K);
            return $R;
        """)
        self.leaf("$n_tune(d)")
        self.turn("""
            $n_set(&d->$n_a, x + $R);
            u32 v = $n_tune(d);
            report($T, d->$n_a);
            return v + $n_get(d);
        """)


class stack(Feature):
    """structs on the driver's stack by address, with pointers and arrays in them"""

    def types(self):
        self.api("""
            struct $n_ctx {
                u32 a, b;
                struct obj *obj;
                u16 v[3];
            };
        """)

    def code(self):
        self.export("u32 $n_ask(struct $n_ctx *c)", """
            $only
            struct obj *d = c->obj;
            c->b = c->a * $K + $R;
            $W
            c->v[1] += c->v[2] + $K;
            return c->v[0];
        """)
        self.helper("u32 $n_prepare(struct $n_ctx *c, struct obj *d)", """
            c->obj = d;
            c->v[2] = $R;
            return $n_ask(c);
        """)
        self.turn(
            """
                struct $n_ctx c = {.a = x + $K, .v = {$K, $K}};
                u32 v = $n_prepare(&c, d);
                report($T, c.b);
                report($T, c.v[1]);
            """
            + self.some("""
                c.a += $R;
                v += $n_ask(&c) + c.b;
            """, "")
            + "return v + $R;"
        )


class value(Feature):
    """structs by value, as argument and as result"""

    def types(self):
        more = self.some("", """
            u64 c;
            u32 d[2];
        """)
        self.api("""
            struct $n_pair {
                u32 a;
                u16 b;
        """ + more + "};\n")
        self.member("struct $n_pair $n_v;")
        self.scalar("$n_v.a")
        self.scalar("$n_v.b")

    def code(self):
        self.export("struct $n_pair $n_turn_over(struct $n_pair p, u32 x)", """
            $only
            struct $n_pair q = p;
            q.a = p.b + x;
            q.b = p.a + $K;
            return q;
        """)
        self.export("u32 $n_put(struct obj *d, struct $n_pair p)", """
            $only
            d->$n_v = p;
            $W
            return d->$n_v.a + p.b;
        """)
        self.turn("""
            struct $n_pair p = $n_turn_over(d->$n_v, x + $R);
            report($T, p.a);
            d->$n_v.b += $R;
            return $n_put(d, p) + d->$n_v.a;
        """)


class printf(Feature):
    """text that the driver formats, and the kernel when it calls the driver"""

    def types(self):
        self.member("u32 $n_sum;")
        self.scalar("$n_sum")

    def code(self):
        self.kernel("int vsnprintf(char *to, size_t size, const char *format, __builtin_va_list list);\n")
        self.export("u32 $n_log(struct obj *d, const char *format, ...)", """
            $only
            char text[80];
            __builtin_va_list list;
            __builtin_va_start(list, format);
            vsnprintf(text, sizeof(text), format, list);
            __builtin_va_end(list);
            u32 sum = $R;
            for (const char *s = text; *s; s++)
                sum = sum * 31 + (u8)*s;
            d->$n_sum += sum;
            $W
            return sum;
        """)
        one = self.some(
            '"%u %s", x + $R, "word"', '"%5d|%-4x|%%", (int)(x % 900), $K', '"%c%llu", 97, (u64)x << 33'
        )
        self.turn(f"""
            u32 v = $n_log(d, {one});
            report($T, v);
            report($T, $n_log(d, "%*d", 5, (int)(x % 77)));
            return $n_log(d, "nothing follows") + d->$n_sum;
        """)


class out(Feature):
    """results through pointers to scalars, structs and pointers"""

    def types(self):
        self.api("""
            struct $n_res {
                u32 v, used;
            };
        """)

    def code(self):
        self.kernel("static struct $n_res $n_all[2] = {{$K, $K}, {$K, 0}};")
        self.export(
            "int $n_get(struct obj *d, u32 *low, u64 *high, struct $n_res **res)",
            """
                kernel_only();
                *low = $R;
                *high = $R * 5ul + 1;
                *res = &$n_all[d->id & 1];
                (*res)->used++;
                $W
                return *low & 1;
            """,
            other=False,
        )
        self.turn("""
            u32 low = 0;
            u64 high = 0;
            struct $n_res *res = NULL;
            int odd = $n_get(d, &low, &high, &res);
            res->v += x + $K;
            report($T, low + odd);
            report($T, (u32)high);
            return res->used + res->v + $R;
        """)


class buffers(Feature):
    """bytes with a length, written and read by the kernel"""

    def types(self):
        self.member("u32 $n_sum;")
        self.scalar("$n_sum")

    def code(self):
        n = self.random.randint(2, 20)
        self.kernel("static u8 $n_store[32];")
        self.export("int $n_write(struct obj *d, const u8 *data, u32 n)", """
            kernel_only();
            for (u32 i = 0; i < n && i < 32; i++) {
                $n_store[i] ^= data[i];
                d->$n_sum = d->$n_sum * 3 + $n_store[i];
            }
            return n;
        """, other=False)
        self.export("int $n_read(u8 *data, u32 n)", "kernel_only();\n" + self.some("memcpy(data, $n_store, n);", """
            for (u32 i = 0; i < n; i++)
                data[i] = $n_store[i];
        """) + "\nreturn n;", other=False)
        where = self.some(f"u8 buf[{n}];\nmemset(buf, $K, {n});", f"u8 *buf = kzalloc({n}, 0);")
        free = "kfree(buf);\n" if "kzalloc" in where else ""
        self.turn(f"""
            {where}
            for (u32 i = 0; i < {n}; i++)
                buf[i] = $R + i;
            u32 v = $n_write(d, buf, {n});
            $n_read(buf, {n});
            for (u32 i = 0; i < {n}; i++)
                v = v * 3 + buf[i];
            {free}report($T, d->$n_sum);
            return v + x;
        """)


class text(Feature):
    """strings: arrays in objects, literals, and members that point to them"""

    def types(self):
        self.member("""
            char $n_name[12];
            const char *$n_label;
            u32 $n_hash;
        """)
        self.scalar("$n_hash")

    def code(self):
        walk = """
            for (const char *s = %s; *s; s++)
                sum = sum * 31 + (u8)*s;
        """
        self.export("u32 $n_sum(struct obj *d, const char *word)", """
            $only
            u32 sum = strlen(word);
        """ + walk % "word" + walk % "d->$n_name" + """
            if (d->$n_label)
                sum += (u8)d->$n_label[1];
            d->$n_hash = sum;
            d->$n_name[0] = 'a' + sum % 26;
            return sum;
        """)
        self.leaf('$n_sum(d, "x")')
        word = self.some("one", "seven", "nineteen")
        self.init("void $n_make(struct obj *d)", f"""
            memcpy(d->$n_name, "d{word}", {len(word) + 2});
            d->$n_label = "{word}";
        """)
        self.turn(f"""
            u32 sum = $n_sum(d, x & 1 ? d->$n_label : "{self.some('', 'a', 'bcdef')}");
            d->$n_name[1] = 'a' + x;
            return sum + (u8)d->$n_name[0] + d->$n_hash;
        """)


class errors(Feature):
    """errors returned as numbers and as pointers"""

    def types(self):
        self.api("""
            struct $n_res {
                u32 v;
                u16 left;
            };
        """)
        self.member("struct $n_res *$n_res;")
        self.scalar("$n_res->v")

    def code(self):
        self.export("int $n_try(struct obj *d, u32 x)", """
            $only
            $W
            if (x % 3 == 1)
                return -EINVAL;
            d->c += x;
            return x % 3 ? 0 : -ENOMEM;
        """)
        self.export("struct $n_res *$n_open(struct obj *d, u32 x)", """
            kernel_only();
            if (x & 1)
                return error_pointer(-EINVAL);
            if (d->$n_res)
                return NULL;
            struct $n_res *r = kzalloc(sizeof *r, 0);
            r->v = $R + $K;
            r->left = $K;
            d->$n_res = r;
            return r;
        """)
        self.turn("""
            int status = $n_try(d, x + $R);
            if (status)
                report($T, status);
            struct $n_res *r = $n_open(d, x + $K);
            if (is_error(r))
                return pointer_error(r);
            if (!r)
                return d->$n_res->left;
            r->v += x;
            return r->v + r->left + $R;
        """)


class untyped(Feature):
    """a struct that both know behind a void * and a length"""

    def types(self):
        self.api("""
            struct $n_msg {
                u32 op, arg;
                u16 answer[2];
            };
        """)

    def code(self):
        self.export("int $n_send(struct obj *d, void *data, size_t n)", """
            kernel_only();
            struct $n_msg *m = data;
            if (n < sizeof *m)
                return -EINVAL;
            m->answer[1] = m->op + m->arg * 3;
            $W
            d->c += m->op;
            return m->answer[0];
        """)
        self.turn("""
            struct $n_msg m = {.op = x + $R, .arg = $K, .answer = {$K}};
            u32 v = $n_send(d, &m, sizeof m);
            report($T, m.answer[1]);
            return v + $R;
        """)


class offsets(Feature):
    """fields reached by a table of their offsets"""

    def types(self):
        self.member("u32 $n_a, $n_b, $n_c;")
        for letter in "abc":
            self.scalar(f"$n_{letter}")

    def code(self):
        table = "static const u32 $n_%s[3] = {" + ", ".join(f"offsetof(struct obj, $n_{x})" for x in "abc") + "};"
        self.kernel(table % "kat")
        self.driver(table % "at")
        self.export("u32 $n_add(struct obj *d, u32 i)", """
            kernel_only();
            u32 *p = (u32 *)((char *)d + $n_kat[i % 3]);
            *p += i + $K;
            return *p;
        """, other=False)
        self.leaf("$n_add(d, 1)")
        self.turn("""
            *(u32 *)((char *)d + $n_at[x % 3]) += $R;
            return $n_add(d, x + 1) + *(u32 *)((char *)d + $n_at[(x + 1) % 3]);
        """)


class opaque(Feature):
    """structs of which one side knows only the name"""

    def types(self):
        self.api("""
            struct $n_token;
            struct $n_mine;
        """)
        self.member("struct $n_mine *$n_mine;")

    def code(self):
        self.add("kernel.h", """
            struct $n_token {
                u32 v;
                struct obj *obj;
            };
        """)
        self.add("driver.h", """
            struct $n_mine {
                u32 v;
            };
        """)
        self.export("struct $n_token *$n_open(struct obj *d)", """
            kernel_only();
            struct $n_token *t = kzalloc(sizeof *t, 0);
            t->v = $R + $K;
            t->obj = d;
            return t;
        """)
        self.export("u32 $n_turn_it(struct $n_token *t, u32 x)", """
            kernel_only();
            struct obj *d = t->obj;
            t->v += x;
            $W
            return t->v + $R;
        """)
        self.export("void $n_close(struct $n_token *t)", "kernel_only();\nkfree(t);")
        self.init("void $n_make(struct obj *d)", """
            d->$n_mine = kzalloc(sizeof *d->$n_mine, 0);
            d->$n_mine->v = $K;
        """)
        self.turn("""
            struct $n_token *t = $n_open(d);
            d->$n_mine->v += $n_turn_it(t, x + $R);
            u32 v = $n_turn_it(t, $K);
            $n_close(t);
            return v + d->$n_mine->v;
        """)


class copies(Feature):
    """whole structs copied and cleared, by memcpy, memset and assignment"""

    def types(self):
        self.api("""
            struct $n_conf {
                u32 speed;
                u16 size;
                u8 mac[6];
            };
        """)
        self.member("struct $n_conf $n_now, $n_next;")
        for name in ("$n_now.speed", "$n_next.size", "$n_next.mac[3]"):
            self.scalar(name)

    def code(self):
        take = self.some("memcpy(&d->$n_now, c, sizeof *c);", "d->$n_now = *c;")
        self.export("u32 $n_apply(struct obj *d, const struct $n_conf *c)", "$only\n" + take + """
            d->$n_next.size++;
            return d->$n_now.mac[2] + $R;
        """)
        give = self.some("*c = d->$n_now;", "memcpy(c, &d->$n_now, sizeof *c);")
        self.export("void $n_query(struct obj *d, struct $n_conf *c)", "$only\n" + give + "\nc->speed += $K;")
        self.turn(
            """
                struct $n_conf c = d->$n_next;
                c.mac[2] += x;
                c.speed = $R;
                u32 v = $n_apply(d, &c);
            """
            + self.some("memset(&c, 0, sizeof c);\n", "")
            + """
                $n_query(d, &c);
                report($T, c.speed + c.mac[2]);
                d->$n_next = c;
                return v + c.size;
            """
        )


class commands(Feature):
    """one function for many commands, each with a struct of its own behind a void *"""

    def types(self):
        self.api("""
            struct $n_get {
                u32 v;
                u16 n;
            };

            struct $n_set {
                u64 mask;
                u32 v;
            };
        """)
        self.member("""
            int (*$n_ctl)(struct obj *d, u32 op, void *data);
            u32 $n_v;
        """)
        self.scalar("$n_v")

    def code(self):
        serve = ("""
            struct $n_get *get = data;
            struct $n_set *set = data;
            switch (op) {
                case 1:
                get->v = d->$n_v + $R;
                get->n += $K;
                return 0;
                case 2:
                d->$n_v = set->v & set->mask;
                set->v = $K;
                $W
                return 1;
            }
            return -EINVAL;
        """)
        self.driver("""
            static int $n_serve(struct obj *d, u32 op, void *data)
            {
        """ + serve + "\n}")
        self.init("void $n_make(struct obj *d)", "d->$n_ctl = $n_serve;")
        self.export("int $n_ask(struct obj *d, u32 op, void *data)", "kernel_only();\n" + serve)
        use = """
            struct $n_get g = {.n = x};
            struct $n_set s = {.mask = 0xfff0 + $K, .v = $R};
            report($T, %s(d, 1, &g) + g.n);
            report($T, %s(d, 2, &s) * 7 + s.v);
            report($T, %s(d, 3, NULL));
        """
        self.step("void $n_use(struct obj *d, u32 x)", "kernel_only();\n" + use.replace("%s", "d->$n_ctl") + "report($T, g.v);")
        self.turn(use.replace("%s", "$n_ask") + "return g.v + d->$n_v;")


class keeps(Feature):
    """bytes, a number and a string of the driver's whose addresses the kernel keeps"""

    def types(self):
        self.member("u32 $n_seen;\nu32 $n_word;")
        self.scalar("$n_seen")

    def code(self):
        n = self.random.randint(2, 12)
        self.kernel("static u8 *$n_bytes;\nstatic u32 $n_size;\nstatic u32 *$n_at;\nstatic const char *$n_name = \"none\";")
        self.export("void $n_keep(u8 *bytes, u32 n, const char *name)", """
            kernel_only();
            $n_bytes = bytes;
            $n_size = n;
            $n_name = name;
        """, other=False)
        self.export("void $n_watch(u32 *word)", "kernel_only();\n$n_at = word;", other=False)
        self.step("void $n_use(struct obj *d, u32 x)", """
            kernel_only();
            for (u32 i = 0; i < $n_size; i++)
                d->$n_seen = d->$n_seen * 3 + $n_bytes[i];
            for (const char *s = $n_name; *s; s++)
                d->$n_seen = d->$n_seen * 5 + *s;
            if ($n_size)
                $n_bytes[x % $n_size] += $K;
            if ($n_at)
                *$n_at += x + 1;
            report($T, d->$n_seen);
        """)
        heap = self.some(True, False)
        self.driver(f"static u8 {'*' if heap else ''}$n_mine{'' if heap else f'[{n}]'};")
        word = self.some("static", "member")
        if word == "static":
            self.driver("static u32 $n_number = $K;")
        make = f"$n_mine = kzalloc({n}, 0);\n" if heap else ""
        watch = "&$n_number" if word == "static" else "&d->$n_word"
        self.driver("static u32 $n_kept;")
        self.late("void $n_make(struct obj *d)", f"""
            if ($n_kept++)
                return;
            {make}for (u32 i = 0; i < {n}; i++)
                $n_mine[i] = $K + i;
            $n_keep($n_mine, {n}, "{self.some('first', 'x', 'kept by name')}");
            $n_watch({watch});
        """)
        value = "$n_number" if word == "static" else "d->$n_word"
        rename = self.some(f"""
            if (x & 1)
                $n_keep($n_mine, {n}, "other");
        """, "")
        self.turn(f"""
            u32 sum = {value};
            for (u32 i = 0; i < {n}; i++)
                sum = sum * 3 + $n_mine[i];
            $n_mine[x % {n}] ^= 0x15;{rename}
            {value} += 2;
            return sum + $R;
        """)
