// SPDX-License-Identifier: MIT
/*
 * Descriptor tables, exceptions and interrupts. An exception fails the test
 * that is running, unless a probe expects one.
 */
#include "tests/ks-rt/bare/machine.h"
#include "tests/ks-rt/bare/test.h"

#define STUB_SIZE 16 /* of entry.S */
#define VECTORS 256
#define VECTOR_NMI 2
#define VECTOR_DOUBLE 8

struct gate {
	uint16_t low;
	uint16_t selector;
	uint8_t stack; /* of the TSS; 0: the one in use */
	uint8_t type;
	uint16_t middle;
	uint32_t high;
	uint32_t zero;
};

struct __attribute__((packed)) table_register {
	uint16_t limit;
	uint64_t base;
};

struct cpu cpus[PROCESSORS];
struct gate gates[VECTORS] __attribute__((aligned(4096)));
extern struct gate gates[VECTORS];
extern char probe_caught[];
void probe_run(uint64_t (*f)(uint64_t), uint64_t argument, struct probe *probe);
void trap_taken(struct trap *trap);

static void gates_init(void)
{
	for (unsigned vector = 0; vector < VECTORS; vector++) {
		uint64_t stub = (uint64_t)trap_stubs + vector * STUB_SIZE;

		gates[vector] = (struct gate){ .low = stub, .selector = SELECTOR_CODE, .type = 0x8e,
					       .middle = stub >> 16, .high = stub >> 32 };
	}
	gates[VECTOR_DOUBLE].stack = 1;
	gates[VECTOR_NMI].stack = 2;
}

static void put_stack(struct cpu *cpu, unsigned number)
{
	uint64_t top = (uint64_t)(cpu->fault_stack[number - 1] + sizeof(cpu->fault_stack[0]));

	cpu->tss[9 + 2 * (number - 1)] = top;
	cpu->tss[10 + 2 * (number - 1)] = top >> 32;
}

void processor_init(unsigned number)
{
	struct cpu *cpu = &cpus[number];
	uint64_t tss = (uint64_t)cpu->tss;
	struct table_register gdt = { sizeof(cpu->gdt) - 1, (uint64_t)cpu->gdt };
	struct table_register idt = { sizeof(gates) - 1, (uint64_t)gates };

	if (number == 0)
		gates_init();
	cpu->self = cpu;
	cpu->number = number;
	put_stack(cpu, 1);
	put_stack(cpu, 2);
	/* Where user mode's exceptions begin: in the place of the stack of ring 0. */
	put_stack(cpu, 3);
	cpu->tss[1] = cpu->tss[13];
	cpu->tss[2] = cpu->tss[14];
	cpu->tss[25] = sizeof(cpu->tss) << 16; /* no port bitmap */
	cpu->gdt[SELECTOR_CODE / 8] = 0x00af9b000000ffff;
	cpu->gdt[SELECTOR_DATA / 8] = 0x00cf93000000ffff;
	cpu->gdt[SELECTOR_OTHER / 8] = 0x00cf93000000ffff;
	cpu->gdt[SELECTOR_USER_DATA / 8] = 0x00cff3000000ffff;
	cpu->gdt[SELECTOR_USER_CODE / 8] = 0x00affb000000ffff;
	cpu->gdt[SELECTOR_TSS / 8] = (sizeof(cpu->tss) - 1) | (tss & 0xffffff) << 16 | 0x89ul << 40 |
				     (tss >> 24 & 0xff) << 56;
	cpu->gdt[SELECTOR_TSS / 8 + 1] = tss >> 32;
	asm volatile("lgdt %0; lidt %1" : : "m"(gdt), "m"(idt));
	asm volatile("ltr %w0" : : "r"(SELECTOR_TSS));
	msr_write(MSR_GS_BASE, (uint64_t)cpu);
}

bool probe(struct probe *probe, uint64_t (*f)(uint64_t), uint64_t argument)
{
	struct cpu *cpu = this_cpu();

	*probe = (struct probe){ 0 };
	cpu->probe = probe;
	probe_run(f, argument, probe);
	cpu->probe = NULL;
	return !probe->caught;
}

/* A crossing that came back with another GS base must not take the report with it. */
static struct cpu *trap_cpu(struct trap *trap)
{
	uint64_t base = msr_read(MSR_GS_BASE);

	for (unsigned number = 0; number < PROCESSORS; number++)
		if (base == (uint64_t)&cpus[number])
			return &cpus[number];
	msr_write(MSR_GS_BASE, (uint64_t)&cpus[0]);
	print("NOTE GS base was %x at vector %u, %x\n", base, trap->vector, trap->rip);
	return &cpus[0];
}

static void exception(struct cpu *cpu, struct trap *trap)
{
	struct probe *probe = cpu->probe;
	uint64_t address;

	asm volatile("movq %%cr2, %0" : "=r"(address));
	if (!probe || !probe->rsp)
		test_abort(trap, address);
	probe->caught = true;
	probe->vector = trap->vector;
	probe->error = trap->error;
	probe->rip = trap->rip;
	probe->address = address;
	trap->rip = (uint64_t)probe_caught;
	trap->flags &= ~FLAG_TRAP;
	/* It may have been user mode that did it. */
	trap->cs = SELECTOR_CODE;
	trap->ss = SELECTOR_DATA;
	trap->rsp = probe->rsp;
}

void trap_taken(struct trap *trap)
{
	struct cpu *cpu = trap_cpu(trap);

	if (trap->vector == VECTOR_NMI) {
		cpu->nmis++;
		cpu->nmis_astray += trap->rsp < IMAGE_BASE;
		return;
	}
	if (trap->vector < 32) {
		exception(cpu, trap);
		return;
	}
	if (trap->vector == VECTOR_TIMER)
		cpu->ticks++;
	else if (trap->vector == VECTOR_CALL)
		cpu->calls++;
	else if (trap->vector != VECTOR_SPURIOUS)
		test_abort(trap, 0);
	if (trap->vector != VECTOR_SPURIOUS)
		apic_end_of_interrupt();
}
