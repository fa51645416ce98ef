/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * The inside of an end: its objects and shadows, its message buffers, its half
 * of the pair. Not for generated code.
 *
 * An end's table of own objects gives each a slot and a generation, which is
 * the reference; its table of shadows is indexed by the other end's slot. One
 * hash finds either from (address, type), and one tree from an address inside of
 * it. All of it is under the end's lock, which is never held together with the
 * other end's.
 *
 * The files of this folder call each other in circles, since they are about one
 * thing, an object's life: a message names it, a drop ends it, what is held with
 * it is given back, and all of them end with the domain. The folder is the unit.
 */
#ifndef KS_END_H
#define KS_END_H

#include "ks-rt/end/spans.h"
#include "ks-rt/end/transport.h"
#include "ks-rt/os/os.h"

/* Of one end. Bytes are those of all records, shadows, twins and attachments not yet freed. */
#define KS_TEXTS_MAX 1024
#define KS_TABLES_MAX 1024
#define KS_OBJECTS_MAX 65536	      /* own objects; shadows, too */
#define KS_OBJECT_SIZE_MAX (1u << 20) /* of one shadow or attachment */
#define KS_BYTES_MAX (32u << 20)
#define KS_ROOM_ALIGN 64 /* behind what is behind a struct */
#define KS_EXTENT_MAX \
	(KS_MESSAGE_SIZE / 4) /* bytes of the kernel's that cross where only their block is known */
#define KS_LOCAL_MAX 1024 /* bytes that cross of a local of the driver's whose size nothing tells */
#define KS_MESSAGES 32
#define KS_SLOTS_PER_CHUNK 256
#define KS_HOLDINGS_MAX 65536
#define KS_FACES_MAX 4096	  /* of one object */
#define KS_NUMBER_BUCKETS 4096	  /* a power of two */
#define KS_NUMBER_NODES_MAX 65536 /* of fifteen numbers */
#define KS_CLAIMS_MAX 64	  /* of one message */
#define KS_PAGE_BYTES 4096u
/* Of the entries of the table of pages that every free by the kernel looks at (frees.c): of a quarter. */
#define KS_PAGES_BITS 15
#define KS_PAGES (1u << KS_PAGES_BITS)
#define KS_PAGES_MAX (KS_PAGES / 4)

/* What an object is taken for at a place that its own type says nothing about. */
struct ks_face {
	struct ks_face *next;
	ks_u64 serial; /* of its making */
	size_t extent; /* bytes that are known to be that, at most to the end of the object */
	size_t reach;  /* bytes that are its struct and the array at its end; 0 if none has come */
	ks_u32 offset;
	ks_u16 type;
	bool is_text;  /* of the kernel's: goes on to its end, wherever that is by now */
	bool was_sent; /* of what is looked at once */
};

#define KS_TO_THE_END (~(size_t)0)

/* A part of an object, in bytes from its start; none if both are 0. */
struct ks_range {
	ks_u32 from, to;
};

/* The per-CPU memory that shadows lie in, one of each processor. */
struct ks_percpu_body {
	void *start;  /* NULL: the kernel may hold it, or has freed it */
	ks_u32 users; /* shadows and holds */
	bool held;    /* an object that has a pointer to it keeps it; */
	bool loose;   /* somebody may have one whom nobody knows */
};

/* At the kernel's end: as long as an object is known that has had a pointer to per-CPU memory, that is there. */
struct ks_percpu_hold {
	struct ks_percpu_hold *next;
	struct ks_percpu_body *body;
};

struct ks_attachment {
	struct ks_attachment *next;
	struct ks_span span; /* of what was asked for last */
	ks_u32 offset;	     /* of the part that it belongs to */
	ks_u32 field;
	ks_u16 type; /* of the part */
	size_t capacity;
	ks_u8 data[] __attribute__((aligned(16)));
};

/* What is to be given back for the driver: undos[undo] with these words. */
struct ks_holding {
	struct ks_holding *newer, *older; /* of the same undo */
	struct ks_holding *next;	  /* of the same object, or spare */
	struct ks_object *object;	  /* or NULL */
	const void *thread;		  /* that made it */
	ks_u64 serial;
	ks_u32 undo;
	ks_u32 times; /* that it was noted, of a gift or a reference */
	ks_u32 open;  /* calls that offer it and have not returned */
	bool freed;   /* by the driver, which waits for those */
	ks_u64 words[KS_HOLD_WORDS];
};

