// SPDX-License-Identifier: Dual MIT/GPL
/* One conversion at a time: its flags are read into a spec, its text is put out padded. */
#include "ks-rt/inside/format.h"

struct ks_text {
	char *to;
	size_t size;
	size_t length; /* written, or left out for lack of room */
};

struct ks_spec {
	bool left, plus, space, alternate, zero, upper;
	int width;
	int precision;	    /* -1: none */
	unsigned int bytes; /* of an integer */
};

struct ks_va_format { /* the kernel's struct va_format */
	const char *fmt;
	va_list *va;
};

static void ks_put(struct ks_text *text, char c)
{
	if (text->length < text->size)
		text->to[text->length] = c;
	text->length++;
}

static void ks_pad(struct ks_text *text, int count, char c)
{
	while (count-- > 0)
		ks_put(text, c);
}

static void ks_put_text(struct ks_text *text, const struct ks_spec *spec, const char *from,
			size_t length)
{
	int rest = spec->width - (int)length;
	size_t i;

	if (!spec->left)
		ks_pad(text, rest, ' ');
	for (i = 0; i < length; i++)
		ks_put(text, from[i]);
	if (spec->left)
		ks_pad(text, rest, ' ');
}

static void ks_put_string(struct ks_text *text, const struct ks_spec *spec, const char *from)
{
	size_t length = 0;

	if (!from)
		from = "(null)";
	while ((spec->precision < 0 || length < (size_t)spec->precision) && from[length])
		length++;
	ks_put_text(text, spec, from, length);
}

/* The digits of a number, last one first. Returns how many. */
static int ks_digits(char *digits, ks_u64 value, unsigned int base, bool upper)
{
	const char *names = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	int count = 0;

	for (; value; value /= base)
		digits[count++] = names[value % base];
	return count;
}

static void ks_put_number(struct ks_text *text, const struct ks_spec *spec, ks_u64 value,
			  unsigned int base, char sign)
{
	char digits[24], prefix[3] = { 0 };
	int count = ks_digits(digits, value, base, spec->upper), zeros = 0, rest, i = 0;

	if (sign)
		prefix[i++] = sign;
	if (spec->alternate && base == 16 && value) {
		prefix[i++] = '0';
		prefix[i++] = spec->upper ? 'X' : 'x';
	}
	if (spec->precision >= 0)
		zeros = spec->precision - count;
	else if (!count)
		zeros = 1;
	if (spec->alternate && base == 8 && zeros < 1)
		zeros = 1;
	if (zeros < 0)
		zeros = 0;
	rest = spec->width - i - count - zeros;
	if (spec->zero && !spec->left && spec->precision < 0 && rest > 0) {
		zeros += rest;
		rest = 0;
	}
	if (!spec->left)
		ks_pad(text, rest, ' ');
	for (i = 0; i < 3 && prefix[i]; i++)
		ks_put(text, prefix[i]);
	ks_pad(text, zeros, '0');
	while (count)
		ks_put(text, digits[--count]);
	if (spec->left)
		ks_pad(text, rest, ' ');
}

static void ks_put_signed(struct ks_text *text, const struct ks_spec *spec, long long value)
{
	char sign = value < 0 ? '-' : spec->plus ? '+' : spec->space ? ' ' : 0;

	ks_put_number(text, spec, value < 0 ? 0 - (ks_u64)value : (ks_u64)value, 10, sign);
}

/* `count` bytes in hexadecimal or, with base 10, decimal, `separator` between them. */
static void ks_put_bytes(struct ks_text *text, const ks_u8 *bytes, int count, unsigned int base,
			 char separator)
{
	struct ks_spec spec = { .width = base == 16 ? 2 : 0, .zero = true, .precision = -1 };
	int i;

	for (i = 0; i < count; i++) {
		if (i && separator)
			ks_put(text, separator);
		ks_put_number(text, &spec, bytes[i], base, 0);
	}
}

static void ks_put_all(struct ks_text *text, const char *format, va_list arguments);

