# SPDX-License-Identifier: MIT
"""Objects and their connections."""

from pair import Feature


class peers(Feature):
    """several objects of one type that point to each other"""

    def types(self):
        self.member("struct obj *$n_peer;\nu32 $n_v;")
        self.scalar("$n_v")
        self.scalar("$n_peer->$n_v")
        self.scalar("$n_peer->a")

    def code(self):
        self.driver("static struct obj *$n_last;")
        self.init("void $n_link(struct obj *d)", """
            d->$n_v = $K;
            d->$n_peer = $n_last ? $n_last : d;
            $n_last = d;
        """)
        self.export("u32 $n_look(struct obj *d)", """
            $only
            if (!d->$n_peer)
                return 0;
            d->$n_peer->$n_v += d->b;
            $W
            return d->$n_peer->$n_v + d->$n_v;
        """)
        self.leaf("$n_look(d)")
        self.turn("""
            d->$n_v += x;
            d->$n_peer->$n_v += $R;
            u32 v = $n_look(d);
            report($T, d->$n_peer->$n_v);
            return v;
        """)


class lists(Feature):
    """a list with container_of: of nodes of the driver, or of both, walked by both"""

    def types(self):
        self.api("""
            struct $n_node {
                u32 v;
                struct list_head link;
                u16 w;
            };
        """)
        self.member("struct list_head $n_head;")

    def code(self):
        n = self.random.randint(1, 4)
        node = "container_of(l, struct $n_node, link)"
        add = """
            if (!d->$n_head.next)
                d->$n_head.next = d->$n_head.prev = &d->$n_head;
            list_add_tail(&n->link, &d->$n_head);
        """
        walk = "for (struct list_head *l = d->$n_head.next; l != &d->$n_head; l = l->next)"
        if self.some(True, True, False):
            self.export("void $n_add(struct obj *d, struct $n_node *n)", """
                kernel_only();
                n->w = $K;
            """ + add)
        else:
            self.helper("void $n_add(struct obj *d, struct $n_node *n)", "n->w = $K;\n" + add)
        self.init("void $n_make(struct obj *d)", f"""
            for (u32 i = 0; i < {n}; i++) {{
                struct $n_node *n = kzalloc(sizeof *n, 0);
                n->v = i * $K + $K;
                $n_add(d, n);
            }}
        """)
        self.export("u32 $n_sum(struct obj *d)", f"""
            $only
            u32 sum = 0;
            if (!d->$n_head.next)
                return 0;
            {walk} {{
                sum = sum * 3 + {node}->v;
                {node}->w++;
            }}
            return sum;
        """)
        self.leaf("$n_sum(d)")
        self.turn(
            f"""
                u32 sum = 0;
                {walk} {{
                    {node}->v += x + $K;
                    sum += {node}->w;
                }}
                report($T, sum);
            """
            + (f"""
                if (x == 1 && d->$n_head.next != &d->$n_head)
                    list_del(d->$n_head.next);
            """ if self.some(True, False) else "")
            + "return $n_sum(d) + $L;"
        )


class chain(Feature):
    """a singly linked chain: both sides add to its front and walk it"""

    def types(self):
        self.api("""
            struct $n_link {
                u32 v;
                struct $n_link *next;
            };
        """)
        self.member("struct $n_link *$n_first;")
        self.scalar("$n_first->v")
        self.scalar("$n_first->next->v")

    def code(self):
        push = """
            struct $n_link *l = kzalloc(sizeof *l, 0);
            l->v = v;
            l->next = d->$n_first;
            d->$n_first = l;
        """
        self.helper("void $n_push(struct obj *d, u32 v)", push)
        self.export("void $n_kpush(struct obj *d, u32 v)", "kernel_only();\n" + push)
        both = self.some(("", "k"), ("k", ""), ("", ""))
        order = "\n".join(f"$n_{side}push(d, $K);" for side in both)
        self.init("void $n_make(struct obj *d)", order)
        walk = """
            u32 sum = 0;
            for (struct $n_link *l = d->$n_first; l; l = l->next) {
                sum = sum * 5 + l->v;
                l->v += %s;
            }
        """
        self.export("u32 $n_walk(struct obj *d)", "$only\n" + walk % "$K" + "return sum;")
        self.leaf("$n_walk(d)")
        self.turn(walk % "x + $K" + """
            report($T, sum);
            if (x == 0)
        """ + self.some("$n_push(d, $R);", "$n_kpush(d, $R);") + "\nreturn $n_walk(d);")


