// What an inline function does with an argument that is constant only after inlining is decided before:
// it calls what the analysis has seen.
// RUN: clang -g -O2 -Xclang -disable-llvm-passes -target x86_64-linux-gnu -emit-llvm -c %s -o unit.bc
// RUN: printf 'take_any ks_import_take_any\ntake_small ks_import_take_small\n' > m.symbols
// RUN: touch m.globalize m.statics m.clones m.steps
// RUN: ks-link --glue=m unit.bc -o linked.bc
// RUN: clang -O2 -S -o - linked.bc | FileCheck %s
// RUN: clang -O2 -S -o - unit.bc | FileCheck %s --check-prefix=STRAIGHT
// CHECK-NOT: take_small
// CHECK: ks_import_take_any
// CHECK-NOT: take_small
// STRAIGHT: take_small
void *take_any(unsigned long size);
void *take_small(unsigned long size);
static inline __attribute__((always_inline)) void *take(unsigned long size)
{
	return __builtin_constant_p(size) && size < 64 ? take_small(size) : take_any(size);
}
void *f(void) { return take(8); }
