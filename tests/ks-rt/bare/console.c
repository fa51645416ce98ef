// SPDX-License-Identifier: MIT
/* Text to Bochs' port 0xe9, and what a compiler expects of any surroundings. */
#include <stdarg.h>

#include "tests/ks-rt/bare/machine.h"

static void put_number(uint64_t number, unsigned base)
{
	char digits[24];
	unsigned count = 0;

	do
		digits[count++] = "0123456789abcdef"[number % base];
	while (number /= base);
	while (count)
		port_out(0xe9, digits[--count]);
}

void print(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	for (; *format; format++) {
		if (*format != '%') {
			port_out(0xe9, *format);
			continue;
		}
		switch (*++format) {
		case 's':
			for (const char *text = va_arg(arguments, const char *); *text; text++)
				port_out(0xe9, *text);
			break;
		case 'u':
			put_number(va_arg(arguments, uint64_t), 10);
			break;
		case 'x':
			port_out(0xe9, '0');
			port_out(0xe9, 'x');
			put_number(va_arg(arguments, uint64_t), 16);
			break;
		default:
			port_out(0xe9, *format);
		}
	}
	va_end(arguments);
}

/* Bochs ends when it reads this word at its port. */
void machine_off(void)
{
	for (const char *word = "Shutdown"; *word; word++)
		port_out(0x8900, *word);
	for (;;)
		asm volatile("cli; hlt");
}

void *memcpy(void *to, const void *from, size_t size)
{
	void *at = to;

	asm volatile("rep movsb" : "+D"(at), "+S"(from), "+c"(size) : : "memory");
	return to;
}

void *memset(void *to, int value, size_t size)
{
	void *at = to;

	asm volatile("rep stosb" : "+D"(at), "+c"(size) : "a"(value) : "memory");
	return to;
}

int memcmp(const void *left, const void *right, size_t size)
{
	const uint8_t *l = left, *r = right;

	for (; size; size--, l++, r++)
		if (*l != *r)
			return *l < *r ? -1 : 1;
	return 0;
}