/* What follows %p; returns where the conversion ends. */
static const char *ks_put_pointer(struct ks_text *text, struct ks_spec *spec, const char *at,
				  const void *value)
{
	const struct ks_va_format *inner = value;
	va_list copy;

	if (*at == 'M' || *at == 'm') {
		ks_put_bytes(text, value, 6, 16, *at == 'M' ? ':' : 0);
	} else if (at[0] == 'I' && at[1] == '4') {
		ks_put_bytes(text, value, 4, 10, '.');
		return at + 2;
	} else if (*at == 'h') {
		ks_put_bytes(text, value, spec->width > 64 ? 64 : spec->width, 16, ' ');
	} else if (*at == 'V') {
		va_copy(copy, *inner->va);
		ks_put_all(text, inner->fmt, copy);
		va_end(copy);
	} else if (*at == 'e' && IS_ERR(value)) {
		ks_put_signed(text, spec, PTR_ERR(value));
	} else {
		spec->width = 16;
		spec->zero = true;
		ks_put_number(text, spec, (size_t)value, 16, 0);
	}
	while ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'))
		at++;
	return at;
}

static const char *ks_read_flags(struct ks_spec *spec, const char *at)
{
	for (;; at++) {
		if (*at == '-')
			spec->left = true;
		else if (*at == '+')
			spec->plus = true;
		else if (*at == ' ')
			spec->space = true;
		else if (*at == '#')
			spec->alternate = true;
		else if (*at == '0')
			spec->zero = true;
		else
			return at;
	}
}

static const char *ks_read_number(const char *at, int *value, int argument)
{
	if (*at == '*') {
		*value = argument;
		return at + 1;
	}
	for (*value = 0; *at >= '0' && *at <= '9'; at++)
		*value = *value < 100000 ? *value * 10 + *at - '0' : *value;
	return at;
}

static const char *ks_read_size(struct ks_spec *spec, const char *at)
{
	spec->bytes = sizeof(int);
	if (at[0] == 'h') {
		spec->bytes = at[1] == 'h' ? 1 : 2;
		return at + (at[1] == 'h' ? 2 : 1);
	}
	if (at[0] == 'l' || at[0] == 'z' || at[0] == 't' || at[0] == 'j' || at[0] == 'L') {
		spec->bytes = 8;
		return at + (at[0] == 'l' && at[1] == 'l' ? 2 : 1);
	}
	return at;
}

/* An integer argument cut to what the conversion says it is. */
static long long ks_signed(unsigned int bytes, long long value)
{
	return bytes == 1 ? (signed char)value :
	       bytes == 2 ? (short)value :
	       bytes == 4 ? (int)value :
			    value;
}

static ks_u64 ks_unsigned(unsigned int bytes, ks_u64 value)
{
	return bytes == 8 ? value : value & ((1ull << bytes * 8) - 1);
}

static void ks_put_all(struct ks_text *text, const char *at, va_list arguments)
{
	for (; *at; at++) {
		struct ks_spec spec = { .precision = -1 };
		ks_u64 value;

		if (*at != '%') {
			ks_put(text, *at);
			continue;
		}
		at = ks_read_flags(&spec, at + 1);
		at = ks_read_number(at, &spec.width, *at == '*' ? va_arg(arguments, int) : 0);
		if (spec.width < 0) {
			spec.left = true;
			spec.width = -spec.width;
		}
		if (*at == '.')
			at = ks_read_number(at + 1, &spec.precision,
					    at[1] == '*' ? va_arg(arguments, int) : 0);
		at = ks_read_size(&spec, at);
		switch (*at) {
		case 'd':
		case 'i':
		case 'u':
		case 'x':
		case 'X':
		case 'o':
			value = spec.bytes == 8 ? va_arg(arguments, ks_u64) :
						  va_arg(arguments, unsigned int);
			spec.upper = *at == 'X';
			if (*at == 'd' || *at == 'i')
				ks_put_signed(text, &spec, ks_signed(spec.bytes, (long long)value));
			else
				ks_put_number(text, &spec, ks_unsigned(spec.bytes, value),
					      *at == 'u' ? 10 :
					      *at == 'o' ? 8 :
							   16,
					      0);
			break;
		case 'c': {
			char c = (char)va_arg(arguments, int);

			ks_put_text(text, &spec, &c, 1);
			break;
		}
		case 's':
			ks_put_string(text, &spec, va_arg(arguments, const char *));
			break;
		case 'p':
			at = ks_put_pointer(text, &spec, at + 1, va_arg(arguments, void *)) - 1;
			break;
		case '%':
			ks_put(text, '%');
			break;
		default: /* not known: as it stands, and its argument is not touched */
			ks_put(text, '%');
			at--;
		}
	}
}

int ks_format(char *to, size_t size, const char *format, va_list arguments)
{
	struct ks_text text = { .to = to, .size = size };
	va_list copy;

	va_copy(copy, arguments);
	ks_put_all(&text, format, copy);
	va_end(copy);
	if (size)
		to[text.length < size ? text.length : size - 1] = '\0';
	return (int)text.length;
}