struct ks_holdings {
	struct ks_holding **newest; /* by undo */
	struct ks_holding *spare;
	struct ks_holding *deferred; /* that `work` is to undo */
	struct ks_work work;
	ks_u64 serial; /* of the last one */
	ks_u32 count;
};

/*
 * An own object or a shadow. The twin follows it in the same allocation, and at the driver's end a
 * shadow's bytes do.
 */
struct ks_object {
	ks_ref ref;
	void *address;
	void *twin;
	size_t bytes;	 /* accounted for this object, attachments and faces included */
	size_t size;	 /* of the object, with what is known to lie behind it */
	size_t reach;	 /* bytes that are its type and the array at its end; 0 if none has come */
	size_t twinned;	 /* of the twin */
	void *more_twin; /* the twin, where it has outgrown that allocation; or NULL */
	size_t room; /* of a shadow: bytes from its start on that are there for the driver's code */
	struct ks_object *hash_next;
	struct ks_span span;
	struct ks_face *faces;
	ks_u64 serial; /* of its making */
	ks_u32 face_count;
	struct ks_object *next; /* in the list of drops or of the condemned */
	struct ks_object *next_on_stack;
	struct ks_attachment *attachments;
	struct ks_holding *holdings;	    /* that end with it */
	ks_u32 elements;		    /* of a variable of structs: their type, plus one */
	struct ks_object *lent, *next_lent; /* what is lent as long as this object is known */
	struct ks_object *holder;
	struct ks_range shown; /* of what is lent: what the driver may point into and has read; */
	struct ks_range given; /* what of that it may write to */
	void *body; /* bytes of a shadow at the kernel's end, which may free them; or NULL */
	struct ks_percpu_body *percpu_body; /* of a shadow in per-CPU memory; or NULL */
	struct ks_percpu_hold *percpu_holds;
	ks_u32 processor;   /* of what lies in per-CPU memory: whose, plus one */
	const void *ending; /* the thread that is about to free it, which alone finds it by address */
	ks_u16 type;
	bool own;
	bool fixed;	 /* a global: never dropped */
	bool on_stack;	 /* of the thread that made it: in that list */
	bool ends;	 /* a function of the kernel's is giving it back */
	bool done;	 /* this end's code has said that nobody uses it any more */
	bool given_back; /* by a function of the kernel's */
	bool freed;	 /* its memory was, at this end: the other one is told when it is dropped */
	bool queued;	 /* in the list of drops */
	bool retired;	 /* in the tree of the retired */
	bool plain;	 /* bytes in a shadow's room: nothing else is ever found in it */
	bool once;  /* lent, and never looked at again: it does not change, or may not be there */
	bool stays; /* lent, and never freed */
	bool entrusted; /* it may have come with references that nobody has counted */
};

struct ks_slot {
	struct ks_object *object;
	ks_u32 generation; /* of the object, or of the last one */
	ks_u32 next_free;  /* slot number plus one */
};

struct ks_table {
	struct ks_slot *chunks[KS_OBJECTS_MAX / KS_SLOTS_PER_CHUNK];
	ks_u32 limit; /* no slot from there on is in use */
	ks_u32 count;
};

struct ks_list {
	struct ks_object *first, *last;
};

/* What the other end has put in place of a string of a struct that is no object here. */
struct ks_text {
	struct ks_text *next;
	size_t size;
	char data[];
};

/* What a callee keeps of the other end's table at `at`: the newest of this `what`; those that it has outgrown stay. */
struct ks_kept {
	struct ks_kept *next;
	ks_u64 at;
	ks_u32 what;
	size_t capacity;
	size_t data[];
};

