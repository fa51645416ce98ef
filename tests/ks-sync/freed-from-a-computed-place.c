// SPDX-License-Identifier: MIT
// Who frees memory at a distance from the object frees the object, also in a function that does
// nothing else the driver could know of. Who frees what the object points to does not.
// RUN: sh %inputs/leaves.sh %s %inputs/box_kernel.c | FileCheck %s
#include "box.h"

int init_module(void)
{
	struct box *box = make_box();

	box->flags |= 2;
	empty_box(box);
	if (box->flags)
		return 0;
	free_box(box);
	return -1;
}

// CHECK-LABEL: == empty_box
// CHECK-NEXT: root box touched{{( identity)?$}}
// CHECK-NEXT: box->flags in out{{$}}

// CHECK-LABEL: == free_box
// CHECK-NEXT: root box touched identity freed{{$}}
// CHECK-NEXT: box->flags in{{$}}
