// A pointer that an inner loop moves on and the outer one takes up again is anywhere behind where it began, and the inner
// loop's bound says nothing of how far. What a known function does at each step is a step, too.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access nested: write - at *arg1[any] size 8 (instruction)
// CHECK-DAG: access names: write - at *arg1[any] size 32 (model)
// CHECK-DAG: access rows: write - at *arg1[any] size 8 (instruction)
// CHECK-DAG: access printed: write - at *arg1[any] size 32 length *arg0->values.n (model)
// CHECK-DAG: access once: write - at *arg1[any] size 8 length *arg0->values.n (instruction)
struct values { unsigned n; unsigned long v[9]; };
int snprintf(char *to, unsigned long n, const char *format, ...);
void nested(struct values *d, unsigned long *data) {
  for (unsigned q = 0; q < d->n; q++)
    for (int i = 0; i < 3; i++)
      *data++ = d->v[i];
}
void names(struct values *d, char *data) {
  for (unsigned q = 0; q < d->n; q++)
    for (int i = 0; i < 3; i++, data += 32)
      snprintf(data, 32, "%d", q);
}
void rows(struct values *d, unsigned long *data) {
  for (unsigned q = 0; q < d->n; q++, data += 3)
    for (int i = 0; i < 3; i++)
      data[i] = d->v[i];
}
void printed(struct values *d, char *data) {
  for (unsigned q = 0; q < d->n; q++, data += 32)
    snprintf(data, 32, "%d", q);
}
void once(struct values *d, unsigned long *data) {
  for (unsigned i = 0; i < d->n; i++)
    data[i] = d->v[i];
}