struct ks_objects {
	struct ks_table own;
	struct ks_table shadows;
	ks_u32 slots_used;	      /* slots that were ever given out */
	ks_u32 free_first, free_last; /* oldest first, so that generations last; slot plus one */
	struct ks_object **buckets;
	ks_u32 bucket_count; /* a power of two */
	ks_u32 hashed;
	struct ks_span *spans;
	struct ks_span *attached;
	struct ks_span *gone; /* at the driver's end: shadows that are dropped, and not yet freed */
	ks_u64 made;	      /* objects and faces so far */
	size_t bytes;	      /* of all objects not yet freed, and the lost ones */
	size_t lost;	      /* of shadows that the kernel has, or has freed unheard */
	struct ks_list drops; /* the other end has not heard of these yet */
	/*
	 * What was dropped while message buffers were in use: freed when all
	 * buffers that were then in use have been put back.
	 */
	struct ks_object *condemned[2];
	ks_u32 epoch;
	/*
	 * What was dropped at the kernel's end and the kernel may hold pointers into:
	 * shadows, also such as its functions were given back, and own objects with
	 * attachments. They stay until the kernel frees them or the domain is closed,
	 * and are here as soon as no reference finds them.
	 */
	struct ks_span *retired;
	ks_u32 retired_count;
	ks_u32 fixed_count;
	struct ks_object *on_stack; /* own objects on stacks of threads of this end */
	ks_u64 drop_count;
	struct ks_text *texts;
	ks_u32 text_count;
	struct ks_kept *kept; /* newest first */
	ks_u32 kept_count;
};

/* A place that the first pass has found good, of which the second will make an object or a face. */
struct ks_claim {
	ks_ref ref;
	ks_u32 offset;
	ks_u32 extent;
	ks_u16 type;
	bool is_face;
};

struct ks_buffer {
	struct ks_message message;
	struct ks_claim claims[KS_CLAIMS_MAX];
	ks_u32 claim_count;
	struct ks_buffer *next;
	ks_u32 epoch;
	ks_u32 scratch_used;
	ks_u8 data[KS_MESSAGE_SIZE] __attribute__((aligned(16)));
	ks_u8 scratch[KS_MESSAGE_SIZE] __attribute__((aligned(16)));
};

struct ks_pool {
	struct ks_buffer *buffers;
	struct ks_buffer *free;
	ks_u32 active[2]; /* buffers in use, by the epoch they were taken in */
};

struct ks_numbers_node;

struct ks_numbers {
	struct ks_numbers_node *buckets[KS_NUMBER_BUCKETS];
	ks_u32 nodes;
};

struct ks_domain;

struct ks_end {
	const struct ks_interface *interface;
	struct ks_domain *domain;
	bool is_driver;
	ks_lock lock; /* over objects and messages */
	struct {
		ks_lock lock; /* over twins, and what they are the twins of; taken before any other */
		ks_u64 given;
		ks_u64 applied;
	} turns;
	struct ks_objects objects;
	struct ks_pool messages;
	struct ks_holdings holdings;
	void (**given_out)(void);    /* kernel's end: by operation, what each handle stands for */
	struct ks_numbers numbers;   /* of the kernel's */
	struct ks_end *next_watched; /* of all that allocators may free something of */
	ks_u8 *held;		     /* bits: which types lie in which, a row for each outer one */
	bool keeps;		     /* there are twins at all */
	bool leaving;		     /* crossings are refused */
	bool said_failed;	     /* that a call did */
	bool said_cut;		     /* that not all of a block did */
	bool said_one;		     /* that one element did, where nothing is known of more */
	bool said_row;		     /* that elements crossed as copies */
	bool said_full;		     /* that there is no room for another shadow */
	bool said_no_handle;	     /* that there is none for another function of the kernel's */
	ks_u32 *pages; /* kernel's end: by entry, how many objects and shadows begin there */
	ks_u32 pages_used;
	ks_u64 calls;	/* crossings that this end started */
	ks_u64 answers; /* parcels that it answered: what a far end started */
};

struct ks_domain {
	struct ks_domain *next;
	const struct ks_transport *transport;
	void *link;	       /* the transport's own, for an end whose other end is far */
	ks_lock lock;	       /* over ends and active */
	struct ks_end *driver; /* NULL if gone, or far: in another address space */
	struct ks_end *kernel; /* likewise */
	ks_u32 active;	       /* crossings under way */
	bool is_far;
	bool stopped;
};

/* Whether this end's own pointer may lead to an object; of the kernel's, a look at its memory says more. */
static inline bool ks_leads_to_memory(const struct ks_end *end, const void *pointer)
{
	return ks_may_be_followed(pointer) && (end->is_driver || ks_os_is_memory(pointer));
}

/* The reference's parts. */
static inline bool ks_ref_is_drivers(ks_ref ref)
{
	return ref >> 63;
}

