/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * A driver's module as an image: what the kernel needs to know to run it in a
 * domain with memory of its own. The module's own copy is never run; each domain
 * is made from it afresh.
 */
#ifndef KS_INSIDE_IMAGE_H
#define KS_INSIDE_IMAGE_H

#include "ks-rt/transport/far.h"
#include "ks-rt/inside/data.h"

struct kernel_param_ops;
struct module;

/*
 * A slot is what one crossing has in the domain, aligned to its size: a page that is not there,
 * a stack, and the parcel.
 */
#define KS_SLOT_SIZE 65536ul
#define KS_SLOT_STACK 4096ul /* from here up to the parcel */
#define KS_SLOT_PARCEL 20480ul
_Static_assert(KS_SLOT_PARCEL + sizeof(struct ks_parcel) <= KS_SLOT_SIZE,
	       "a slot holds its parcel");

#define KS_PARAMETERS_SIZE 1024

/* What a domain is told when it starts, as data of its first parcel. */
struct ks_inside_start {
	ks_u64 heap;
	ks_u32 heap_pages;
	ks_u32 processors;
	ks_u64 percpu_offset;
	ks_u64 percpu_size;
	char parameters[KS_PARAMETERS_SIZE]; /* the module's: NAME or NAME=VALUE, a line each */
};

/* What a domain asks of the kernel when it leaves with KS_LEAVE_CALL. */
#define KS_REQUEST_CROSSING 0 /* the parcel holds a call */
#define KS_REQUEST_LOG 1      /* the parcel's data is a text of `size` bytes */

struct ks_image {
	struct ks_image *next; /* the kernel's */
	const char *name;      /* of the driver */
	struct module *module;
	const char *parameters;	     /* as it was loaded with */
	const struct ks_datum *data; /* variables to be filled, once */
	unsigned int data_count;
	bool open;
	/* In the domain: the first function returns the hash of its interface, 0 if it fails. */
	unsigned long (*start)(struct ks_parcel *parcel);
	unsigned long (*answer)(struct ks_parcel *parcel);
	char *resume;
};

/*
 * Stands in a module's list of parameters for the driver's own functions, which the kernel must not
 * call; the parameter's argument is KS_PARAMETERS_SIZE bytes, to which it adds a line.
 */
extern const struct kernel_param_ops ks_parameter_ops;

/* Called by the module when it is loaded and before it goes. -EEXIST, -EBUSY, -ENOEXEC */
int ks_image_offer(struct ks_image *image);
void ks_image_withdraw(struct ks_image *image);

#endif
