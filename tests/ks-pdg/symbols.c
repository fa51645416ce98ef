// Exports, which only the file's assembly shows, aliases and sections.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: function shown: function parameters (a) exported defined
// CHECK-DAG: function hidden: function parameters (a) defined
// CHECK-DAG: global visible: int size 4 exported
// CHECK-DAG: alias init_module of start
// CHECK-DAG: function start: function parameters () local address-taken defined
int visible;
void shown(int a) { (void)a; }
void hidden(int a) { (void)a; }
static int start(void) { return 0; }
int init_module(void) __attribute__((alias("start")));
asm("__ksymtab_shown:\n.long shown - .\n__export_symbol_visible:\n");