/* Type index plus one. */
static inline ks_u32 ks_ref_type(ks_ref ref)
{
	return (ref >> 48) & 0x7fff;
}

static inline ks_u32 ks_ref_generation(ks_ref ref)
{
	return (ref >> 24) & 0xffffff;
}

static inline ks_u32 ks_ref_slot(ks_ref ref)
{
	return ref & 0xffffff;
}

/* What a drop says of an object that was freed. */
static inline ks_ref ks_ref_freed(ks_ref ref)
{
	return ref & ~(0x7fffull << 48);
}

/* table.c: all but ks_table_prepare() and ks_hash_grow() under the end's lock */
bool ks_table_prepare(struct ks_end *end, struct ks_table *table, ks_u32 slot);
struct ks_slot *ks_table_slot(struct ks_table *table, ks_u32 slot);
void ks_table_free(struct ks_table *table);
struct ks_object *ks_hash_find(struct ks_objects *objects, const void *address, ks_u16 type);
void ks_hash_add(struct ks_end *end, struct ks_object *object);
void ks_hash_remove(struct ks_end *end, struct ks_object *object);
bool ks_hash_grow(struct ks_end *end);
ks_u32 ks_slot_choose(struct ks_objects *objects);
void ks_slot_take(struct ks_objects *objects, ks_u32 slot, struct ks_object *object);
void ks_slot_release(struct ks_objects *objects, ks_u32 slot);

/* parts.c: under the lock, as far as objects are concerned */
int ks_parts_init(struct ks_end *end);
void ks_parts_free(struct ks_end *end);
enum ks_fit {
	KS_FIT_NOT,
	KS_FIT_FACE, /* if it is noted as a face */
	KS_FIT
};
size_t ks_type_size(const struct ks_end *end, ks_u16 type);
size_t ks_type_room(const struct ks_end *end, ks_u16 type);
bool ks_type_has_extra(const struct ks_end *end, ks_u16 type);
size_t ks_type_extra(const struct ks_end *end, ks_u16 type, const void *address);
bool ks_type_holds(const struct ks_interface *interface, ks_u16 outer, ks_u16 inner, size_t offset);
/* Whether objects of the type have twins at this end. */
bool ks_type_keeps(const struct ks_end *end, ks_u16 type);
/* Whether the two may lie at these places of the same memory. */
bool ks_faces_agree(const struct ks_end *end, ks_u16 a, size_t at, ks_u16 b, size_t bt);
enum ks_fit ks_object_fit(const struct ks_end *end, const struct ks_object *object, ks_u16 type,
			  size_t offset);
/* Whether the type lies at the offset of an array of structs; `elements` is their type, plus one, or 0. */
bool ks_elements_hold(const struct ks_end *end, ks_u32 elements, ks_u16 type, size_t offset);
/* The object that this is or lies in; with `may_face` also where nothing is known to lie. */
struct ks_object *ks_object_around(struct ks_end *end, const void *address, ks_u16 type,
				   bool may_face, ks_u32 *offset);

/* attachments.c */
/* Nothing finds what is attached to it any more. Under the lock. */
void ks_attachments_unlink(struct ks_end *end, struct ks_object *object);
/* Of what is no attachment of an object. */
size_t ks_texts_end(struct ks_end *end);
size_t ks_kept_end(struct ks_end *end);
/* How many bytes there are from there to the end of what is attached to an object; 0 if it is not that. */
size_t ks_attached_bytes(struct ks_end *end, const void *address);

/* lent.c */
/* A block of the kernel's that the driver holds pointers into, or its shadow. */
static inline bool ks_object_is_lent(const struct ks_object *object)
{
	return object->type == KS_BLOCK && !(object->ref >> 63);
}
/* The object is not known any more, nor what was lent for it. Under the lock. */
void ks_lent_unlink(struct ks_end *end, struct ks_object *object);
/* Whether so many bytes of what the kernel has lent are there, at the driver's end. */
bool ks_lent_has(struct ks_end *end, const void *address, size_t size);
/* How bytes of the kernel's, or what is as good as opaque, fit into what is lent. Under the lock. */
enum ks_fit ks_lent_fit(const struct ks_end *end, const struct ks_object *object, ks_u16 type,
			size_t offset);
/* How many bytes there are from there to the end of what is shown. Under the lock. */
size_t ks_lent_room(const struct ks_object *object, ks_u32 offset);

