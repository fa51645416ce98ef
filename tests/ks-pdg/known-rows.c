// Rows of --known are found as the built-in ones are, and take their place.
// RUN: sh %inputs/facts.sh %s | FileCheck --check-prefix=PLAIN %s
// RUN: printf '[locks]\nfrob_lock\tacquire\tspin\t0\nspin_unlock\tacquire\tmutex\t0\n' >more.known
// RUN: ks-pdg -q --known=more.known input.bc -o input.pdg
// RUN: ks-pdg --dump=json input.pdg | jq -rnf %inputs/facts.jq | FileCheck %s
// PLAIN: lock f: release spin spin_unlock
// PLAIN-NOT: lock f: {{.*}} frob_lock
// CHECK-DAG: lock f: acquire spin frob_lock
// CHECK-DAG: lock f: acquire mutex spin_unlock
typedef struct { int word; } spinlock_t;
void frob_lock(spinlock_t *);
void spin_unlock(spinlock_t *);
void f(spinlock_t *lock)
{
	frob_lock(lock);
	spin_unlock(lock);
}
