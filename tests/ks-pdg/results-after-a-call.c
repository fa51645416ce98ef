// What a function returns on all ways on from a call, as far as constants say it.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: call checked: direct refuse {{.*}} then nonzero
// CHECK-DAG: call checked: direct accept {{.*}} then zero
// CHECK-DAG: call either: direct refuse {{.*}} then any
// CHECK-DAG: call again: direct refuse {{.*}} then any
// CHECK-DAG: call computed: direct refuse {{.*}} then any
// CHECK-DAG: call nothing: direct refuse {{.*}} then any
// CHECK-DAG: call earlier: direct refuse {{.*}} then any
void refuse(int *p);
void accept(int *p);
int code(void);

int checked(int *p)
{
	if (*p > 3)
		goto bad;
	if (*p > 2) {
		refuse(p);
		return -22;
	}
	accept(p);
	return 0;
bad:
	refuse(p);
	return 1;
}

int either(int *p, int c)
{
	refuse(p);
	return c ? -1 : 0;
}

int again(int *p)
{
	int i;

	for (i = 0; i < *p; i++) {
		if (i == 7) {
			refuse(p);
			continue;
		}
		if (i == 9)
			return -1;
	}
	return 0;
}

int earlier(int *p)
{
	int result = 0;

	for (;;) {
		refuse(p);
		if (code())
			return result;
		result = 1;
	}
}

int computed(int *p)
{
	refuse(p);
	return code();
}

void nothing(int *p)
{
	refuse(p);
}
