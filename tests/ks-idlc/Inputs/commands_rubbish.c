// SPDX-License-Identifier: MIT
/* The driver of commands.idl as the hostile run has it: it passes and answers what it draws. */
#include "commands.h"

#include <stddef.h>

unsigned int draw(unsigned int below);

u32 ks_import_control(u32 command, void *data);
u32 ks_import_control_number(unsigned long data, u8 what);
void ks_import_set_handler(u32 (*handle)(void *data, u32 command));

int ks_driver_init(void);
u32 handle(void *data, u32 command);

struct small own_small __asm__("ks_own_own_small");
struct large own_large __asm__("ks_own_own_large");
u8 own_bytes[8] __asm__("ks_own_own_bytes");
static u32 sum;

u32 handle(void *data, u32 command)
{
	struct small *small = data;
	struct large *large = data;
	u8 *bytes = data;
	u32 i;

	if (command > CMD_NAMED || !data)
		return (u32)((unsigned long)data >> 32);
	switch (command) {
	case CMD_SMALL:
	case CMD_OBJECT:
		small->value += draw(9);
		if (draw(2))
			small->reason = draw(2) ? "the driver's reason" : "another one";
		break;
	case CMD_LARGE:
		large->values[draw(8)]++;
		break;
	case CMD_BYTES:
		for (i = 0; i < 24; i++)
			bytes[i]++;
		break;
	case CMD_TEXT:
		for (i = 0; bytes[i]; i++)
			sum++;
		break;
	}
	return command;
}

int ks_driver_init(void)
{
	struct small small = { 1, draw(2) ? "mine" : NULL };
	struct large large = { { 1, 2 } };
	u8 bytes[24] = { 7 };
	int i;

	ks_import_set_handler(draw(8) ? handle : NULL);
	for (i = 0; i < 8; i++) {
		const u32 command = draw(8);
		void *const data[] = { &small,	   &large,     bytes, "a text of the driver's",
				       &own_small, &own_large, own_bytes };

		ks_import_control(command, command > CMD_KEPT ? (void *)(0x4242424200000000ull + i) :
					   draw(5)	      ? data[command] :
								NULL);
		if (draw(2))
			ks_import_control_number((unsigned long)&small, (u8)(draw(64) << 3));
		else
			ks_import_control_number(0x4343434300000000ull, (u8)(draw(64) << 3 | 4));
	}
	return 0;
}
