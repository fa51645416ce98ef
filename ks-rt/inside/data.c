// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Linked into each driver's module: the variables of the domain library, which
 * driver code reads by name. They are the domain's own, filled when the module
 * offers its domain. Module parameters are set by the domain's own code too.
 */
#include <linux/cpumask.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <asm/processor.h>

#include "ks-rt/inside/data.h"

struct cpumask ks_lib___cpu_online_mask;
struct cpumask ks_lib___cpu_possible_mask;
struct cpumask ks_lib___cpu_present_mask;
atomic_t ks_lib___num_online_cpus;
unsigned long ks_lib___per_cpu_offset[NR_CPUS];
unsigned char ks_lib__ctype[256];
unsigned char ks_lib_byte_rev_table[256];
unsigned long ks_lib_cpu_bit_bitmap[BITS_PER_LONG + 1][BITS_TO_LONGS(NR_CPUS)];
char ks_lib_hex_asc[16];
char ks_lib_hex_asc_upper[16];
struct kmem_cache *ks_lib_kmalloc_caches[NR_KMALLOC_TYPES][KMALLOC_SHIFT_HIGH + 1];
void *ks_lib_mem_section;
unsigned int ks_lib_nr_cpu_ids;
unsigned long ks_lib_page_offset_base;
unsigned long ks_lib_phys_base;
unsigned long ks_lib_vmalloc_base;
unsigned long ks_lib_vmemmap_base;
DEFINE_PER_CPU(unsigned long, ks_lib_this_cpu_off);
DEFINE_PER_CPU(int, ks_lib_cpu_number);
#ifdef CONFIG_SMP
DEFINE_PER_CPU(struct cpuinfo_x86, ks_lib_cpu_info);
#endif

#define DATUM(variable) { #variable, &ks_lib_##variable, sizeof(ks_lib_##variable), false }
#define DATUM_PER_CPU(variable) \
	{ #variable, (void __force *)&ks_lib_##variable, sizeof(ks_lib_##variable), true }

/* clang-format off */
const struct ks_datum ks_inside_data[] = {
	DATUM(__cpu_online_mask),
	DATUM(__cpu_possible_mask),
	DATUM(__cpu_present_mask),
	DATUM(__num_online_cpus),
	DATUM(__per_cpu_offset),
	DATUM(_ctype),
#ifdef CONFIG_BITREVERSE
	DATUM(byte_rev_table),
#endif
	DATUM(cpu_bit_bitmap),
	DATUM(hex_asc),
	DATUM(hex_asc_upper),
	DATUM(kmalloc_caches),
	DATUM(mem_section),
	DATUM(nr_cpu_ids),
#ifdef CONFIG_DYNAMIC_MEMORY_LAYOUT
	DATUM(page_offset_base),
	DATUM(vmalloc_base),
	DATUM(vmemmap_base),
#endif
	DATUM(phys_base),
	DATUM_PER_CPU(this_cpu_off),
	DATUM_PER_CPU(cpu_number),
#ifdef CONFIG_SMP
	DATUM_PER_CPU(cpu_info),
#endif
};
/* clang-format on */

const unsigned int ks_inside_data_count = ARRAY_SIZE(ks_inside_data);

struct ks_end *ks_domain_offer(const struct ks_interface *driver)
{
	return ks_domain_offer_data(driver, ks_inside_data, ks_inside_data_count);
}

/* What the numbers are parsed and printed with; all from the domain library. */
int ks_lib_kstrtoll(const char *s, unsigned int base, long long *res);
int ks_lib_kstrtoull(const char *s, unsigned int base, unsigned long long *res);
int ks_lib_kstrtobool(const char *s, bool *res);
int ks_lib_scnprintf(char *buf, size_t size, const char *fmt, ...);
char *ks_lib_kstrdup(const char *s, gfp_t gfp);
size_t ks_lib_strlen(const char *s);
void *ks_lib_memcpy(void *to, const void *from, size_t n);

#define PARAM_NUMBER(name, type, wide, parse, format)                                         \
	static int ks_param_set_##name(const char *value, const struct kernel_param *param)   \
	{                                                                                     \
		wide number;                                                                  \
		int error = parse(value, 0, &number);                                         \
                                                                                              \
		if (error)                                                                    \
			return error;                                                         \
		if (number != (type)number)                                                   \
			return -ERANGE;                                                       \
		*(type *)param->arg = (type)number;                                           \
		return 0;                                                                     \
	}                                                                                     \
	static int ks_param_get_##name(char *buffer, const struct kernel_param *param)        \
	{                                                                                     \
		return ks_lib_scnprintf(buffer, PAGE_SIZE, format "\n", *(type *)param->arg); \
	}                                                                                     \
	const struct kernel_param_ops ks_lib_param_ops_##name = {                             \
		.set = ks_param_set_##name,                                                   \
		.get = ks_param_get_##name,                                                   \
	}

