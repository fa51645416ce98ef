/* SPDX-License-Identifier: MIT */
/* The machine under the tests: instructions, processors, exceptions, interrupts, memory. */
#ifndef BARE_MACHINE_H
#define BARE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/ks-rt/bare/layout.h"
#include "tests/ks-rt/bare/records.h"

#define PAGE 4096ul
#define VECTOR_TIMER 0x40
#define VECTOR_CALL 0x41 /* from the other processor */
#define VECTOR_SPURIOUS 0xff

#define MSR_APIC_BASE 0x1b
#define MSR_SYSENTER_EIP 0x176
#define MSR_EFER 0xc0000080
#define MSR_STAR 0xc0000081
#define MSR_LSTAR 0xc0000082
#define MSR_FS_BASE 0xc0000100
#define MSR_GS_BASE 0xc0000101
#define MSR_KERNEL_GS_BASE 0xc0000102

#define FLAG_CARRY 0x1ul
#define FLAG_TRAP 0x100ul
#define FLAG_INTERRUPTS 0x200ul
#define FLAG_DIRECTION 0x400ul
#define FLAG_NESTED 0x4000ul
#define FLAG_ALIGNMENT 0x40000ul

#define VECTOR_DE 0
#define VECTOR_UD 6
#define VECTOR_GP 13
#define VECTOR_PF 14

struct cpu {
	struct cpu *self; /* GS base points here */
	unsigned number;
	struct probe *probe;
	volatile uint64_t ticks; /* timer interrupts */
	volatile uint64_t calls; /* of VECTOR_CALL */
	volatile uint64_t nmis;
	volatile uint64_t nmis_astray; /* that found a stack which is not the kernel's */
	uint64_t gdt[9];
	uint32_t tss[26];
	uint8_t fault_stack[3][2 * PAGE] __attribute__((aligned(16)));
};

extern struct cpu cpus[PROCESSORS];
extern volatile uint32_t processors_started;

static inline struct cpu *this_cpu(void)
{
	struct cpu *cpu;

	asm volatile("movq %%gs:0, %0" : "=r"(cpu));
	return cpu;
}

static inline void port_out(uint16_t port, uint8_t value)
{
	asm volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline uint8_t port_in(uint16_t port)
{
	uint8_t value;

	asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static inline uint64_t msr_read(uint32_t msr)
{
	uint32_t low, high;

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
	return low | (uint64_t)high << 32;
}

static inline void msr_write(uint32_t msr, uint64_t value)
{
	asm volatile("wrmsr" : : "c"(msr), "a"((uint32_t)value), "d"((uint32_t)(value >> 32)) : "memory");
}

/* Bochs: one tick is one instruction. */
static inline uint64_t instructions(void)
{
	uint32_t low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return low | (uint64_t)high << 32;
}

static inline void interrupts_on(void) { asm volatile("sti" : : : "memory"); }
static inline void interrupts_off(void) { asm volatile("cli" : : : "memory"); }
static inline void relax(void) { asm volatile("pause" : : : "memory"); }

static inline uint64_t flags_read(void)
{
	uint64_t flags;

	asm volatile("pushfq\n\tpopq %0" : "=r"(flags));
	return flags;
}

static inline uint64_t root_read(void)
{
	uint64_t root;

	asm volatile("movq %%cr3, %0" : "=r"(root));
	return root;
}

static inline void root_write(uint64_t root)
{
	asm volatile("movq %0, %%cr3" : : "r"(root) : "memory");
}

static inline uint64_t priority_read(void)
{
	uint64_t priority;

	asm volatile("movq %%cr8, %0" : "=r"(priority));
	return priority;
}

static inline void priority_write(uint64_t priority)
{
	asm volatile("movq %0, %%cr8" : : "r"(priority) : "memory");
}

/* console.c: %s, %u (uint64_t), %x (uint64_t) */
void print(const char *format, ...);
__attribute__((noreturn)) void machine_off(void);

/* traps.c */
void processor_init(unsigned number);
int context_save(struct context *context) __attribute__((returns_twice));
__attribute__((noreturn)) void context_restore(struct context *context);
/* Runs f(argument); true if it caused no exception. */
bool probe(struct probe *probe, uint64_t (*f)(uint64_t), uint64_t argument);
extern char trap_stubs[];
/* Goes to user mode at USER_CODE, with the three words at `arguments` in %rdi, %rsi and flags. */
uint64_t user_run(uint64_t arguments);

/* apic.c */
void apic_init(void);
void apic_end_of_interrupt(void);
void timer_start(uint32_t period); /* in instructions, roughly */
void timer_stop(void);
void processor_start_next(void);
void nmi_to_self(void);
void nmi_to_other(void);
/* Has the other processor run f(argument) with interrupts off; and waits for the end of it. */
void other_start(void (*f)(void *), void *argument);
void other_wait(void);

/* frames.c */
void frames_reset(void);
uint64_t frame_allocate(unsigned count); /* zeroed, contiguous; its physical address */
extern uint64_t root_table[512];

static inline void *virtual_of(uint64_t physical) { return (void *)(physical + DIRECT_BASE); }
uint64_t physical_of(const void *address);

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *left, const void *right, size_t size);

#endif
