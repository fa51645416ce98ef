// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The transport `vmfunc`: the driver's end is in a domain with a view of memory
 * of its own, and a crossing is the gate's. A message crosses by a parcel in the
 * domain's memory, of which the kernel's end reads every word once.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/ratelimit.h>
#include <linux/slab.h>
#include <asm/fpu/api.h>
#include <asm/trapnr.h>

#include "ks-rt/end/end.h"
#include "ks-rt/linux/image.h"
#include "ks-rt/visor/visor.h"

struct ks_vmfunc_call {
	struct ks_gate gate;
	struct ks_end *end;
	struct ks_parcel *parcel;
};

/* All components in their first state; only the control words are read from here. */
static const struct {
	u8 legacy[512];
	u8 header[64];
	u8 rest[64];
} ks_fpu_clean __aligned(64) = {
	.legacy = { [0] = 0x7f, [1] = 0x03, [24] = 0x80, [25] = 0x1f },
};

/*
 * Before each entry: a process' registers that are still loaded are saved, and the domain finds none
 * of them. In an interrupt of kernel code that uses them there is no saving: see ks_vmfunc_cross().
 * Protection keys are not among what is saved; the gate keeps them.
 */
static void ks_fpu_close(struct ks_gate *gate)
{
	const u64 components = ~(u64)XFEATURE_MASK_PKRU;

	kernel_fpu_begin();
	asm volatile("xrstor64 %0"
		     :
		     : "m"(ks_fpu_clean), "a"((u32)components), "d"((u32)(components >> 32)));
	kernel_fpu_end();
}

static void ks_log_fault(struct ks_end *end, struct ks_view *view)
{
	struct ks_visor_fault fault = { 0 };
	char why[160];
	int length;

	if (ks_domain_stopped(end) || ks_visor_fault(view->index, &fault) || !fault.reason)
		return;
	if (fault.reason == KS_FAULT_EXCEPTION)
		length = scnprintf(why, sizeof(why), "exception %u", fault.vector);
	else
		length = scnprintf(why, sizeof(why), "%s", ks_visor_reason_text(fault.reason));
	if (fault.rip)
		length +=
			scnprintf(why + length, sizeof(why) - length, " at %pS", (void *)fault.rip);
	if (fault.reason == KS_FAULT_MEMORY || fault.vector == X86_TRAP_PF)
		scnprintf(why + length, sizeof(why) - length, ", address %#llx", fault.address);
	ks_domain_stop(end, why);
}

/* What the domain asks for in the middle of a crossing. */
static long ks_vmfunc_serve(struct ks_gate *gate, ks_u64 request)
{
	struct ks_vmfunc_call *call = container_of(gate, struct ks_vmfunc_call, gate);
	char text[256];
	u32 length;

	switch (request) {
	case KS_REQUEST_CROSSING:
		ks_parcel_answer(call->end, call->parcel);
		break;
	case KS_REQUEST_LOG:
		length = min_t(u32, ks_load(&call->parcel->size), sizeof(text) - 1);
		memcpy(text, call->parcel->data, length);
		text[length] = '\0';
		pr_info_ratelimited("%s: %*pEp\n", call->end->interface->name, (int)strlen(text),
				    text);
		break;
	default:
		ks_domain_stop(call->end, "request of an unknown kind");
	}
	return 0;
}

/* A warning is an undefined instruction that the kernel's own handler would go on behind. */
static void ks_vmfunc_trap(struct ks_gate *gate, struct ks_gate_saved *saved)
{
	struct ks_vmfunc_call *call = container_of(gate, struct ks_vmfunc_call, gate);
	struct ks_view *view = call->end->domain->link;

	if (ks_image_warns(view->image, saved->rip))
		saved->rip += LEN_UD2;
	else
		gate->trap = NULL;
}

/* Runs `entry` of the domain on a slot whose parcel has been filled. */
static int ks_vmfunc_enter(struct ks_end *end, struct ks_view *view, void *entry, char *slot,
			   unsigned long *result)
{
	struct ks_vmfunc_call call = {
		.gate = {
			.token = view->token,
			.index = view->index,
			.entry = (unsigned long)entry,
			.stack = (unsigned long)slot + KS_SLOT_PARCEL,
			.arguments = { (unsigned long)slot + KS_SLOT_PARCEL },
			.resume = (unsigned long)view->image->resume,
			.handler = ks_vmfunc_serve,
			.before = ks_fpu_close,
			.trap = ks_vmfunc_trap,
		},
		.end = end,
		.parcel = (struct ks_parcel *)(slot + KS_SLOT_PARCEL),
	};

	if (!irq_fpu_usable())
		return -EAGAIN;
	if (ks_gate_call(&call.gate)) {
		ks_log_fault(end, view);
		return -EIO;
	}
	*result = call.gate.result;
	return 0;
}

static int ks_vmfunc_cross(struct ks_end *end, ks_u32 crossing, struct ks_message *message)
{
	struct ks_view *view = end->domain->link;
	struct ks_parcel *parcel;
	unsigned long unused;
	char *slot;
	int error;

	if (ks_os_stack_low())
		return -ELOOP;
	slot = ks_view_slot_take(view);
	if (!slot)
		return -ENOBUFS;
	parcel = (struct ks_parcel *)(slot + KS_SLOT_PARCEL);
	ks_parcel_pack(end, parcel, crossing, 0, message);
	error = ks_vmfunc_enter(end, view, view->image->answer, slot, &unused);
	if (!error)
		error = ks_answered(end, message, ks_parcel_unpack(end, parcel, message));
	ks_view_slot_put(view, slot);
	return error;
}

static void ks_vmfunc_stop(struct ks_end *end)
{
	struct ks_view *view = end->domain->link;

	ks_visor_kill(view->index);
}

static const struct ks_transport ks_vmfunc_transport = {
	.cross = ks_vmfunc_cross,
	.stop = ks_vmfunc_stop,
};

/* Lets the domain set itself up; it must be of the same interface. */
static int ks_vmfunc_start(struct ks_end *end, struct ks_view *view)
{
	char *slot = ks_view_slot_take(view);
	struct ks_parcel *parcel = (struct ks_parcel *)(slot + KS_SLOT_PARCEL);
	unsigned long hash;
	int error;

	ks_view_describe(view, (struct ks_inside_start *)parcel->data);
	error = ks_vmfunc_enter(end, view, view->image->start, slot, &hash);
	ks_view_slot_put(view, slot);
	if (!error && !hash)
		error = -EINVAL;
	if (!error && hash != end->interface->hash)
		error = -ENOEXEC;
	return error;
}

struct ks_end *ks_domain_open(const struct ks_interface *kernel)
{
	struct ks_image *image = ks_image_open(kernel->name);
	struct ks_end *end;
	struct ks_view *view;
	int error;

	if (!image)
		return ERR_PTR(-ENOENT);
	view = ks_view_make(image);
	if (IS_ERR(view)) {
		ks_image_close(image);
		return ERR_CAST(view);
	}
	end = ks_far_open(kernel, &ks_vmfunc_transport, view);
	error = PTR_ERR_OR_ZERO(end);
	if (!error)
		error = ks_vmfunc_start(end, view);
	if (!error)
		return end;
	if (!IS_ERR(end))
		ks_far_close(end);
	ks_view_free(view);
	ks_image_close(image);
	return ERR_PTR(error);
}

void ks_domain_close(struct ks_end *kernel)
{
	struct ks_view *view = kernel->domain->link;

	ks_far_close(kernel);
	ks_image_close(view->image);
	ks_view_free(view);
}
