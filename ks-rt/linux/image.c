// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Images and the domains made from them. All memory of a domain is allocated
 * here and mapped at the kernel's address for it, but for the image, a copy that
 * the domain sees where the module is, and per-CPU data, likewise.
 */
#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "ks-rt/linux/image.h"
#include "ks-rt/visor/visor.h"

static unsigned int heap_order = 10;
module_param(heap_order, uint, 0444);
MODULE_PARM_DESC(heap_order, "a domain's heap, 2^n pages (default 10: 4 MiB, which is the most)");

static DEFINE_MUTEX(ks_images_mutex);
static struct ks_image *ks_images;

static struct ks_image **ks_image_find(const char *name)
{
	struct ks_image **link = &ks_images;

	while (*link && strcmp((*link)->name, name))
		link = &(*link)->next;
	return link;
}

int ks_image_offer(struct ks_image *image)
{
	int error = ks_inside_fill(image->name, image->data, image->data_count);

	if (error)
		return error;
	mutex_lock(&ks_images_mutex);
	if (*ks_image_find(image->name)) {
		error = -EEXIST;
	} else {
		image->next = ks_images;
		ks_images = image;
	}
	mutex_unlock(&ks_images_mutex);
	return error;
}
EXPORT_SYMBOL_GPL(ks_image_offer);

/* The kernel's end holds the module while a domain of it is open, so it is not. */
void ks_image_withdraw(struct ks_image *image)
{
	mutex_lock(&ks_images_mutex);
	*ks_image_find(image->name) = image->next;
	mutex_unlock(&ks_images_mutex);
}
EXPORT_SYMBOL_GPL(ks_image_withdraw);

struct ks_image *ks_image_open(const char *name)
{
	struct ks_image *image;

	mutex_lock(&ks_images_mutex);
	image = *ks_image_find(name);
	if (image && (image->open || !try_module_get(image->module)))
		image = NULL;
	if (image)
		image->open = true;
	mutex_unlock(&ks_images_mutex);
	return image;
}

void ks_image_close(struct ks_image *image)
{
	mutex_lock(&ks_images_mutex);
	image->open = false;
	mutex_unlock(&ks_images_mutex);
	module_put(image->module);
}

/* ---- warnings ---- */

#ifdef CONFIG_GENERIC_BUG
static unsigned long ks_bug_address(const struct bug_entry *bug)
{
#ifdef CONFIG_GENERIC_BUG_RELATIVE_POINTERS
	return (unsigned long)&bug->bug_addr_disp + bug->bug_addr_disp;
#else
	return bug->bug_addr;
#endif
}

static void ks_warning_log(const struct ks_image *image, const struct bug_entry *bug)
{
	const char *file = NULL;
	unsigned int line = 0;

#ifdef CONFIG_DEBUG_BUGVERBOSE
	line = bug->line;
#ifdef CONFIG_GENERIC_BUG_RELATIVE_POINTERS
	file = (const char *)&bug->file_disp + bug->file_disp;
#else
	file = bug->file;
#endif
#endif
	if (file)
		pr_warn("ks_rt: %s: warning at %pS, %s:%u\n", image->name,
			(void *)ks_bug_address(bug), file, line);
	else
		pr_warn("ks_rt: %s: warning at %pS\n", image->name, (void *)ks_bug_address(bug));
}

/* As in the kernel: the table is the module's own, which no domain sees. */
bool ks_image_warns(struct ks_image *image, unsigned long address)
{
	struct bug_entry *bug = image->module->bug_table;
	unsigned int i;

	for (i = 0; i < image->module->num_bugs; i++, bug++) {
		if (ks_bug_address(bug) != address)
			continue;
		if (!(bug->flags & BUGFLAG_WARNING))
			return false;
		if (!(bug->flags & BUGFLAG_DONE))
			ks_warning_log(image, bug);
		bug->flags |= BUGFLAG_DONE;
		return true;
	}
	return false;
}
#else
bool ks_image_warns(struct ks_image *image, unsigned long address)
{
	return false;
}
#endif

/* ---- memory ---- */

