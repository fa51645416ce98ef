# SPDX-License-Identifier: MIT
"""Static data, life, locks."""

from pair import Feature


class initial(Feature):
    """static initialisers of both sides, read by the other"""

    def types(self):
        self.api("""
            struct $n_info {
                u32 a;
                u16 b;
                struct {
                    u8 c;
                } in;
            };
        """)
        self.member("const struct $n_info *$n_mine, *$n_yours;")

    def code(self):
        rows_ = "{{$K, $K, {$K}}, {$K, $K, {$K}}, {$K, $K, {$K}}}"
        self.driver(f"static const struct $n_info $n_d[3] = {rows_};")
        self.kernel(f"static const struct $n_info $n_k[3] = {rows_};")
        self.export("const struct $n_info *$n_known(u32 i)", "kernel_only();\nreturn &$n_k[i % 3];", other=False)
        self.init("void $n_make(struct obj *d)", "d->$n_mine = &$n_d[d->b % 3];")
        self.export("u32 $n_look(struct obj *d)", """
            kernel_only();
            d->$n_yours = &$n_k[d->a % 3];
            return d->$n_mine ? d->$n_mine->a + d->$n_mine->in.c : 0;
        """, other=False)
        self.leaf("$n_look(d)")
        self.turn("""
            u32 v = $n_look(d);
            report($T, $n_known(x)->a + $n_known($R)->in.c);
            return v + d->$n_yours->b;
        """)


class variables(Feature):
    """variables of the kernel that the driver reads and writes"""

    def types(self):
        self.api("""
            struct $n_state {
                u32 level;
                u16 mode;
            };

            extern u32 $n_level;
            extern struct $n_state $n_state;
        """)

    def code(self):
        self.kernel("""
            u32 $n_level = $K;
            struct $n_state $n_state = {.level = $K, .mode = $K};
        """)
        self.export("u32 $n_push(struct obj *d)", """
            kernel_only();
            $n_level = $n_level * 3 + $R;
            $n_state.level += $n_state.mode;
            return $n_level;
        """)
        self.leaf("$n_push(d)")
        self.turn("""
            $n_state.mode += x + $K;
            u32 v = $n_push(d) + $n_level;
            report($T, $n_state.level);
        """ + self.some("$n_level += $R;\n", "") + "return v;")


class kernel_made(Feature):
    """an object that the kernel allocates, the driver changes, and either one frees"""

    def types(self):
        self.api("""
            struct $n_item {
                u32 v;
                u16 n;
                struct obj *obj;
            };
        """)

    def code(self):
        self.export("struct $n_item *$n_new(struct obj *d, u32 v)", """
            kernel_only();
            struct $n_item *i = kzalloc(sizeof *i, 0);
            i->v = v;
            i->obj = d;
            i->n = $K;
            return i;
        """)
        self.export("u32 $n_eat(struct $n_item *i)", """
            kernel_only();
            struct obj *d = i->obj;
            $W
            u32 v = i->v * i->n;
            kfree(i);
            return v + $R;
        """)
        self.export("u32 $n_taste(struct $n_item *i)", """
            kernel_only();
            i->n++;
            return i->v;
        """)
        end = self.some("return v + $n_eat(i);", """
            v += i->n;
            kfree(i);
            return v;
        """)
        self.turn("""
            struct $n_item *i = $n_new(d, x + $R);
            i->v += $K;
            u32 v = $n_taste(i);
            report($T, i->n + v);
        """ + end)


class driver_made(Feature):
    """objects that the driver allocates and the kernel keeps, hands back and frees"""

    def types(self):
        self.api("""
            struct $n_item {
                u32 v;
                struct $n_item *next;
            };
        """)
        self.member("struct $n_item *$n_kept;")

    def code(self):
        self.export("void $n_give(struct obj *d, struct $n_item *i)", """
            kernel_only();
            i->next = d->$n_kept;
            d->$n_kept = i;
        """)
        self.export("struct $n_item *$n_take(struct obj *d)", """
            kernel_only();
            struct $n_item *i = d->$n_kept;
            if (i) {
                d->$n_kept = i->next;
                i->v += $K;
            }
            return i;
        """)
        self.step("void $n_drop(struct obj *d, u32 x)", """
            kernel_only();
            if (x != 1 || !d->$n_kept)
                return;
            struct $n_item *i = d->$n_kept;
            report($T, i->v);
            d->$n_kept = i->next;
            kfree(i);
        """)
        self.turn("""
            for (u32 n = 0; n < 2; n++) {
                struct $n_item *i = kzalloc(sizeof *i, 0);
                i->v = $R + n;
                $n_give(d, i);
            }
            struct $n_item *i = $n_take(d);
            u32 v = i->v + x;
            kfree(i);
            return v;
        """)


