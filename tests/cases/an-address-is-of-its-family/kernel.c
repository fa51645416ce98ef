// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct socket the_socket;
// What a process has passed, and what it gets.
static u8 from_user[128], to_user[128];

static int move_address_to_kernel(const void *user, int length, struct address_storage *storage)
{
	if (length < 0 || length > (int)sizeof(*storage))
		return -22;
	if (length == 0)
		return 0;
	if (_copy_from_user(storage, user, length))
		return -14;
	return 0;
}

static int sys_bind(struct socket *sock, const void *user, int length)
{
	struct address_storage storage;
	int error = move_address_to_kernel(user, length, &storage);

	if (!error)
		error = sock->ops->bind(sock, (struct address *)&storage, length);
	return error;
}

static int sys_getname(struct socket *sock, void *user)
{
	struct address_storage storage;
	int length = sock->ops->getname(sock, (struct address *)&storage);

	if (length < 0)
		return length;
	memcpy(user, &storage, length);
	return length;
}

// For users in the kernel, whatever their family is.
int kernel_bind(struct socket *sock, struct address *address, int length)
{
	kernel_only();
	if (address->family == 0)
		return -97;
	return sock->ops->bind(sock, address, length);
}

int kernel_getname(struct socket *sock, struct address *address)
{
	kernel_only();
	return sock->ops->getname(sock, address);
}

int socket_register(const struct proto_ops *ops)
{
	kernel_only();
	the_socket.ops = ops;
	return 0;
}

int later(void)
{
	int i;

	for (i = 0; i < 24; i++)
		from_user[i] = i * 3 + 1;
	report(sys_bind(&the_socket, from_user, 4));
	report(sys_bind(&the_socket, from_user, 24));
	from_user[0] = 29;
	from_user[1] = 0;
	report(sys_bind(&the_socket, from_user, 24));
	report(sys_getname(&the_socket, to_user));
	for (i = 0; i < 24; i++)
		report(to_user[i]);
	return 0;
}
