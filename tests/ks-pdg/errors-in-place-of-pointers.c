// SPDX-License-Identifier: MIT
// Where a function bears what stands for an error in place of a pointer: it has found out before it follows it, or hands
// it on to who is not seen.
// RUN: sh %inputs/facts.sh %s > facts
// RUN: sh %inputs/facts.sh %s optimized >> facts
// RUN: FileCheck %s < facts
// RUN: FileCheck --check-prefix=NOT %s < facts
// CHECK-DAG: function checks: {{.*}} errors (0)
// CHECK-DAG: function checks_by_a_helper: {{.*}} errors (0)
// CHECK-DAG: function hands_on_to_one_that_checks: {{.*}} errors (1)
// CHECK-DAG: access reads_twice: read holder.s at *arg0->holder.s size 8 (instruction) error checked
// CHECK-DAG: access compares: read holder.s at *arg0->holder.s size 8 (instruction) error borne
// CHECK-DAG: access takes_a_default: read holder.s at *arg0->holder.s size 8 (instruction) error checked
// NOT-NOT: function follows{{.*}} errors
// NOT-NOT: access follows{{.*}} holder.s {{.*}} error
#define unlikely(x) __builtin_expect(!!(x), 0)
struct s { int a; };
struct holder { struct s *s, *other; int error; };
void elsewhere(struct s *s);

static inline _Bool is_error(const void *p) { return unlikely((unsigned long)p >= (unsigned long)-4095); }
static inline long error_of(const void *p) { return (long)p; }

int checks(struct s *s) { if ((unsigned long)s > (unsigned long)-4096) return -1; return s->a; }
long checks_by_a_helper(struct s *s) { return is_error(s) ? error_of(s) : s->a; }
int hands_on_to_one_that_checks(int n, struct s *s) { if (is_error(s)) return n; return checks(s); }
int reads_twice(struct holder *h) {
  if (!h->s) return 1;
  if (is_error(h->s)) { h->error = (int)error_of(h->s); return h->error; }
  return h->s->a;
}
int compares(struct holder *h) { return h->s != 0; }
int takes_a_default(struct holder *h, struct s *other) {
  struct s *s = is_error(h->s) ? other : h->s;
  return s->a;
}

int follows_unasked(struct s *s) { return s->a; }
int follows_if_an_error(struct s *s) { return is_error(s) ? s->a : 0; }
int follows_too_early(struct s *s) { int a = s->a; return is_error(s) ? 0 : a; }
int follows_what_is_null(struct s *s) { return s ? s->a : 0; }
int follows_one_error(struct s *s) { return (long)s == -22 ? 0 : s->a; }
int follows_less_than_that(struct s *s) { return (unsigned long)s >= (unsigned long)-1000 ? 0 : s->a; }
int follows_signed(struct s *s) { return (long)s >= -4095 ? 0 : s->a; }
void follows_elsewhere(struct s *s) { if (is_error(s)) elsewhere(s); }
int follows_another(struct holder *h) { if (is_error(h->other)) return 0; return h->s->a; }
int follows_a_merged_one(struct holder *h, struct s *other, int flag) {
  struct s *s = flag ? other : h->s;
  if (is_error(h->s) && !flag) return s->a;
  return 0;
}
void follows_what_it_stores(struct holder *h) { if (is_error(h->s)) h->other = h->s; }
struct s *follows_what_it_returns(struct holder *h) { return is_error(h->s) ? h->s : 0; }
