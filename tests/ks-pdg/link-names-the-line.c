// What of the kernel nothing stands for is refused, with the line that names it; nothing is written.
// RUN: clang -g -O2 -Xclang -disable-llvm-passes -target x86_64-linux-gnu -emit-llvm -c %s -o unit.bc
// RUN: echo 'known ks_import_known' > m.symbols && touch m.globalize m.statics m.clones m.steps
// RUN: not ks-link --glue=m unit.bc -o out.bc 2>error
// RUN: FileCheck %s <error
// RUN: test ! -e out.bc
// RUN: ks-link --glue=m --plan unit.bc | FileCheck %s --check-prefix=PLAN
// PLAN-DAG: replaced{{.}}known{{.}}ks_import_known{{.}}{{.*}}link-names-the-line.c:[[@LINE+6]]
// PLAN-DAG: refused{{.}}unknown{{[[:space:]]+}}the driver names it, and nothing stands for it, {{.*}}link-names-the-line.c:[[@LINE+7]]
void known(void);
void unknown(void);
void f(void)
{
	known();
	// CHECK: link-names-the-line.c:[[@LINE+1]]: error: unknown: the driver names it, and nothing stands for it
	unknown();
}
