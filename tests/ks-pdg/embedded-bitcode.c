// An object file that embeds its bitcode gives the same rows and the same ancestor as the bitcode.
// RUN: clang -g -O2 -Xclang -fembed-bitcode=all -target x86_64-linux-gnu -c %s -o input.o
// RUN: llvm-objcopy --dump-section .llvmbc=input.bc input.o
// RUN: ks-pdg input.o -o a.pdg
// RUN: ks-pdg < input.bc > b.pdg
// RUN: cmp a.pdg b.pdg
// RUN: ks-pdg --dump=json a.pdg | jq -rnf %inputs/facts.jq | FileCheck %s
// RUN: head -n1 a.pdg | grep -aE '^ks pdg [0-9]+ [0-9a-f]{32} [0-9]+ bc=[0-9a-f]{32}$'
// CHECK: access f: write s.value at *arg0->s.value size 4
struct s { int other, value; };
void f(struct s *s) { s->value = 1; }
