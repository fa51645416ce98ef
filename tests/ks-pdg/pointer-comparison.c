// Comparing pointers is an access kind of its own; comparing with NULL is none.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK: access f: compare - at *arg0->s.other
// CHECK: access f: compare - at arg1
// CHECK-NOT: compare
struct s { struct s *other; };

int f(struct s *a, struct s *b) { return a->other == b || !a; }
