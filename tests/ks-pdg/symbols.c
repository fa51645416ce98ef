// Exports, which only the file's assembly shows, aliases and sections.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: function shown: function parameters (a) exported defined
// CHECK-DAG: function hidden: function parameters (a) defined
// CHECK-DAG: global visible: int size 4 exported
// CHECK-DAG: function old: function parameters (a) exported address-taken defined
// CHECK-DAG: alias init_module of start
// CHECK-DAG: function start: function parameters () local address-taken defined
int visible;
void shown(int a) { (void)a; }
void hidden(int a) { (void)a; }
static int start(void) { return 0; }
int init_module(void) __attribute__((alias("start")));
void old(int a) { (void)a; }
// As before 4.19, and for 32 bits.
static const struct symbol { void *address; const char *name; } __ksymtab_old __attribute__((used)) = {(void *)old, "old"};
asm("__ksymtab_shown:\n.long shown - .\n__export_symbol_visible:\n");
