// Without debug info the fields come from nowhere; the function says so.
// RUN: clang -O2 -emit-llvm -c %s -o input.bc
// RUN: ks-pdg -q input.bc | ks-pdg --dump=json | jq -rnf %inputs/facts.jq | FileCheck %s
// CHECK: unknown f: no_debug_info: function f has no debug info
int f(int *a) { return *a; }
