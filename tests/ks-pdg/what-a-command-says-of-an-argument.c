// What a run knows of other arguments where it uses what an untyped one leads to, or hands it on.
// RUN: sh %inputs/facts.sh %s | FileCheck %s
// CHECK-DAG: access serve: read a.x at *arg1->a.x size 4 (instruction) while arg0 & 4294967295 is 1 or 2{{$}}
// CHECK-DAG: access serve: read b.y at *arg1->b.y size 8 (instruction) while arg0 & 4294967295 is 3{{$}}
// CHECK-DAG: access serve: write - at *arg1 size 4 (instruction) while arg0 & 4294967295 is 4{{$}}
// CHECK-DAG: call serve: direct take via - (0: arg0, 1: arg1 while arg0 & 4294967295 is not 1 or 2 or 3 or 4)
// CHECK-DAG: access chain: read a.x at *arg2->a.x size 4 (instruction) while arg1 & {{[0-9]+}} is 7{{$}}
// CHECK-DAG: access chain: read b.y at *arg2->b.y size 8 (instruction) while arg1 & {{[0-9]+}} is 9{{$}}
// CHECK-DAG: access bits: read a.x at *arg1->a.x size 4 (instruction) while arg0 & 255 is 3{{$}}
// CHECK-DAG: access typed: read a.x at *arg1->a.x size 4 (instruction){{$}}
// CHECK-DAG: access either: read a.z at *arg1->a.z size 4 (instruction) while arg0 & 4294967295 is 5 or 6{{$}}
// CHECK-DAG: access falls: read a.z at *arg1->a.z size 4 (instruction) while arg0 & 4294967295 is 1 or 2{{$}}
// CHECK-DAG: access copied: read {{.*}}a.x at *arg1->a.x size 4 (instruction) while arg0 & 4294967295 is 1{{$}}
// CHECK-DAG: access keep: write - at kept size 8 = arg1 {{.*}}(instruction) while arg0 & 4294967295 is 8{{$}}
struct a { unsigned x, z; };
struct b { unsigned long y; };
void take(int command, void *data);

// The number in the last case is one, whatever struct a variable of the function could have there.
unsigned long serve(int command, void *data)
{
	struct a *a = data;
	struct b *b = data;

	switch (command) {
	case 1:
	case 2:
		return a->x;
	case 3:
		return b->y;
	case 4:
		*(unsigned *)data = 5;
		return 0;
	}
	take(command, data);
	return 1;
}

unsigned long chain(void *self, unsigned long event, void *data)
{
	if (event == 7)
		return ((struct a *)data)->x;
	else if (event == 9)
		return ((struct b *)data)->y;
	return 0;
}

unsigned bits(unsigned command, void *data) { return (command & 0xff) == 3 ? ((struct a *)data)->x : 0; }

unsigned typed(int command, struct a *a) { return command == 3 ? a->x : 0; }

// What is taken apart is the struct that a variable says.
unsigned copied(int command, void *data)
{
	struct a *a = data, copy;

	if (command != 1)
		return 0;
	copy = *a;
	return copy.x + copy.z;
}

// Two values on two ways to one place, by an or, and by a case that falls into the next.
unsigned either(unsigned command, void *data)
{
	if (command == 5 || command == 6)
		return ((struct a *)data)->z;
	return 0;
}

unsigned falls(unsigned command, void *data)
{
	unsigned sum = 0;

	switch (command) {
	case 1:
		take(1, &sum);
		__attribute__((fallthrough));
	case 2:
		return sum + ((struct a *)data)->z;
	}
	return 0;
}

// Also where the pointer itself is kept.
struct a *kept;

void keep(int command, void *data)
{
	if (command == 8)
		kept = data;
}
