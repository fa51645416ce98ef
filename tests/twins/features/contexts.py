# SPDX-License-Identifier: MIT
"""Who runs when, and memory that only one side may follow."""

from pair import Feature


class user(Feature):
    """user memory: a number that the driver hands on, and that only functions of the kernel follow"""

    def types(self):
        self.member("u32 $n_v, $n_left;")
        self.scalar("$n_v")

    def code(self):
        # Nothing lies at such an address: whoever else follows it faults.
        find = """
            kernel_only();
            u64 at = (u64)%s - 0x1000;
            if (at > sizeof $n_memory || n > sizeof $n_memory - at)
                return n;
        """
        self.kernel("static u8 $n_memory[40] = {$K, $K, $K, $K};")
        self.export("u64 $n_fetch(void *to, const void *from, u64 n)", find % "from" + """
            memcpy(to, $n_memory + at, n);
            return 0;
        """, other=False)
        self.export("u64 $n_store(void *to, const void *from, u64 n)", find % "to" + """
            memcpy($n_memory + at, from, n);
            return 0;
        """, other=False)
        self.add("protos", "void $n_hear(s64 (*f)(struct obj *d, void *buffer, u64 n));")
        self.kernel("""
            static s64 (*$n_f)(struct obj *d, void *buffer, u64 n);

            void $n_hear(s64 (*f)(struct obj *d, void *buffer, u64 n))
            {
                kernel_only();
                $n_f = f;
            }
        """)
        self.step("void $n_call(struct obj *d, u32 x)", """
            kernel_only();
            if ($n_f)
                report($T, $n_f(d, (void *)(0x1000ul + x * 4), 12 + x * $K % 16));
            for (u32 i = 0; i < sizeof $n_memory; i += 3)
                report($T, $n_memory[i]);
            $W
        """)
        if self.some(True, False):
            body = """
                u32 v[3];
                if (n < sizeof v)
                    return -EINVAL;
                if ($n_fetch(v, buffer, sizeof v))
                    return -ENOMEM;
                v[1] += v[0] + $R;
                v[2]++;
                d->$n_v += v[1];
                d->$n_left = $n_store((char *)buffer + 8, &v[1], 8);
                return n - d->$n_left;
            """
        else:
            body = """
                u64 done = 0;
                while (done < n) {
                    u8 part[4];
                    u64 now = n - done < 4 ? n - done : 4;
                    if ($n_fetch(part, (char *)buffer + done, now))
                        return done ? done : -ENOMEM;
                    d->$n_v = d->$n_v * 3 + part[0];
                    part[now - 1] += $R;
                    if ($n_store((char *)buffer + done, part, now))
                        return -EINVAL;
                    done += now;
                }
                $W
                return done;
            """
        self.driver(f"static s64 $n_write(struct obj *d, void *buffer, u64 n)\n{{\n{body}\n}}")
        self.helper("void $n_begin(void)", "$n_hear($n_write);", other=False)
        self.add("start", "$n_begin();")


class processors(Feature):
    """counters for each processor, reached by a function of the kernel"""

    def types(self):
        self.api("""
            struct $n_stats {
                u32 packets;
                u64 bytes;
            };
        """)
        self.member("struct $n_stats *$n_stats;")

    def code(self):
        self.kernel("static u32 $n_current;")
        self.export("struct $n_stats *$n_allocate(void)", "kernel_only();\nreturn kzalloc(4 * sizeof(struct $n_stats), 0);")
        self.export(
            "struct $n_stats *$n_of(struct obj *d, u32 i)", "kernel_only();\nreturn &d->$n_stats[i & 3];", other=False
        )  # fmt: skip
        self.export(
            "struct $n_stats *$n_own(struct obj *d)", "kernel_only();\nreturn &d->$n_stats[$n_current];", other=False
        )  # fmt: skip
        self.init("void $n_make(struct obj *d)", "d->$n_stats = $n_allocate();")
        self.step("void $n_move(struct obj *d, u32 x)", """
            kernel_only();
            u64 sum = 0;
            for (u32 i = 0; i < 4; i++)
                sum = sum * 3 + $n_of(d, i)->packets + $n_of(d, i)->bytes;
            report($T, sum);
            $n_own(d)->bytes += $R;
            $n_current = ($n_current + x + 1) & 3;
        """)
        more = self.some("""
            for (u32 i = 0; i < 4; i++)
                v += $n_of(d, i)->packets;
        """, "")
        self.turn("""
            struct $n_stats *s = $n_own(d);
            u32 v = s->bytes;
            s->packets++;
            s->bytes += $R;
        """ + more + "return v + $R;")