class tree(Feature):
    """a search tree: the kernel inserts nodes of the driver, both recur over it"""

    def types(self):
        self.api("""
            struct $n_node {
                u32 key, n;
                struct $n_node *left, *right;
            };
        """)
        self.member("struct $n_node *$n_root;")
        self.scalar("$n_root->n")

    def code(self):
        insert = ("""
            struct $n_node **at = &d->$n_root;
            while (*at)
                at = n->key < (*at)->key ? &(*at)->left : &(*at)->right;
            *at = n;
        """)
        self.export("void $n_insert(struct obj *d, struct $n_node *n)", "kernel_only();\n" + insert)
        n = self.random.randint(1, 4)
        self.init("void $n_make(struct obj *d)", f"""
            for (u32 i = 0; i < {n}; i++) {{
                struct $n_node *n = kzalloc(sizeof *n, 0);
                n->key = i * $K % 7;
                n->n = $K;
                $n_insert(d, n);
            }}
        """)
        sum_of = """
            if (!n)
                return 0;
            n->n += %s;
            return n->key * 3 + n->n + $n_%s(n->left) * 5 + $n_%s(n->right) * 7;
        """
        self.inner("u32 $n_ksum(struct $n_node *n)", "kernel_only();\n" + sum_of % ("$K", "ksum", "ksum"))
        self.helper("u32 $n_sum(struct $n_node *n)", sum_of % ("$K", "sum", "sum"))
        self.export("u32 $n_look(struct obj *d)", "kernel_only();\nreturn $n_ksum(d->$n_root);")
        self.leaf("$n_look(d)")
        self.turn("""
            report($T, $n_sum(d->$n_root));
            return $n_look(d) + x;
        """)