class references(Feature):
    """counted references, the last of which frees by a release function"""

    def types(self):
        self.api("""
            struct $n_ref {
                u32 n;
                void (*release)(struct $n_ref *r);
            };

            struct $n_thing {
                u32 v;
                struct $n_ref ref;
                struct obj *obj;
            };
        """)

    def code(self):
        self.kernel("""
            static void $n_free(struct $n_ref *r)
            {
                kernel_only();
                struct $n_thing *t = container_of(r, struct $n_thing, ref);
                t->obj->c += t->v;
                kfree(t);
            }
        """)
        self.export("struct $n_thing *$n_new(struct obj *d)", """
            kernel_only();
            struct $n_thing *t = kzalloc(sizeof *t, 0);
            t->obj = d;
            t->ref.n = 1;
            t->v = $R;
            t->ref.release = $n_free;
            return t;
        """, other=False)
        self.export("void $n_get(struct $n_thing *t)", "kernel_only();\nt->ref.n++;")
        self.export("int $n_put(struct $n_thing *t)", """
            kernel_only();
            if (--t->ref.n)
                return 0;
            t->ref.release(&t->ref);
            return 1;
        """)
        self.turn("""
            struct $n_thing *t = $n_new(d);
            t->v += x;
            $n_get(t);
            u32 v = t->ref.n;
            v += $n_put(t);
            t->v += $K;
            v += t->v;
            v += $n_put(t) * $K;
            return v + d->c;
        """)


class counters(Feature):
    """statistics and atomic counters that both sides increment"""

    def types(self):
        self.api("""
            struct $n_stats {
                u64 rx, bytes;
            };
        """)
        self.member("struct $n_stats $n_stats;\natomic_t $n_hits;")
        self.scalar("$n_stats.bytes")

    def code(self):
        self.export("u32 $n_count(struct obj *d)", """
            $only
            d->$n_stats.rx++;
            d->$n_stats.bytes += $R;
            atomic_inc(&d->$n_hits);
            return d->$n_hits.counter;
        """)
        self.leaf("$n_count(d)")
        self.turn("""
            d->$n_stats.rx += x;
            atomic_inc(&d->$n_hits);
            u32 v = $n_count(d);
            v += atomic_add_return($K, &d->$n_hits);
            d->$n_stats.bytes += $R;
            report($T, d->$n_stats.rx);
            return v;
        """)


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
        self.helper("u32 $n_leave(struct obj *d)", f"""
            u32 v = d->$n_a;
            {drop}
            return v;
        """)
        self.export("u32 $n_change(struct obj *d)", f"""
            $only
            {take}
            d->$n_a += d->$n_b + $K;
            u32 v = d->$n_a;
            {drop}
            $W
            return v;
        """)
        self.leaf("$n_change(d)")
        self.turn(f"""
            {take}
            d->$n_b += x + $R;
            if (d->$n_b & 1) {{
                {drop}
                return $n_change(d);
            }}
            d->$n_a++;
            {drop}
            $n_enter(d);
            d->$n_a += $K;
            u32 v = $n_leave(d);
            return v + $n_change(d) + d->$n_a;
        """)