class published(Feature):
    """a pointer that one side publishes to readers without a lock, and frees what it replaces"""

    def types(self):
        self.api("""
            struct $n_conf {
                u32 a;
                u16 b;
            };
        """)
        self.member("struct $n_conf *$n_conf;")

    def code(self):
        replace = """
            struct $n_conf *c = kzalloc(sizeof *c, 0);
            struct $n_conf *old = d->$n_conf;
            c->a = (old ? old->a : 0) + v;
            c->b = $K;
            rcu_assign_pointer(d->$n_conf, c);
            synchronize_rcu();
            kfree(old);
        """
        read = """
            u32 v = 0;
            rcu_read_lock();
            struct $n_conf *c = rcu_dereference(d->$n_conf);
            if (c)
                v = c->a + c->b;
            rcu_read_unlock();
        """
        if self.some(True, False):
            self.init("void $n_make(struct obj *d)", "u32 v = $K;\n" + replace)
            self.export("u32 $n_read(struct obj *d)", "kernel_only();\n" + read + "$W\nreturn v;")
            self.turn("u32 v = x + $R;\n" + replace + "return $n_read(d) + $R;")
        else:
            self.step("void $n_replace(struct obj *d, u32 x)", "kernel_only();\nu32 v = x + $R;\n" + replace)
            self.turn(read + "report($T, v);\n$W\nreturn v + $R;")


class waits(Feature):
    """the driver waits for what the kernel completes, which meanwhile does something else"""

    def types(self):
        self.member("struct completion $n_done;\nu32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.kernel("static struct obj *$n_asked;")
        self.export("void $n_ask(struct obj *d)", "kernel_only();\n$n_asked = d;", other=False)
        self.thread("void $n_thread(void)", """
            kernel_only();
            struct obj *d = $n_asked;
            if (!d)
                return;
            $n_asked = NULL;
            d->$n_v += $K;
            $W
            complete(&d->$n_done);
        """)
        self.turn("""
            d->$n_v += x;
            $n_ask(d);
            $W
            wait_for_completion(&d->$n_done);
            report($T, d->$n_v);
            return $R + d->$n_v;
        """)


class answers(Feature):
    """the kernel waits for what a work item of the driver completes, in a context of its own"""

    def types(self):
        self.api("""
            struct $n_work {
                void (*fn)(struct $n_work *w);
                u32 runs;
            };
        """)
        self.member("struct completion $n_done;\nu32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.add("driver.h", """
            struct $n_mine {
                struct obj *obj;
                struct $n_work work;
                u32 sum;
            };
        """)
        self.kernel("static struct $n_work *$n_queued;")
        self.export("void $n_queue(struct $n_work *w)", "kernel_only();\n$n_queued = w;", other=False)
        self.thread("void $n_thread(void)", """
            kernel_only();
            struct $n_work *w = $n_queued;
            if (!w)
                return;
            $n_queued = NULL;
            w->runs++;
            w->fn(w);
        """)
        self.driver("""
            static void $n_do(struct $n_work *w)
            {
                struct $n_mine *m = container_of(w, struct $n_mine, work);
                struct obj *d = m->obj;
                m->sum += w->runs;
                d->$n_v += m->sum + $R;
                $W
                complete(&d->$n_done);
            }

            static struct $n_mine $n_mine = {.work = {.fn = $n_do}, .sum = $K};

            static u32 $n_answer2(struct obj *d, u32 x)
            {
                $n_mine.obj = d;
                $W
                $n_queue(&$n_mine.work);
                return x + $R;
            }
        """)
        self.add("protos", "void $n_hear(u32 (*f)(struct obj *d, u32 x));")
        self.kernel("""
            static u32 (*$n_f)(struct obj *d, u32 x);

            void $n_hear(u32 (*f)(struct obj *d, u32 x))
            {
                kernel_only();
                $n_f = f;
            }
        """)
        self.helper("void $n_begin(void)", "$n_hear($n_answer2);", other=False)
        self.add("start", "$n_begin();")
        self.step("void $n_wait(struct obj *d, u32 x)", """
            kernel_only();
            if (!$n_f)
                return;
            report($T, $n_f(d, x));
            $W
            wait_for_completion(&d->$n_done);
            report($T, d->$n_v);
        """)


class interrupt(Feature):
    """a handler with a number and a void * of the driver's own, that comes while another object is at hand"""

    def types(self):
        self.member("u32 $n_seen;")
        self.scalar("$n_seen")

    def code(self):
        self.add("driver.h", """
            struct $n_line {
                struct obj *obj;
                u32 count;
            };
        """)
        self.kernel("""
            static u32 (*$n_handlers[4])(u32 line, void *data);
            static void *$n_data[4];
            static u32 $n_lines;
        """)
        self.export("int $n_request(u32 (*f)(u32 line, void *data), void *data)", """
            kernel_only();
            if ($n_lines == 4)
                return -ENOMEM;
            $n_handlers[$n_lines] = f;
            $n_data[$n_lines] = data;
            return $n_lines++;
        """, other=False)
        self.step("void $n_fire(struct obj *d, u32 x)", """
            kernel_only();
            $W
            u32 line = ($n_lines + x) % 4;
            for (u32 i = 0; i < 4; i++)
                if ($n_handlers[(line + i) % 4]) {
                    line = (line + i) % 4;
                    report($T, $n_handlers[line](line, $n_data[line]));
                    break;
                }
            report($T, d->$n_seen);
        """)
        self.driver("""
            static u32 $n_handle(u32 line, void *data)
            {
                struct $n_line *l = data;
                struct obj *d = l->obj;
                l->count += line;
                d->$n_seen += l->count + $R;
                $W
                return d->$n_seen + $L;
            }
        """)
        self.init("void $n_make(struct obj *d)", """
            struct $n_line *l = kzalloc(sizeof *l, 0);
            l->obj = d;
            l->count = $K;
            d->$n_seen = $n_request($n_handle, l);
        """)
