/* SPDX-License-Identifier: Dual MIT/GPL */
/* Domains with memory of their own, made from images: what the transport needs of them. */
#ifndef KS_IMAGE_H
#define KS_IMAGE_H

#include "ks-rt/inside/image.h"

#define KS_SLOTS 32u
#define KS_PERCPU_SIZE 16384ul

/* Frames that are the domain's, as they were allocated. */
struct ks_region {
	void *memory;
	size_t size;
};

struct ks_view {
	struct ks_image *image;
	int index; /* of the visor's domain */
	ks_u64 token;
	struct ks_region code, heap, slots;
	struct ks_region *percpu; /* the frames of each processor's share */
	void __percpu *dynamic;	  /* addresses for what the domain allocates per CPU */
	spinlock_t lock;	  /* over used */
	unsigned long used;	  /* slots */
};

struct ks_image *ks_image_open(const char *name); /* NULL if there is none, or it is open */
void ks_image_close(struct ks_image *image);

/*
 * Whether the undefined instruction at `address` is one of the image's warnings (and not a BUG), of which the
 * log is told once. Any context but NMI.
 */
bool ks_image_warns(struct ks_image *image, unsigned long address);

/* A domain made from the image, sealed, not yet run. ERR_PTR on failure, with a line in the log. */
struct ks_view *ks_view_make(struct ks_image *image);
/* Nobody may be in it. */
void ks_view_free(struct ks_view *view);

/* What the domain is told, into its first parcel. */
void ks_view_describe(const struct ks_view *view, struct ks_inside_start *start);

/* A slot of the domain, as its address; NULL if all are in use. */
char *ks_view_slot_take(struct ks_view *view);
void ks_view_slot_put(struct ks_view *view, char *slot);

#endif
