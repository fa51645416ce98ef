// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Linked into each driver's module for a domain with memory of its own: offers
 * the module as an image when it is loaded, in the kernel. Everything else of the
 * module runs in domains only.
 */
#include <linux/module.h>

#include "ks-rt/inside/entry.h"

extern char ks_parameters[];
unsigned long ks_inside_start(struct ks_parcel *parcel);
unsigned long ks_inside_answer(struct ks_parcel *parcel);

/* Where the module's list of parameters points to: see ks_parameter_ops. */
char ks_parameters[KS_PARAMETERS_SIZE];

static struct ks_image ks_image = {
	.name = KS_DRIVER,
	.module = THIS_MODULE,
	.parameters = ks_parameters,
	.start = ks_inside_start,
	.answer = ks_inside_answer,
	.resume = ks_inside_resume,
};

static int __init ks_image_init(void)
{
	ks_image.data = ks_inside_data;
	ks_image.data_count = ks_inside_data_count;
	return ks_image_offer(&ks_image);
}

static void __exit ks_image_exit(void)
{
	ks_image_withdraw(&ks_image);
}

module_init(ks_image_init);
module_exit(ks_image_exit);