static bool ks_region_make(struct ks_region *region, size_t size)
{
	region->memory = alloc_pages_exact(size, GFP_KERNEL | __GFP_ZERO | __GFP_NOWARN);
	region->size = region->memory ? size : 0;
	return region->memory != NULL;
}

static void ks_region_free(struct ks_region *region)
{
	if (region->memory)
		free_pages_exact(region->memory, region->size);
	region->memory = NULL;
}

/* Shows frames at the address where the domain expects them. */
static int ks_show(struct ks_view *view, const void *address, const void *frames, size_t size,
		   ks_u32 rights)
{
	const char *instruction;
	ks_u64 at;
	int error;

	if (!size)
		return 0;
	error = ks_visor_map(view->index, (ks_u64)address, virt_to_phys((void *)frames),
			     size / PAGE_SIZE, rights);
	if (error == -EKEYREJECTED) {
		at = ks_visor_refused(&instruction);
		pr_err("ks_rt: %s: refused for %s at %pS\n", view->image->name, instruction,
		       (void *)at);
	}
	return error;
}

/*
 * The module as it is now, its alternatives applied: text, then read-only data, then the rest. The
 * kernel's own record of the module lies in its data, and is none of the domain's business.
 */
static int ks_show_code(struct ks_view *view)
{
	const struct module_layout *layout = &view->image->module->core_layout;
	size_t text = layout->text_size, constant = layout->ro_size, all = PAGE_ALIGN(layout->size);
	char *base = layout->base, *copy;
	int error;

	if ((text | constant) & ~PAGE_MASK) {
		pr_err("ks_rt: %s: the kernel does not keep text and data of modules apart\n",
		       view->image->name);
		return -EOPNOTSUPP;
	}
	if (!ks_region_make(&view->code, all))
		return -ENOMEM;
	copy = view->code.memory;
	memcpy(copy, base, layout->size);
	memset(copy + ((char *)view->image->module - base), 0, sizeof(struct module));
	error = ks_show(view, base, copy, text, KS_VISOR_READ | KS_VISOR_EXECUTE);
	if (!error)
		error = ks_show(view, base + text, copy + text, constant - text, KS_VISOR_READ);
	if (!error)
		error = ks_show(view, base + constant, copy + constant, all - constant,
				KS_VISOR_READ | KS_VISOR_WRITE);
	return error;
}

static int ks_show_heap(struct ks_view *view)
{
	if (!ks_region_make(&view->heap, PAGE_SIZE << heap_order))
		return -ENOMEM;
	return ks_show(view, view->heap.memory, view->heap.memory, view->heap.size,
		       KS_VISOR_READ | KS_VISOR_WRITE);
}

/* The first page of a slot stays away: a stack that grows too far ends there. */
static int ks_show_slots(struct ks_view *view)
{
	unsigned int i;
	int error = 0;

	if (!ks_region_make(&view->slots, KS_SLOTS * KS_SLOT_SIZE))
		return -ENOMEM;
	for (i = 0; i < KS_SLOTS && !error; i++) {
		char *slot = (char *)view->slots.memory + i * KS_SLOT_SIZE + KS_SLOT_STACK;

		error = ks_show(view, slot, slot, KS_SLOT_SIZE - KS_SLOT_STACK,
				KS_VISOR_READ | KS_VISOR_WRITE);
	}
	return error;
}

/*
 * Per-CPU data of the module, and room for more, at the addresses that %gs-relative instructions
 * form, in frames of the domain's own. What else of the kernel's shares those pages stays away.
 */
static int ks_show_percpu(struct ks_view *view, unsigned int cpu)
{
	const struct module *module = view->image->module;
	char *from = module->percpu_size ? per_cpu_ptr(module->percpu, cpu) : NULL;
	char *first = (char *)((unsigned long)from & PAGE_MASK);
	size_t image = from ? PAGE_ALIGN(from + module->percpu_size - first) : 0;
	struct ks_region *region = &view->percpu[cpu];
	int error;

	if (!ks_region_make(region, image + KS_PERCPU_SIZE))
		return -ENOMEM;
	if (from)
		memcpy(region->memory + (from - first), from, module->percpu_size);
	error = ks_show(view, first, region->memory, image, KS_VISOR_READ | KS_VISOR_WRITE);
	if (!error)
		error = ks_show(view, per_cpu_ptr(view->dynamic, cpu), region->memory + image,
				KS_PERCPU_SIZE, KS_VISOR_READ | KS_VISOR_WRITE);
	return error;
}

