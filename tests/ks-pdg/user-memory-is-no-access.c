// What lies behind a pointer into user space belongs to neither side: to copy it is no access.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK: access plain: read - at *arg0 size 8
// CHECK-NEXT: access plain: write box.value at *arg1->box.value size 8
// CHECK-NEXT: access take: write box.value at *arg1->box.value size 8
struct box { unsigned long value; };

void take(const char __attribute__((btf_type_tag("user"))) *from, struct box *box)
{
	__builtin_memcpy(&box->value, (const void *)from, 8);
}

void plain(const char *from, struct box *box)
{
	__builtin_memcpy(&box->value, from, 8);
}
