// SPDX-License-Identifier: MIT
/*
 * Text that holds what a domain must not run is refused, wherever in it that
 * is. The list is not taken from the scan: it is what runs at CPL 0 in non-root
 * mode without an exit, and changes what the kernel or the gate rely on.
 */
#include "tests/ks-rt/bare/world.h"

#define PLACE 0xffffa00000000000ul
#define EXECUTABLE (KS_VISOR_READ | KS_VISOR_EXECUTE)

static const struct bytes {
	const char *name;
	uint8_t size;
	uint8_t byte[6];
} refused[] = {
	{ "vmfunc", 3, { 0x0f, 0x01, 0xd4 } },
	{ "swapgs", 3, { 0x0f, 0x01, 0xf8 } },
	{ "wrpkru", 3, { 0x0f, 0x01, 0xef } },
	{ "mwait", 3, { 0x0f, 0x01, 0xc9 } },
	{ "mov rax, cr0", 3, { 0x0f, 0x22, 0xc0 } },
	{ "mov rax, cr3", 3, { 0x0f, 0x22, 0xd8 } },
	{ "mov rdi, cr3", 3, { 0x0f, 0x22, 0xdf } },
	{ "mov rax, cr3 with another mod", 3, { 0x0f, 0x22, 0x18 } },
	{ "mov rax, cr4", 3, { 0x0f, 0x22, 0xe0 } },
	{ "mov rax, cr8", 4, { 0x44, 0x0f, 0x22, 0xc0 } },
	{ "mov r9, cr8", 4, { 0x45, 0x0f, 0x22, 0xc1 } },
	{ "mov eax, cr8 by lock", 4, { 0xf0, 0x0f, 0x22, 0xc0 } },
	{ "wrfsbase eax", 4, { 0xf3, 0x0f, 0xae, 0xd0 } },
	{ "wrfsbase rax", 5, { 0xf3, 0x48, 0x0f, 0xae, 0xd0 } },
	{ "wrgsbase ebx", 4, { 0xf3, 0x0f, 0xae, 0xdb } },
	{ "wrgsbase r15", 5, { 0xf3, 0x49, 0x0f, 0xae, 0xdf } },
	{ "xrstors [rdi]", 3, { 0x0f, 0xc7, 0x1f } },
	{ "xrstors64 [rdi]", 4, { 0x48, 0x0f, 0xc7, 0x1f } },
	{ "lkgs ax", 4, { 0xf2, 0x0f, 0x00, 0xf0 } },
	{ "lkgs r8w", 5, { 0xf2, 0x41, 0x0f, 0x00, 0xf0 } },
	{ "lkgs gs:[rbx] with prefixes", 6, { 0xf2, 0x66, 0x65, 0x0f, 0x00, 0x33 } },
}, accepted[] = {
	{ "lkgs without f2, as it may be in numbers", 5, { 0xf2, 0x90, 0x0f, 0x00, 0xf0 } },
	{ "verw [rax]", 5, { 0xf2, 0x48, 0x0f, 0x00, 0x28 } },
	{ "cmpxchg16b [rdi]", 4, { 0x48, 0x0f, 0xc7, 0x0f } },
	{ "xsaves [rdi]", 3, { 0x0f, 0xc7, 0x2f } },
	{ "rdrand eax", 3, { 0x0f, 0xc7, 0xf0 } },
	{ "xrstor [rdi]", 3, { 0x0f, 0xae, 0x2f } },
	{ "mov cr3, rax", 3, { 0x0f, 0x20, 0xd8 } },
	{ "rdfsbase eax", 4, { 0xf3, 0x0f, 0xae, 0xc0 } },
	{ "mfence", 3, { 0x0f, 0xae, 0xf0 } },
	{ "lfence", 3, { 0x0f, 0xae, 0xe8 } },
	{ "stac", 3, { 0x0f, 0x01, 0xcb } },
	{ "rdtscp", 3, { 0x0f, 0x01, 0xf9 } },
	{ "syscall", 2, { 0x0f, 0x05 } },
	{ "imul", 3, { 0x0f, 0xaf, 0xd0 } },
};

#define COUNT(array) (sizeof(array) / sizeof(array[0]))

static uint64_t text;

static int map_with(const struct bytes *bytes, unsigned offset, unsigned pages)
{
	uint8_t *at = virtual_of(text);
	int domain = ks_visor_create(), error;

	memset(at, 0x90, 2 * PAGE);
	memcpy(at + offset, bytes->byte, bytes->size);
	error = ks_visor_map(domain, PLACE, text, pages, EXECUTABLE);
	CHECK_EQUAL(ks_visor_destroy(domain), 0);
	return error;
}

/* Where the scan says that it was: at the 0F, before which there may be prefixes. */
static bool named(const struct bytes *bytes, unsigned offset)
{
	const char *name = NULL;
	uint64_t at = ks_visor_refused(&name);

	return CHECK(name && *name) && CHECK(at - (PLACE + offset) < bytes->size);
}