static int ks_view_fill(struct ks_view *view)
{
	unsigned int cpu;
	int error;

	view->percpu = kcalloc(nr_cpu_ids, sizeof(*view->percpu), GFP_KERNEL);
	view->dynamic = __alloc_percpu(KS_PERCPU_SIZE, PAGE_SIZE);
	if (!view->percpu || !view->dynamic)
		return -ENOMEM;
	error = ks_show_code(view);
	if (!error)
		error = ks_show_heap(view);
	if (!error)
		error = ks_show_slots(view);
	for_each_possible_cpu (cpu)
		if (!error)
			error = ks_show_percpu(view, cpu);
	if (error)
		return error;
	do
		view->token = get_random_u64();
	while (!view->token);
	return ks_visor_seal(view->index, view->token);
}

struct ks_view *ks_view_make(struct ks_image *image)
{
	struct ks_view *view = kzalloc(sizeof(*view), GFP_KERNEL);
	int error;

	if (!view)
		return ERR_PTR(-ENOMEM);
	view->image = image;
	spin_lock_init(&view->lock);
	view->index = ks_visor_create();
	error = view->index < 0 ? view->index : ks_view_fill(view);
	if (!error)
		return view;
	pr_err("ks_rt: %s: no domain could be made: %d\n", image->name, error);
	ks_view_free(view);
	return ERR_PTR(error);
}

static void ks_flush(void *unused)
{
	ks_visor_flush();
}

void ks_view_free(struct ks_view *view)
{
	unsigned int cpu;

	if (view->index > 0)
		ks_visor_destroy(view->index);
	on_each_cpu(ks_flush, NULL, 1);
	ks_region_free(&view->code);
	ks_region_free(&view->heap);
	ks_region_free(&view->slots);
	if (view->percpu)
		for_each_possible_cpu (cpu)
			ks_region_free(&view->percpu[cpu]);
	kfree(view->percpu);
	free_percpu(view->dynamic);
	kfree(view);
}

static int ks_parameter_set(const char *value, const struct kernel_param *param)
{
	char *lines = param->arg;
	size_t length = strlen(lines), room = KS_PARAMETERS_SIZE - length;

	if (snprintf(lines + length, room, "%s%s%s\n", param->name, value ? "=" : "",
		     value ? value : "") < room)
		return 0;
	lines[length] = '\0';
	return -ENOSPC;
}

const struct kernel_param_ops ks_parameter_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = ks_parameter_set,
};
EXPORT_SYMBOL_GPL(ks_parameter_ops);

void ks_view_describe(const struct ks_view *view, struct ks_inside_start *start)
{
	memset(start, 0, sizeof(*start));
	start->heap = (ks_u64)view->heap.memory;
	start->heap_pages = view->heap.size / PAGE_SIZE;
	start->processors = nr_cpu_ids;
	start->percpu_offset = (ks_u64)(unsigned long)view->dynamic;
	start->percpu_size = KS_PERCPU_SIZE;
	strscpy(start->parameters, view->image->parameters, sizeof(start->parameters));
}

char *ks_view_slot_take(struct ks_view *view)
{
	unsigned long flags, slot;

	spin_lock_irqsave(&view->lock, flags);
	slot = ffz(view->used);
	if (slot < KS_SLOTS)
		view->used |= 1ul << slot;
	spin_unlock_irqrestore(&view->lock, flags);
	return slot < KS_SLOTS ? (char *)view->slots.memory + slot * KS_SLOT_SIZE : NULL;
}

void ks_view_slot_put(struct ks_view *view, char *slot)
{
	unsigned long flags;

	spin_lock_irqsave(&view->lock, flags);
	view->used &= ~(1ul << (slot - (char *)view->slots.memory) / KS_SLOT_SIZE);
	spin_unlock_irqrestore(&view->lock, flags);
}