PARAM_NUMBER(byte, unsigned char, unsigned long long, ks_lib_kstrtoull, "%hhu");
PARAM_NUMBER(short, short, long long, ks_lib_kstrtoll, "%hd");
PARAM_NUMBER(ushort, unsigned short, unsigned long long, ks_lib_kstrtoull, "%hu");
PARAM_NUMBER(int, int, long long, ks_lib_kstrtoll, "%d");
PARAM_NUMBER(uint, unsigned int, unsigned long long, ks_lib_kstrtoull, "%u");
PARAM_NUMBER(hexint, unsigned int, unsigned long long, ks_lib_kstrtoull, "%#08x");
PARAM_NUMBER(long, long, long long, ks_lib_kstrtoll, "%ld");
PARAM_NUMBER(ulong, unsigned long, unsigned long long, ks_lib_kstrtoull, "%lu");
PARAM_NUMBER(ullong, unsigned long long, unsigned long long, ks_lib_kstrtoull, "%llu");

static int ks_param_set_bool(const char *value, const struct kernel_param *param)
{
	return ks_lib_kstrtobool(value ? value : "1", param->arg);
}

static int ks_param_get_bool(char *buffer, const struct kernel_param *param)
{
	return ks_lib_scnprintf(buffer, PAGE_SIZE, "%c\n", *(bool *)param->arg ? 'Y' : 'N');
}

const struct kernel_param_ops ks_lib_param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = ks_param_set_bool,
	.get = ks_param_get_bool,
};

/* Once true, it stays. */
static int ks_param_set_bool_enable_only(const char *value, const struct kernel_param *param)
{
	bool given;
	int error = ks_lib_kstrtobool(value ? value : "1", &given);

	if (!error && !given && *(bool *)param->arg)
		return -EROFS;
	if (!error)
		*(bool *)param->arg = given;
	return error;
}

const struct kernel_param_ops ks_lib_param_ops_bool_enable_only = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = ks_param_set_bool_enable_only,
	.get = ks_param_get_bool,
};

static int ks_param_set_invbool(const char *value, const struct kernel_param *param)
{
	bool inverse;
	int error = ks_lib_kstrtobool(value, &inverse);

	if (!error)
		*(bool *)param->arg = !inverse;
	return error;
}

static int ks_param_get_invbool(char *buffer, const struct kernel_param *param)
{
	return ks_lib_scnprintf(buffer, PAGE_SIZE, "%c\n", *(bool *)param->arg ? 'N' : 'Y');
}

const struct kernel_param_ops ks_lib_param_ops_invbool = {
	.set = ks_param_set_invbool,
	.get = ks_param_get_invbool,
};

static int ks_param_set_bint(const char *value, const struct kernel_param *param)
{
	bool given;
	int error = ks_lib_kstrtobool(value ? value : "1", &given);

	if (!error)
		*(int *)param->arg = given;
	return error;
}

const struct kernel_param_ops ks_lib_param_ops_bint = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = ks_param_set_bint,
	.get = ks_param_get_int,
};

/* The copy is never freed: the driver may hold the old one. */
static int ks_param_set_charp(const char *value, const struct kernel_param *param)
{
	char *copy = ks_lib_kstrdup(value, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	*(char **)param->arg = copy;
	return 0;
}

static int ks_param_get_charp(char *buffer, const struct kernel_param *param)
{
	return ks_lib_scnprintf(buffer, PAGE_SIZE, "%s\n", *(char **)param->arg);
}

const struct kernel_param_ops ks_lib_param_ops_charp = {
	.set = ks_param_set_charp,
	.get = ks_param_get_charp,
};

static int ks_param_set_string(const char *value, const struct kernel_param *param)
{
	size_t bytes = ks_lib_strlen(value) + 1;

	if (bytes > param->str->maxlen)
		return -ENOSPC;
	ks_lib_memcpy(param->str->string, value, bytes);
	return 0;
}

static int ks_param_get_string(char *buffer, const struct kernel_param *param)
{
	return ks_lib_scnprintf(buffer, PAGE_SIZE, "%s\n", param->str->string);
}

const struct kernel_param_ops ks_lib_param_ops_string = {
	.set = ks_param_set_string,
	.get = ks_param_get_string,
};

/* Elements between commas. The value is writable: the kernel's parser hands over its own copy. */
static int ks_param_set_array(const char *value, const struct kernel_param *param)
{
	const struct kparam_array *array = param->arr;
	struct kernel_param element = *param;
	char *at = (char *)value;
	unsigned int count = 0;
	int error = 0;

	while (at && !error) {
		char *end = at;

		if (count == array->max)
			return -EINVAL;
		while (*end && *end != ',' && *end != '\n')
			end++;
		element.arg = (char *)array->elem + array->elemsize * count++;
		error = *end == ',' ? 1 : 0;
		*end = '\0';
		value = at;
		at = error ? end + 1 : NULL;
		error = array->ops->set(value, &element);
	}
	if (array->num)
		*array->num = count;
	return error;
}

const struct kernel_param_ops ks_lib_param_array_ops = {
	.set = ks_param_set_array,
};