class held(Feature):
    """a lock that one side takes is seen as taken by the other"""

    def types(self):
        self.member("spinlock_t $n_lock;\nu32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.export("u32 $n_inside(struct obj *d)", """
            kernel_only();
            d->$n_v += d->$n_lock.word * $K + $R;
            return d->$n_lock.word;
        """)
        self.turn("""
            spin_lock(&d->$n_lock);
            d->$n_v += x;
            u32 v = $n_inside(d) * $K;
            v += d->$n_v;
            spin_unlock(&d->$n_lock);
            return v + $n_inside(d);
        """)


class after(Feature):
    """what the driver writes to an object when it is registered already, and takes away at its end"""

    def types(self):
        self.member("u32 $n_v;\nvoid (*$n_end)(struct obj *d);")
        self.scalar("$n_v")

    def code(self):
        self.late("void $n_set(struct obj *d)", "d->$n_v = $K + d->a;\n$W")
        self.step("void $n_see(struct obj *d, u32 x)", """
            kernel_only();
            report($T, d->$n_v + x);
            $W
            if (d->$n_end)
                d->$n_end(d);
        """)
        self.export("void $n_bye(struct obj *d, u32 v)", "kernel_only();\nreport($T, v + $R);")
        self.leave("void $n_gone(struct obj *d)", "d->$n_v += $K;\n$n_bye(d, $R);")


class notifiers(Feature):
    """a chain of notifiers of both sides by priority, which the kernel calls with an event and an object"""

    def types(self):
        self.member("u32 $n_seen;")
        self.scalar("$n_seen")
        self.api("""
            struct $n_block {
                int (*call)(struct $n_block *b, unsigned long event, void *data);
                struct $n_block *next;
                s32 priority;
                u32 calls;
            };
        """)

    def code(self):
        self.kernel("static struct $n_block *$n_chain;\n")
        self.kernel("""
            static int $n_own_call(struct $n_block *b, unsigned long event, void *data)
            {
                struct obj *d = data;

                d->$n_seen += event;
                b->calls++;
                return 0;
            }

            static struct $n_block $n_own = {.call = $n_own_call, .priority = 5};
        """)
        self.export("void $n_register(struct $n_block *b)", """
            kernel_only();
            struct $n_block **at = &$n_chain;
            while (*at && (*at)->priority >= b->priority)
                at = &(*at)->next;
            b->next = *at;
            *at = b;
        """, other=False)
        stops = self.some("if (status & 1) break;", "")
        self.export("int $n_tell(struct obj *d, unsigned long event)", f"""
            kernel_only();
            int status = 0;
            for (struct $n_block *b = $n_chain; b; b = b->next) {{
                status += b->call(b, event, d);
                {stops}
            }}
            return status;
        """, other=False)
        self.step("void $n_round(struct obj *d, u32 x)", """
            kernel_only();
            static _Bool known;
            if (!known)
                $n_register(&$n_own);
            known = 1;
            report($T, $n_tell(d, x + 1));
            report($T, d->$n_seen + $n_own.calls);
        """)
        for which in range(self.random.randint(1, 3)):
            self.driver(f"""
                static int $n_call{which}(struct $n_block *b, unsigned long event, void *data)
                {{
                    struct obj *d = data;

                    b->calls += event;
                    d->$n_seen = d->$n_seen * 3 + b->calls;
                    $W
                    return b->calls & 3;
                }}

                static struct $n_block $n_block{which} = {{.call = $n_call{which}, .priority = {self.some(1, 5, 9)}}};

                void $n_add{which}(void)
                {{
                    $n_register(&$n_block{which});
                }}
            """)
            self.add("driver.h", f"void $n_add{which}(void);")
            self.add("start", f"$n_add{which}();")


class requests(Feature):
    """requests of the kernel's with an area of the driver's behind them, that end by a callback with a status"""

    def types(self):
        self.member("u32 $n_done;")
        self.scalar("$n_done")
        self.api("""
            struct $n_req {
                struct obj *obj;
                u32 op, bytes;
                s32 status;
                void (*end)(struct $n_req *r);
            };
        """)

    def code(self):
        kind = self.some("u32", "u64")
        self.add("driver.h", f"""
            struct $n_cmd {{
                {kind} serial;
                struct $n_req *req;
                u32 tries;
            }};
        """)
        self.kernel("static int (*$n_queue)(struct obj *d, struct $n_req *r);\n")
        self.kernel("static struct $n_req *$n_reqs[2];\n")
        self.export("void $n_serve(u32 size, int (*queue)(struct obj *d, struct $n_req *r))", """
            kernel_only();
            for (u32 i = 0; i < 2; i++)
                $n_reqs[i] = kzalloc(sizeof(struct $n_req) + size, 0);
            $n_queue = queue;
        """, other=False)
        self.export("void $n_complete(struct $n_req *r, s32 status)", """
            kernel_only();
            r->status = status;
            r->obj->$n_done += r->bytes;
            if (r->end)
                r->end(r);
        """, other=False)
        self.kernel("""
            static void $n_ended(struct $n_req *r)
            {
                report($T, r->status + r->op);
            }
        """)
        self.step("void $n_round(struct obj *d, u32 x)", """
            kernel_only();
            struct $n_req *r = $n_reqs[x & 1];
            r->obj = d;
            r->op = x + $R;
            r->bytes = $K;
            r->end = $n_ended;
            report($T, $n_queue(d, r));
            report($T, r->bytes);
        """)
        late = self.some("", "if (c->tries & 1) { c->req->bytes = 0; return 7; }")
        self.driver(f"""
            static int $n_take(struct obj *d, struct $n_req *r)
            {{
                struct $n_cmd *c = (struct $n_cmd *)(r + 1);

                c->req = r;
                c->serial += r->op + d->a;
                c->tries++;
                {late}
                r->bytes += c->tries;
                $W
                $n_complete(c->req, (s32)(c->serial & 0xff));
                return c->tries;
            }}
        """)
        self.helper("void $n_start(void)", "$n_serve(sizeof(struct $n_cmd), $n_take);", other=False)
        self.add("start", "$n_start();")


class sequence(Feature):
    """the kernel walks records of the driver by start, next, show and stop, with a place and private state"""

    def types(self):
        self.member("u32 $n_shown;")
        self.scalar("$n_shown")
        self.api("""
            struct $n_seq;

            struct $n_seq_ops {
                void *(*start)(struct $n_seq *s, s64 *at);
                void *(*next)(struct $n_seq *s, void *v, s64 *at);
                void (*stop)(struct $n_seq *s, void *v);
                int (*show)(struct $n_seq *s, void *v);
            };

            struct $n_seq {
                const struct $n_seq_ops *ops;
                struct obj *obj;
                void *state;
                u32 count, sum;
            };
        """)

    def code(self):
        n = self.random.randint(1, 4)
        skip = self.some("return 1;", "return 0;")
        self.kernel("static const struct $n_seq_ops *$n_ops;\n")
        self.export("void $n_put(struct $n_seq *s, u32 v)", """
            kernel_only();
            s->sum = s->sum * 3 + v;
            s->count++;
            s->obj->$n_shown += v;
        """)
        self.export("void $n_serve(const struct $n_seq_ops *ops)", "kernel_only();\n$n_ops = ops;", other=False)
        self.kernel("static struct $n_seq $n_open;\n")
        self.step("void $n_walk(struct obj *d, u32 x)", """
            kernel_only();
            struct $n_seq *s = &$n_open;
            s64 at = x % 3;
            s->ops = $n_ops;
            s->obj = d;
            s->sum = $R;
            void *v = s->ops->start(s, &at);
            while (v) {
                report($T, s->ops->show(s, v));
                v = s->ops->next(s, v, &at);
            }
            s->ops->stop(s, v);
            report($T, s->sum);
            report($T, s->count);
            report($T, at);
        """)
        self.driver(f"""
            struct $n_rec {{
                u32 key;
                struct $n_rec *next;
            }};

            struct $n_state {{
                u32 walks;
                struct obj *last;
            }};

            static struct $n_rec $n_recs[{n}];
            static struct $n_state $n_state;

            static void *$n_start(struct $n_seq *s, s64 *at)
            {{
                s64 skip = *at;
                struct $n_rec *r = $n_recs;

                s->state = &$n_state;
                $n_state.walks++;
                $n_state.last = s->obj;
                while (r && skip--)
                    r = r->next;
                return r;
            }}

            static void *$n_next(struct $n_seq *s, void *v, s64 *at)
            {{
                struct $n_rec *r = v;
                struct $n_state *state = s->state;

                (*at)++;
                state->walks += 2;
                return r->next;
            }}

            static void $n_stop(struct $n_seq *s, void *v)
            {{
                struct $n_state *state = s->state;

                if (!v)
                    s->count += state->walks;
            }}

            static int $n_show(struct $n_seq *s, void *v)
            {{
                struct $n_rec *r = v;
                struct $n_state *state = s->state;

                r->key += state->last->a;
                if (r->key % 5 == 2)
                    {skip}
                $n_put(s, r->key + $K);
                return 0;
            }}

            static const struct $n_seq_ops $n_seq_ops = {{$n_start, $n_next, $n_stop, $n_show}};
        """)
        self.helper("void $n_begin(void)", f"""
            for (u32 i = 0; i < {n}; i++) {{
                $n_recs[i].key = i * $K + 1;
                $n_recs[i].next = i + 1 < {n} ? &$n_recs[i + 1] : NULL;
            }}
            $n_serve(&$n_seq_ops);
        """, other=False)
        self.add("start", "$n_begin();")
