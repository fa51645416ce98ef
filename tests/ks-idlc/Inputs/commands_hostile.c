// SPDX-License-Identifier: MIT
/*
 * The kernel of commands.idl against a driver's end that sends rubbish, as shapes_hostile.c does. What a command
 * says an argument is, the kernel follows; a message that it has got may become something else while it does.
 */
#include "hostile.h"
#include "commands.h"

ENDS(commands);

u32 control(u32 command, void *data);
u32 control_number(unsigned long data, u8 what);
void set_handler(u32 (*handle)(void *data, u32 command));

static struct ks_message *sent; /* by the domain, the last one that the kernel has not answered */
static u32 (*handler)(void *data, u32 command);
static unsigned int depth;
static unsigned int followed, numbers, answered;
static struct small kernel_small;
static struct large kernel_large;

/* Where commands are, too: the first bytes are those of the numbers and of the slots of pointers. */
static void change(struct ks_message *message)
{
	unsigned int n = 1 + draw(3);

	while (n-- && message->size) {
		unsigned int at = draw(draw(2)		   ? message->size :
				       message->size < 160 ? message->size :
							     160);

		if (draw(2))
			message->data[at] = (u8)draw(draw(2) ? 256 : 8);
		else if (message->size >= 8)
			memcpy(message->data + at / 8 * 8,
			       message->data + draw(message->size) / 8 * 8, 8);
	}
}

static void corrupt(struct ks_message *message)
{
	if (!draw(rate))
		change(message);
	sent = message;
}

/* A small number is none that the kernel would follow. */
static void follow_kept(u8 *bytes)
{
	if (ks_is_address(bytes))
		followed += bytes[0]++ == 7;
	else
		numbers += bytes != NULL;
}

static void follow(u32 command, void *data)
{
	struct small *small = data;
	struct large *large = data;
	u8 *bytes = data;
	u32 i;

	if (command > CMD_NAMED) {
		numbers += data != NULL;
		return;
	}
	if (!data)
		return;
	switch (command) {
	case CMD_SMALL:
	case CMD_OBJECT:
		followed +=
			1 + (small->value++ == 7) + (small->reason && strlen(small->reason) == 7);
		break;
	case CMD_LARGE:
		for (i = 0; i < 8; i++)
			followed += large->values[i]++ == 7;
		break;
	case CMD_BYTES:
		for (i = 0; i < 24; i++)
			followed += bytes[i]++ == 7;
		break;
	case CMD_TEXT:
		followed += strlen(data) != 7;
		break;
	}
}

static void ask(void)
{
	u8 bytes[24] = { 3 };
	struct small small = { 5, draw(2) ? "the kernel's" : NULL };
	struct large large = { { 5, 6 } };
	const u32 command = draw(8);
	void *data[] = { &small,	&large,	      bytes, "a text of the kernel's",
			 &kernel_small, &kernel_large };
	void *what = command > CMD_NAMED ? (void *)0x4545454500000000ull :
		     draw(5)		 ? data[command] :
					   NULL;

	if (!handler || depth == 2)
		return;
	depth++;
	answered += handler(what, command) != (u32)-5;
	depth--;
	follow(command, what);
}

u32 control(u32 command, void *data)
{
	if (command == CMD_KEPT) {
		follow_kept(data);
		return command;
	}
	follow(command, data);
	ask();
	/* The kernel has looked at the command; what the message says by now is nothing to it. */
	if (sent && !draw(4) &&
	    (command == CMD_SMALL || command == CMD_LARGE || command == CMD_OBJECT))
		change(sent);
	follow(command, data);
	return command;
}

u32 control_number(unsigned long data, u8 what)
{
	if (what & 4) {
		numbers++;
		return 0;
	}
	follow(CMD_SMALL, (void *)data);
	return 1;
}

void set_handler(u32 (*handle)(void *data, u32 command))
{
	handler = handle;
}

static void ask_twice(void)
{
	ask();
	ask();
	handler = NULL;
}

static void forget(void)
{
	handler = NULL;
	sent = NULL;
}

int main(int argc, char **argv)
{
	live_through(argc, argv, &ends, ask_twice, forget);
	fprintf(stderr, "%u followed, %u numbers, %u answered\n", followed, numbers, answered);
	return followed == 0;
}
