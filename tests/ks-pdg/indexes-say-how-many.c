// How many elements there are is said by an index that is made of one number, and by steps larger than an element.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access picked: read - at *arg0[any] size 4 length arg1
// CHECK-DAG: access last: read - at *arg0[any] size 4 length arg1
// CHECK-DAG: access words: read - at *arg0[any] size 4 length arg1 quotient
// CHECK-DAG: access turned: read - at *arg0[any] size 4 length arg2
// CHECK-DAG: access both: read - at *arg0[any] size 4 length arg1
// CHECK-DAG: access wide: read - at *arg0[any] size 4 length arg1
// CHECK-NOT: access few: {{.*}} length
int picked(const int *a, unsigned i) { return a[i]; }
int last(const int *a, unsigned n) { return a[n - 1]; }
int words(const unsigned *a, unsigned bit) { return a[bit / 32] >> bit % 32 & 1; }
int turned(const int *a, unsigned at, unsigned n) { return a[at % n]; }
int both(const int *a, unsigned m, unsigned n) {
  int sum = 0;
  for (unsigned i = 0; i < m + n; i++) sum += a[i];
  return sum;
}
int wide(const unsigned char *a, unsigned n) {
  int sum = 0;
  for (unsigned i = 0; i < n; i++) sum += ((const int *)a)[i];
  return sum;
}
int few(const int *a, unsigned i) { return i < 4 ? a[i] : 0; }
