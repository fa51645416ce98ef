// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kevent events[2];

struct kevent *kevent_get(int fd)
{
	kernel_only();
	events[fd].wait.head.next = events[fd].wait.head.prev = &events[fd].wait.head;
	return &events[fd];
}

void kwait_add(struct kwait_head *head, struct kwait_entry *entry)
{
	kernel_only();
	spin_lock(&head->lock);
	entry->entry.next = &head->head;
	entry->entry.prev = head->head.prev;
	head->head.prev->next = &entry->entry;
	head->head.prev = &entry->entry;
	spin_unlock(&head->lock);
}

int kevent_signal(struct kevent *event, u32 n)
{
	struct kevent_key key = {event->count + n};
	struct list_head *at, *next;
	kernel_only();
	spin_lock(&event->wait.lock);
	for (at = event->wait.head.next; at != &event->wait.head; at = next) {
		struct kwait_entry *entry = container_of(at, struct kwait_entry, entry);
		next = at->next;
		if (entry->wake(entry, &key) == 2)
			break;
	}
	event->count = key.events;
	spin_unlock(&event->wait.lock);
	return key.taken;
}

int later(void)
{
	int taken = kevent_signal(&events[1], 9);
	kernel_only();
	return kevent_signal(&events[1], 4) * 1000 + taken;
}