/* drops.c */
/* Whether the address is in a shadow that has been dropped and not been freed yet. Under the lock. */
bool ks_shadow_is_gone(const struct ks_end *end, const void *address);
void ks_object_unlink(struct ks_end *end, struct ks_object *object);
void ks_object_queue_drop(struct ks_end *end, struct ks_object *object);
void ks_object_condemn(struct ks_end *end, struct ks_object *object);
/* The shadow's bytes are freed: nobody gives them back any more. Under the lock. */
void ks_object_lose_body(struct ks_object *object);
/* The kernel may hold or free the bytes: they are nothing of the object's any more; how many there are. */
size_t ks_object_leave_body(struct ks_object *object);
void ks_object_displace(struct ks_end *end, struct ks_object *object);
void ks_object_free(struct ks_object *object);
/* From now on the object has so many bytes. Under the lock. */
void ks_object_grow(struct ks_end *end, struct ks_object *object, size_t size);
/* Accounts for more bytes that the object needs, if there is room for them. Under the lock. */
bool ks_object_charge(struct ks_end *end, struct ks_object *object, size_t bytes);
struct ks_object *ks_objects_reap(struct ks_end *end);
/* Nobody can hold what the object was any more: it is freed, once the other end has heard. */
void ks_retired_end(struct ks_end *end, struct ks_object *object);
/* Takes it out of the tree, and nothing else. */
void ks_retired_remove(struct ks_end *end, struct ks_object *object);
void ks_drop_cancel(struct ks_end *end, ks_ref ref);
/* The other end has dropped `ref`. */
void ks_drop_apply(struct ks_end *end, ks_ref ref);
bool ks_drops_take(struct ks_end *end, ks_ref *ref);

/* frees.c */
/* From now on, and no more, allocators tell this end what they take back. */
void ks_frees_watch(struct ks_end *end);
void ks_frees_unwatch(struct ks_end *end);
int ks_frees_init(struct ks_end *end);
void ks_frees_free(struct ks_end *end);

/* numbers.c */
void ks_numbers_free(struct ks_end *end);
/* Something begins there, which memory that is freed may hold. Under the lock, as the next two. */
void ks_pages_add(struct ks_end *end, const void *address);
void ks_pages_remove(struct ks_end *end, const void *address);
/* Whether one thing more may begin there. */
bool ks_pages_room(const struct ks_end *end, const void *address);
/* The other end has dropped the object of a reference without a type, since its memory was freed. */
void ks_free_apply(struct ks_end *end, ks_ref ref);

/* objects.c */
struct ks_object *ks_object_of_ref(struct ks_end *end, ks_ref ref);
/* Sees to it that there is an own object at `address`; false without memory or room. */
bool ks_object_own(struct ks_end *end, const void *address, ks_u16 type, size_t size,
		   ks_u32 elements);
/* Links a face that has been found to fit; the caller keeps *made if there is no room. Under the lock. */
bool ks_face_add(struct ks_end *end, struct ks_object *object, ks_u32 offset, ks_u16 type,
		 size_t extent, struct ks_face **made);
/* The driver's memory at the kernel's end, of that many bytes: no place if it is none. */
struct ks_place ks_place_of_drivers(struct ks_end *end, const void *address, ks_u16 type,
				    size_t size);
/* Own objects on stacks, of all drivers' ends. */
extern ks_u32 ks_stack_objects;
/* Bytes from there on behind the struct of a shadow at the driver's end; 0 if the address does not lie there. */
size_t ks_room_bytes(struct ks_end *end, const void *address);
/* The block or variable of the driver's that the address lies in; NULL if none, and at the kernel's end. */
void *ks_memory_around(const struct ks_end *end, const void *address, size_t *size);
/* The same, and the type of what is side by side there, plus one; 0 if it is no variable of structs. */
void *ks_elements_around(const struct ks_end *end, const void *address, size_t *size,
			 ks_u32 *elements);
int ks_object_bind_global(struct ks_end *end, ks_u32 slot);
int ks_objects_init(struct ks_end *end);
void ks_objects_free(struct ks_end *end);

/*
 * The record of a shadow that is to be in per-CPU memory, of which it is a user; NULL without memory. In no table:
 * see below.
 */
struct ks_object *ks_shadow_at(struct ks_end *end, struct ks_place place,
			       struct ks_percpu_body *body, ks_u32 processor);
