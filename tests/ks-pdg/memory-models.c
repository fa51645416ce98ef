// Functions of the table of models touch what their arguments point to, as much as their lengths say.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access f: write info.driver at *arg0->info.driver size 32 (model)
// CHECK-DAG: access f: write info.address at *arg0->info.address length arg2
// CHECK-DAG: access f: read - at *arg1 length arg2
// CHECK-DAG: access f: read info.driver at *arg0->info.driver (model)
// CHECK-DAG: access g: write info.count at *arg0->info.count (model)
// CHECK-DAG: access g: read - at *arg1 length negative (model)
struct info { char driver[32]; unsigned char address[6]; int count; };
long strscpy(char *, const char *, unsigned long);
void *memcpy(void *, const void *, unsigned long);
unsigned long strlen(const char *);
int sscanf(const char *, const char *, ...);

int f(struct info *i, const void *from, unsigned n)
{
	strscpy(i->driver, "name", sizeof i->driver);
	memcpy(i->address, from, n);
	return strlen(i->driver);
}
void g(struct info *i, const char *text) { sscanf(text, "%d", &i->count); }
