// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Messages: bounds-checked reading and writing, and the pool of buffers of an
 * end. A buffer taken from the pool also marks its user as active, which keeps
 * what is dropped meanwhile from being freed under it.
 */
#include "ks-rt/end/end.h"

void ks_message_fail(struct ks_message *message, int error)
{
	if (!message->error)
		message->error = error;
}

int ks_message_bad(struct ks_message *message, const char *why)
{
	if (!message->error) {
		message->error = -EBADMSG;
		message->why = why;
	}
	return -EBADMSG;
}

void *ks_message_reserve(struct ks_message *message, size_t n)
{
	size_t from = ks_align(message->size, 8);

	if (message->error)
		return NULL;
	if (from > message->capacity || n > message->capacity - from) {
		ks_message_fail(message, -EMSGSIZE);
		return NULL;
	}
	memset(message->data + message->size, 0, from - message->size + n);
	message->size = (ks_u32)(from + n);
	return message->data + from;
}

void *ks_message_take_mutable(struct ks_message *message, size_t n)
{
	size_t from = ks_align(message->position, 8);

	if (message->error)
		return NULL;
	if (from > message->size || n > message->size - from) {
		ks_message_bad(message, "message too short");
		return NULL;
	}
	message->position = (ks_u32)(from + n);
	return message->data + from;
}

const void *ks_message_take(struct ks_message *message, size_t n)
{
	return ks_message_take_mutable(message, n);
}

void ks_message_rewind(struct ks_message *message)
{
	message->position = 0;
	KS_OUTER(message, struct ks_buffer, message)->claim_count = 0;
}

void ks_message_reset(struct ks_message *message)
{
	message->position = 0;
	message->size = 0;
}

void *ks_scratch(struct ks_message *message, size_t size)
{
	struct ks_buffer *buffer = KS_OUTER(message, struct ks_buffer, message);
	const size_t room = sizeof(buffer->scratch);
	size_t from = ks_align(buffer->scratch_used, 16);

	if (message->error)
		return NULL;
	/* What fills a page begins at one, where there is room: code of the kernel's asks for that. */
	if (size >= KS_PAGE_BYTES) {
		const size_t gap = -(size_t)(buffer->scratch + from) % KS_PAGE_BYTES;

		if (from + gap <= room && size <= room - from - gap)
			from += gap;
	}
	if (from > room || size > room - from) {
		ks_message_fail(message, -EMSGSIZE);
		return NULL;
	}
	buffer->scratch_used = (ks_u32)(from + size);
	memset(buffer->scratch + from, 0, size);
	return buffer->scratch + from;
}

/* What the arguments point to may change meanwhile; a text ends at its first NUL. */
ks_u32 ks_put_format(struct ks_message *message, const char *format, __builtin_va_list arguments)
{
	__builtin_va_list copy;
	ks_u32 count = 0;
	int length;
	char *text;

	if (!format || message->error)
		return 0;
	__builtin_va_copy(copy, arguments);
	length = ks_os_format(NULL, 0, format, copy);
	__builtin_va_end(copy);
	if (length < 0 || length >= KS_MESSAGE_SIZE)
		ks_message_fail(message, -EMSGSIZE);
	text = ks_message_reserve(message, (size_t)length + 1);
	if (!text)
		return 0;
	ks_os_format(text, (size_t)length + 1, format, arguments);
	while (text[count++])
		;
	message->size -= (ks_u32)length + 1 - count;
	return count + 1;
}

int ks_pool_init(struct ks_end *end)
{
	struct ks_pool *pool = &end->messages;
	ks_u32 i;

	pool->buffers = ks_os_alloc_large(KS_MESSAGES * sizeof(*pool->buffers));
	if (!pool->buffers)
		return -ENOMEM;
	for (i = 0; i < KS_MESSAGES; i++) {
		pool->buffers[i].next = pool->free;
		pool->free = &pool->buffers[i];
	}
	return 0;
}

void ks_pool_free(struct ks_end *end)
{
	ks_os_free_large(end->messages.buffers);
}

bool ks_pool_holds(const struct ks_end *end, const void *address)
{
	const struct ks_pool *pool = &end->messages;

	return (size_t)address - (size_t)pool->buffers < KS_MESSAGES * sizeof(*pool->buffers);
}

struct ks_message *ks_pool_take(struct ks_end *end)
{
	struct ks_pool *pool = &end->messages;
	struct ks_buffer *buffer;
	unsigned long state;

	state = ks_lock_acquire(&end->lock);
	buffer = pool->free;
	if (buffer) {
		pool->free = buffer->next;
		buffer->epoch = end->objects.epoch;
		pool->active[buffer->epoch]++;
	}
	ks_lock_release(&end->lock, state);
	if (!buffer)
		return NULL;
	buffer->scratch_used = 0;
	buffer->claim_count = 0;
	buffer->message = (struct ks_message){
		.data = buffer->data,
		.capacity = KS_MESSAGE_SIZE,
		.is_driver = end->is_driver,
	};
	return &buffer->message;
}

/* What the other end has dropped must be gone before glue looks for references to send. */
struct ks_message *ks_message_get(struct ks_end *end)
{
	struct ks_message *message;

	if (!ks_domain_enter(end))
		return NULL;
	if (end->domain->transport->listen)
		end->domain->transport->listen(end);
	message = ks_pool_take(end);
	ks_domain_leave(end);
	return message;
}

void ks_message_put(struct ks_end *end, struct ks_message *message)
{
	struct ks_buffer *buffer;
	struct ks_object *dead;
	unsigned long state;
	const char *function, *why;
	bool says;
	int error;

	if (!message)
		return;
	ks_turn_end(end, message);
	if (!end->is_driver && message->error == -EBADMSG)
		ks_domain_stop(end, message->why ? message->why : "bad message");
	buffer = KS_OUTER(message, struct ks_buffer, message);
	function = message->function ? message->function : "not named";
	state = ks_lock_acquire(&end->lock);
	error = message->error;
	why = message->why ? message->why : "";
	says = error && (end->is_driver || error != -EBADMSG) && !end->said_failed &&
	       !ks_load(&end->domain->stopped);
	end->said_failed |= says;
	end->messages.active[buffer->epoch]--;
	buffer->next = end->messages.free;
	end->messages.free = buffer;
	dead = ks_objects_reap(end);
	ks_lock_release(&end->lock, state);
	if (says && error == -EMSGSIZE)
		ks_os_log("%s: a call failed that does not fit into a message: %s",
			  end->interface->name, function);
	else if (says)
		ks_os_log("%s: a call failed with error %d: %s: %s", end->interface->name, error,
			  function, why);
	while (dead) {
		struct ks_object *next = dead->next;

		ks_object_free(dead);
		dead = next;
	}
}