TEST(each_forbidden_instruction_is_refused)
{
	static const unsigned offsets[] = { 0, 1, 2, 3, 2047, PAGE - 6 };

	REQUIRE(visor_on());
	text = frame_allocate(2);
	for (unsigned i = 0; i < COUNT(refused); i++) {
		for (unsigned k = 0; k < COUNT(offsets); k++) {
			int error = map_with(&refused[i], offsets[k], 1);

			if (!CHECK_EQUAL(error, (uint64_t)-EKEYREJECTED) ||
			    !named(&refused[i], offsets[k])) {
				print("NOTE %s at %u\n", refused[i].name, (uint64_t)offsets[k]);
				return;
			}
		}
	}
}

TEST(at_the_very_end_of_a_page_too)
{
	REQUIRE(visor_on());
	text = frame_allocate(2);
	for (unsigned i = 0; i < COUNT(refused); i++)
		if (!CHECK_EQUAL(map_with(&refused[i], PAGE - refused[i].size, 1),
				 (uint64_t)-EKEYREJECTED))
			print("NOTE %s\n", refused[i].name);
}

TEST(at_every_offset_of_a_page)
{
	REQUIRE(visor_on());
	text = frame_allocate(2);
	for (unsigned offset = 0; offset + 3 <= PAGE; offset++)
		if (!CHECK_EQUAL(map_with(&refused[0], offset, 1), (uint64_t)-EKEYREJECTED))
			return;
}

TEST(across_pages_of_one_piece)
{
	REQUIRE(visor_on());
	text = frame_allocate(2);
	for (unsigned i = 0; i < COUNT(refused); i++)
		for (unsigned first = 1; first < refused[i].size; first++)
			CHECK_EQUAL(map_with(&refused[i], PAGE - first, 2),
				    (uint64_t)-EKEYREJECTED);
}

/* The frames are apart, the addresses are not; what comes second is refused, and is not there. */
static void check_pieces(const struct bytes *bytes, unsigned first, bool upper_first)
{
	uint8_t *end = (uint8_t *)virtual_of(text) + PAGE;
	int domain = ks_visor_create();
	uint64_t lower = text, upper = frame_allocate(1), clean = frame_allocate(1);
	uint64_t late = upper_first ? PLACE : PLACE + PAGE;

	memset(virtual_of(lower), 0x90, PAGE);
	memset(virtual_of(upper), 0x90, PAGE);
	memcpy(end - first, bytes->byte, first);
	memcpy(virtual_of(upper), bytes->byte + first, bytes->size - first);
	memset(virtual_of(clean), 0x90, PAGE);
	CHECK_EQUAL(ks_visor_map(domain, upper_first ? PLACE + PAGE : PLACE,
				 upper_first ? upper : lower, 1, EXECUTABLE), 0);
	CHECK_EQUAL(ks_visor_map(domain, late, upper_first ? lower : upper, 1, EXECUTABLE),
		    (uint64_t)-EKEYREJECTED);
	CHECK_EQUAL(ks_visor_map(domain, late, clean, 1, EXECUTABLE), 0);
	CHECK_EQUAL(ks_visor_destroy(domain), 0);
}

TEST(across_pieces_that_are_mapped_one_after_the_other)
{
	REQUIRE(visor_on());
	for (unsigned i = 0; i < COUNT(refused); i++) {
		unsigned first = 1;

		/* Prefixes alone are nothing, and what follows them is refused by itself. */
		while (refused[i].byte[first - 1] != 0x0f)
			first++;
		for (; first < refused[i].size; first++) {
			frames_reset();
			text = frame_allocate(1);
			check_pieces(&refused[i], first, false);
			check_pieces(&refused[i], first, true);
		}
	}
}

TEST(what_is_harmless_is_accepted)
{
	REQUIRE(visor_on());
	text = frame_allocate(2);
	for (unsigned i = 0; i < COUNT(accepted); i++)
		if (!CHECK_EQUAL(map_with(&accepted[i], 100, 1), 0))
			print("NOTE %s\n", accepted[i].name);
}

TEST(what_is_not_executed_is_not_scanned)
{
	int domain;

	REQUIRE(visor_on());
	text = frame_allocate(2);
	memcpy(virtual_of(text), refused[0].byte, 3);
	domain = ks_visor_create();
	CHECK_EQUAL(ks_visor_map(domain, PLACE, text, 1, KS_VISOR_READ), 0);
	CHECK_EQUAL(ks_visor_map(domain, PLACE + PAGE, text + PAGE, 1, KS_VISOR_READ), 0);
}

/* What the kernel and domains share holds one VMFUNC, and nothing else of the list. */
TEST(the_gate_holds_one_of_them)
{
	const uint8_t *gate = (const uint8_t *)ks_gate_page;

	for (unsigned i = 0; i < COUNT(refused); i++) {
		unsigned found = 0;

		for (unsigned at = 0; at + refused[i].size <= PAGE; at++)
			found += !memcmp(gate + at, refused[i].byte, refused[i].size);
		CHECK_EQUAL(found, i == 0);
	}
}