/*
 * Enters all of these, unless one of the references is known already: then none; false if there is no room. What
 * is left in `made` was not entered.
 */
bool ks_shadows_enter(struct ks_end *end, const struct ks_place *places, struct ks_object **made,
		      ks_u32 count);

/* percpu.c */
/* Gives the memory back with its last user. */
void ks_percpu_body_leave(struct ks_percpu_body *body);
/* Ends what the object keeps; `leave`: the kernel may go on to use it. How many bytes of each processor are left. */
size_t ks_percpu_holds_end(struct ks_object *object, bool leave);
/* Where per-CPU memory starts that has this address in the first processor's. */
void *ks_percpu_start(const void *address);

/* holdings.c */
int ks_holdings_init(struct ks_end *end);
void ks_holdings_free(struct ks_end *end);
/* Under the lock: the object is gone. */
void ks_object_let_go(struct ks_end *end, struct ks_object *object);
/*
 * Takes out what the driver may give back by freeing the object, under the lock; NULL if nothing, or if
 * that waits for the call that offers the object.
 */
/* Whether the driver has a reference to it that is counted. Under the lock. */
bool ks_object_is_referenced(struct ks_end *end, const struct ks_object *object);
struct ks_holding *ks_holding_take_given(struct ks_end *end, struct ks_object *object, bool *waits);
/* Does it soon, where one may sleep; with no lock held. */
void ks_holding_defer(struct ks_end *end, struct ks_holding *holding);
/* Undoes what this thread has locked since, and all that is left; with no lock held. */
ks_u64 ks_holdings_mark(struct ks_end *end);
void ks_undo_locks(struct ks_end *end, ks_u64 mark);
void ks_undo_all(struct ks_end *end);

/* function.c */
int ks_functions_init(struct ks_end *end);
void ks_functions_free(struct ks_end *end);

/* message.c */
int ks_pool_init(struct ks_end *end);
void ks_pool_free(struct ks_end *end);
struct ks_message *ks_pool_take(struct ks_end *end);
/* Whether the address lies in a message, or in scratch. */
bool ks_pool_holds(const struct ks_end *end, const void *address);

/* domain.c */
/* Keeps the domain active until ks_domain_leave(); false if there is nobody to call. */
bool ks_domain_enter(struct ks_end *end);
void ks_domain_leave(struct ks_end *end);
bool ks_interface_valid(const struct ks_interface *interface, bool is_driver);
struct ks_end *ks_end_make(const struct ks_interface *interface, struct ks_domain *domain);
/* Under ks_domains_mutex, as what follows: the list of all domains. */
extern ks_mutex ks_domains_mutex;
extern struct ks_domain *ks_domains;
struct ks_domain *ks_domain_make(const struct ks_transport *transport);
void ks_domain_unmake(struct ks_domain *domain);
/* Refuses crossings from now on, waits for those under way, and undoes what the driver still holds. */
void ks_end_retire(struct ks_end *end);
/* Takes an end out of its domain, waits until nothing uses it, and frees what is unused then. */
void ks_end_leave(struct ks_end *end);

/* call.c */
/* Whether the kernel's end logs each crossing, with its size or error. */
extern bool ks_log_crossings;
/* One copy of what has come, of a size that has been read once. -EBADMSG if it cannot be. */
int ks_message_fill(struct ks_message *message, const void *data, ks_u32 size);
/* Runs a crossing that has come in, its arguments in `message`; the reply, or the error. */
int ks_answer(struct ks_end *callee, ks_u32 crossing, struct ks_message *message);

/* steps.c: the kernel's end makes a step of the driver's, a crossing that every interface has. */
#define KS_CROSSING_STEP (~0u)
int ks_step_answer(struct ks_end *end, struct ks_message *message);

/* ---- turns.c ---- */

extern ks_u64 ks_turns_missed; /* messages that went ahead of an earlier one */

void ks_turns_init(struct ks_end *end);

/* What has been written is on its way: it gets its turn, and the next one may be written. */
void ks_turn_take(struct ks_message *message);

/* It was not sent, or not read. */
void ks_turn_leave(struct ks_message *message);

/* The end is done with the message, and nobody has to wait for its being read. */
void ks_turn_end(struct ks_end *end, struct ks_message *message);

#endif
