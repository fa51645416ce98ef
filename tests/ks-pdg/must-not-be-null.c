// Which pointers a function follows without having asked for NULL: on some way through it.
// RUN: sh %inputs/facts.sh %s | grep '^function' > facts
// RUN: sh %inputs/facts.sh %s optimized | grep '^function' >> facts
// RUN: FileCheck %s < facts
// RUN: FileCheck --check-prefix=BEARS %s < facts
// CHECK-DAG: function follows: {{.*}} nonnull (0)
// CHECK-DAG: function writes_far_behind: {{.*}} nonnull (1)
// CHECK-DAG: function asks_too_late: {{.*}} nonnull (0)
// CHECK-DAG: function asks_for_another: {{.*}} nonnull (1)
// CHECK-DAG: function on_one_way_only: {{.*}} nonnull (0)
// CHECK-DAG: function passes_on: {{.*}} nonnull (0)
// CHECK-DAG: function locks: {{.*}} nonnull (0)
// CHECK-DAG: function copies: {{.*}} nonnull (0, 1)
// CHECK-DAG: function calls: {{.*}} nonnull (0)
// CHECK-DAG: function counts: {{.*}} nonnull (0)
// CHECK-DAG: function measures: {{.*}} nonnull (0)
// CHECK-DAG: function both: {{.*}} nonnull (0)
// BEARS-NOT: function bears_{{.*}} nonnull
#define unlikely(x) __builtin_expect(!!(x), 0)
typedef unsigned long size_t;
typedef struct { int value; } raw_spinlock_t;
struct s { int a, b[100]; raw_spinlock_t lock; struct s *next; };
void _raw_spin_lock(raw_spinlock_t *lock);
void *memcpy(void *to, const void *from, size_t n);
size_t strlen(const char *text);
char *kstrdup(const char *text, int flags);
void elsewhere(struct s *s);
int printf(const char *format, ...);

int follows(struct s *s) { return s->a; }
void writes_far_behind(int n, struct s *s) { s->b[n] = n; }
int asks_too_late(struct s *s) { int a = s->a; return s ? a : 0; }
int asks_for_another(struct s *s, struct s *other) { return s ? other->a : 0; }
int on_one_way_only(struct s *s, int flag) { return flag ? s->a : 0; }
static inline int get(struct s *s) { return s->a; }
int passes_on(struct s *s) { return get(s->next) + get(s); }
void locks(struct s *s) { _raw_spin_lock(&s->lock); }
void copies(void *to, void *from, size_t n) { memcpy(to, from, n); }
int calls(int (*function)(void)) { return function(); }
void counts(int *n) { asm volatile("incl %0" : "+m"(*n)); }
size_t measures(const char *text) { return strlen(text); }
int both(struct s *s, int flag) { return (s && flag) ? 1 : s->a; }

int bears_an_early_return(struct s *s) { if (unlikely(!s)) return -22; return s->a; }
int bears_a_condition(struct s *s, int flag) { return s && flag && s->a; }
int bears_a_comparison(void *data, struct s *s) { if (s == (void *)0 || data) return 0; return s->a; }
static inline _Bool usable(const struct s *s) { return s && s->a; }
int bears_what_a_helper_asks(struct s *s) { return usable(s) ? s->b[0] : 0; }
static inline _Bool is_error_or_null(const void *p) {
  return unlikely(!p) || unlikely((unsigned long)p >= (unsigned long)-4095);
}
int bears_error_or_null(struct s *s) { if (is_error_or_null(s)) return 0; return s->a; }
int bears_a_default(struct s *s, struct s *other) { if (!other) return 0; if (!s) s = other; return s->a; }
int bears_a_loop(struct s *s) { int n = 0; for (; s; s = s->next) n += s->a; return n; }
void bears_handing_on(struct s *s) { elsewhere(s); }
void bears_printing(char *text) { printf("%s", text); }
char *bears_copying(const char *text) { return kstrdup(text, 0); }
struct s *bears_an_address(struct s *s) { return s ? (struct s *)&s->b[2] : 0; }
