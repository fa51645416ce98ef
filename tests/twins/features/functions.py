# SPDX-License-Identifier: MIT
"""Functions."""

from pair import Feature


class ops(Feature):
    """a static table of operations of the driver"""

    def types(self):
        self.api("""
            struct $n_ops {
                u32 flags;
                u32 (*get)(struct obj *d);
                void (*set)(struct obj *d, u32 v);
                u32 (*none)(struct obj *d);
            };
        """)
        self.member("const struct $n_ops *$n_ops;\nu32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.driver("""
            static u32 $n_get(struct obj *d)
            {
                $W
                return d->$n_v + $R + $L;
            }

            static void $n_set(struct obj *d, u32 v)
            {
                d->$n_v = v + $R;
                $W
            }

            static const struct $n_ops $n_table = {.flags = $K, .get = $n_get, .set = $n_set};
        """)
        self.init("void $n_make(struct obj *d)", "d->$n_ops = &$n_table;")
        self.step("void $n_use(struct obj *d, u32 x)", """
            kernel_only();
            if (d->$n_ops->none)
                report($T, d->$n_ops->none(d));
            if (d->$n_ops->set)
                d->$n_ops->set(d, x + d->$n_ops->flags);
            $W
            report($T, d->$n_ops->get(d) + d->$n_v);
        """)


class hooks(Feature):
    """function pointers that the driver sets at run time, and changes"""

    def types(self):
        self.member("u32 (*$n_hook)(struct obj *d, u32 x);\nu32 $n_n;")
        self.scalar("$n_n")

    def code(self):
        self.driver("""
            static u32 $n_one(struct obj *d, u32 x)
            {
                d->$n_n++;
                $W
                return x + $R;
            }
        """)
        again = "d->$n_hook = $n_one;\n" if self.some(True, False) else ""
        self.driver(f"""
            static u32 $n_two(struct obj *d, u32 x)
            {{
                d->$n_n += $K;
                {again}return x * 3 + $R + $L;
            }}
        """)
        self.init("void $n_make(struct obj *d)", "d->$n_hook = (d->b & 1) ? $n_one : $n_two;")
        self.step("void $n_use(struct obj *d, u32 x)", """
            kernel_only();
            if (d->$n_hook)
                report($T, d->$n_hook(d, x + $R));
            $W
        """)


class callback(Feature):
    """a callback by argument, with private data that is a local or a static struct of the driver"""

    def types(self):
        self.add("driver.h", """
            struct $n_data {
                u32 sum;
                struct obj *obj;
            };
        """)

    def code(self):
        self.export("u32 $n_each(struct obj *d, u32 (*f)(struct obj *d, void *data), void *data)", """
            kernel_only();
            u32 sum = 0;
            for (u32 i = 0; i < 2; i++) {
                $W
                sum += f(d, data);
            }
            return sum;
        """)
        self.export("void $n_keep(u32 (*f)(struct obj *d, void *data), void *data)", """
            kernel_only();
            $n_f = f;
            $n_data = data;
        """)
        self.add("kernel.h", """
            extern u32 (*$n_f)(struct obj *d, void *data);
            extern void *$n_data;
        """)
        self.kernel("""
            u32 (*$n_f)(struct obj *d, void *data);
            void *$n_data;
        """)
        self.driver("""
            static u32 $n_do(struct obj *d, void *data)
            {
                struct $n_data *p = data;
                p->sum += $R;
                $W
                return p->sum + d->a;
            }
        """)
        self.turn("""
            struct $n_data p = {.sum = x};
            report($T, $n_each(d, $n_do, &p));
            return p.sum;
        """)
        self.driver("static struct $n_data $n_kept = {.sum = $K};")
        self.helper("void $n_begin(void)", "$n_keep($n_do, &$n_kept);", other=False)
        self.add("start", "$n_begin();")
        self.step("void $n_call(struct obj *d, u32 x)", """
            kernel_only();
            if ($n_f)
                report($T, $n_f(d, $n_data) + x);
        """)


class tables(Feature):
    """tables of functions of the driver, that the kernel indexes"""

    def types(self):
        self.api("""
            typedef u32 (*$n_fn)(struct obj *d, u32 x);

            struct $n_set {
                $n_fn fn[3];
                u32 base;
            };
        """)
        self.member("const struct $n_set *$n_set;")

    def code(self):
        for word in ("a", "b", "c"):
            self.driver(f"""
                static u32 $n_{word}(struct obj *d, u32 x)
                {{
                    $W
                    return x * $K + $R;
                }}
            """)
        self.driver("static const struct $n_set $n_mine = {{$n_a, $n_b, $n_c}, $K};")
        self.init("void $n_make(struct obj *d)", "d->$n_set = &$n_mine;")
        self.step("void $n_use(struct obj *d, u32 x)", """
            kernel_only();
            report($T, d->$n_set->fn[(x + d->id) % 3](d, x + d->$n_set->base));
        """)


class kernel_ops(Feature):
    """a table of functions of the kernel, that the driver calls through"""

    def types(self):
        self.api("""
            struct $n_ops {
                u32 (*mix)(struct obj *d, u32 x);
                u32 (*cut)(struct obj *d);
                u32 base;
            };
        """)

    def code(self):
        self.kernel("""
            static u32 $n_mix(struct obj *d, u32 x)
            {
                kernel_only();
                $W
                return x + $R;
            }

            static u32 $n_cut(struct obj *d)
            {
                kernel_only();
                $W
                return $R;
            }

            static const struct $n_ops $n_ops = {$n_mix, $n_cut, $K};
        """)
        self.export("const struct $n_ops *$n_get(void)", "kernel_only();\nreturn &$n_ops;", other=False)
        self.turn("""
            const struct $n_ops *o = $n_get();
            $W
            return o->mix(d, x + o->base) + o->cut(d) + $R;
        """)


class nest(Feature):
    """crossings within crossings, several deep"""

    def types(self):
        self.member("u32 $n_deep, $n_sum;")
        self.scalar("$n_sum")

    def code(self):
        self.add("protos", "void $n_listen2(u32 (*f)(struct obj *d, u32 depth));")
        self.kernel("""
            static u32 (*$n_f)(struct obj *d, u32 depth);

            void $n_listen2(u32 (*f)(struct obj *d, u32 depth))
            {
                kernel_only();
                $n_f = f;
            }
        """)
        self.export(
            "u32 $n_down(struct obj *d, u32 depth)",
            """
                kernel_only();
                d->$n_deep++;
                if (!depth || !$n_f)
                    return $R;
                $W
                u32 v = $n_f(d, depth - 1);
                d->$n_sum += v;
                report($T, $R);
                return v + d->$n_deep;
            """,
            other=False,
        )
        self.driver("""
            static u32 $n_up(struct obj *d, u32 depth)
            {
                d->$n_sum += $K;
                u32 v = $n_down(d, depth);
                report($T, d->$n_sum + $R);
                $W
                return v + d->$n_deep;
            }
        """)
        self.helper("void $n_begin(void)", "$n_listen2($n_up);", other=False)
        self.add("start", "$n_begin();")
        self.turn(f"return $n_down(d, {self.random.randint(1, 3)}) + x + d->$n_deep;")


class work(Feature):
    """work items in a struct of the driver, queued by it and run by the kernel later"""

    def types(self):
        self.api("""
            struct $n_work {
                struct $n_work *next;
                void (*fn)(struct $n_work *w);
                u32 runs;
            };
        """)
        self.member("void *$n_mine;")

    def code(self):
        self.add("driver.h", """
            struct $n_mine {
                u32 sum;
                struct $n_work work;
                struct obj *obj;
            };
        """)
        self.kernel("static struct $n_work *$n_queued;")
        self.export("void $n_queue(struct $n_work *w)", """
            kernel_only();
            w->next = $n_queued;
            $n_queued = w;
        """, other=False)
        self.step("void $n_run(struct obj *d, u32 x)", """
            kernel_only();
            $W
            while ($n_queued) {
                struct $n_work *w = $n_queued;
                $n_queued = w->next;
                w->runs += x + 1;
                w->fn(w);
                report($T, w->runs);
            }
        """)
        self.driver("""
            static void $n_do(struct $n_work *w)
            {
                struct $n_mine *m = container_of(w, struct $n_mine, work);
                struct obj *d = m->obj;
                m->sum += w->runs + $R;
                $W
                report($T, m->sum);
            }
        """)
        self.init("void $n_make(struct obj *d)", """
            struct $n_mine *m = kzalloc(sizeof *m, 0);
            m->obj = d;
            m->work.fn = $n_do;
            d->$n_mine = m;
            $n_queue(&m->work);
        """)
        self.turn("""
            struct $n_mine *m = d->$n_mine;
            if (x == 0)
                $n_queue(&m->work);
            return m->sum + $R;
        """)