class private(Feature):
    """the driver's private struct behind a void *, with the way back to the object"""

    def types(self):
        self.member("void *$n_priv;\nu32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.add("driver.h", """
            struct $n_priv {
                u32 seen;
                struct obj *obj;
                u16 step;
            };
        """)
        self.init("void $n_make(struct obj *d)", """
            struct $n_priv *p = kzalloc(sizeof *p, 0);
            p->obj = d;
            p->step = $K;
            d->$n_priv = p;
        """)
        self.helper("u32 $n_use(struct $n_priv *p)", """
            struct obj *d = p->obj;
            p->seen += p->step;
            $W
            d->$n_v += p->seen;
            return p->seen + $R;
        """)
        self.export("u32 $n_see(struct obj *d)", """
            $only
            $W
            return d->$n_v + $R;
        """)
        self.leaf("$n_see(d)")
        self.turn("""
            u32 v = $n_use(d->$n_priv) + x;
            report($T, v);
            return v + $n_see(d);
        """)


class parts(Feature):
    """the address of an embedded struct crosses; the other side finds the whole by container_of"""

    def types(self):
        self.api("""
            struct $n_part {
                u32 a;
                u16 b;
            };
        """)
        self.member("struct $n_part $n_part;")
        self.scalar("$n_part.a")
        self.scalar("$n_part.b")

    def code(self):
        whole = """
            struct obj *d = container_of(p, struct obj, $n_part);
        """
        self.export("u32 $n_poke(struct $n_part *p)", "$only\n" + whole + """
            p->a += d->b + $R;
            $W
            return p->b + d->a;
        """)
        self.leaf("$n_poke(&d->$n_part)")
        self.export("u32 $n_plain(struct $n_part *p)", """
            $only
            p->b += p->a;
            return p->a * $K;
        """)
        self.leaf("$n_plain(&d->$n_part)")
        self.add("protos", "void $n_hear(u32 (*f)(struct $n_part *p));")
        self.kernel("""
            static u32 (*$n_f)(struct $n_part *p);

            void $n_hear(u32 (*f)(struct $n_part *p))
            {
                kernel_only();
                $n_f = f;
            }
        """)
        self.step("void $n_tell(struct obj *d, u32 x)", """
            kernel_only();
            d->$n_part.a += x;
            if ($n_f)
                report($T, $n_f(&d->$n_part));
        """)
        self.driver(f"""
            static u32 $n_got(struct $n_part *p)
            {{
                {whole}p->a += $R;
                $W
                report($T, $n_poke(p));
                return $n_plain(p) + $R;
            }}
        """)
        self.helper("void $n_start(void)", "$n_hear($n_got);", other=False)
        self.add("start", "$n_start();")


class lookup(Feature):
    """the kernel finds an object of the driver by number and hands it back, or a member of it"""

    def types(self):
        self.member("u32 $n_key, $n_hits;")
        self.scalar("$n_hits")

    def code(self):
        self.kernel("static struct obj *$n_all[4];\nstatic u32 $n_n;")
        self.export("void $n_add(struct obj *d)", """
            kernel_only();
            d->$n_key = 10 + $n_n;
            if ($n_n < 4)
                $n_all[$n_n++] = d;
        """, other=False)
        self.export("struct obj *$n_find(u32 key)", """
            kernel_only();
            for (u32 i = 0; i < $n_n; i++)
                if ($n_all[i]->$n_key == key) {
                    $n_all[i]->$n_hits++;
                    return $n_all[i];
                }
            return NULL;
        """, other=False)
        self.export("u32 *$n_hits(u32 key)", """
            kernel_only();
            struct obj *d = $n_find(key);
            return d ? &d->$n_hits : NULL;
        """, other=False)
        self.init("void $n_make(struct obj *d)", "$n_add(d);")
        last = self.some("""
            u32 *hits = $n_hits(10);
            if (hits)
                *hits += x + $K;
        """, "")
        self.turn("""
            struct obj *o = $n_find(10 + x);
            if (o == d)
                report($T, $K);
            if (o) {
                o->$n_hits += $R;
                o->a += $K;
            }
        """ + last + "return d->$n_hits + $R;")


class aliases(Feature):
    """two arguments of one type, that may be one object"""

    def types(self):
        self.member("u32 $n_v, $n_w;")
        self.scalar("$n_v")
        self.scalar("$n_w")

    def code(self):
        self.driver("static struct obj *$n_other;")
        self.init("void $n_make(struct obj *d)", """
            if (!$n_other)
                $n_other = d;
            d->$n_v = $K;
        """)
        self.export("u32 $n_move(struct obj *d, struct obj *to)", """
            $only
            to->$n_v += d->$n_w + $K;
            d->$n_w = to->$n_v + $R;
            to->b++;
            return d->$n_v;
        """)
        self.leaf("$n_move(d, d)")
        self.turn("""
            d->$n_w += x;
            u32 v = $n_move(d, $n_other);
            report($T, $n_other->$n_v);
            v += $n_move($n_other, d);
            return v + d->$n_w + $n_other->$n_w;
        """)


class batch(Feature):
    """an array of pointers to objects as argument, on the stack"""

    def types(self):
        self.member("u32 $n_v;")
        self.scalar("$n_v")

    def code(self):
        self.driver("static struct obj *$n_first;")
        self.init("void $n_make(struct obj *d)", """
            if (!$n_first)
                $n_first = d;
            d->$n_v = $K;
        """)
        self.export("u32 $n_all(struct obj **v, u32 n)", """
            $only
            u32 sum = 0;
            for (u32 i = 0; i < n; i++) {
                v[i]->$n_v = v[i]->$n_v * 3 + i;
                sum += v[i]->$n_v + v[i]->a;
            }
            return sum;
        """)
        self.turn("""
            struct obj *v[3] = {d, $n_first, d};
            d->$n_v += x + $R;
            u32 sum = $n_all(v, 3);
            report($T, $n_first->$n_v);
            return sum + d->$n_v;
        """)


class static_objects(Feature):
    """the objects are variables of the driver, the first of them initialised"""

    objects = "static"

    def code(self):
        pass


class kernel_objects(Feature):
    """the objects are allocated by the kernel, which sets some members"""

    objects = "kernel"

    def code(self):
        pass
