// A buffer read as a structure: at a variable offset, and in a field of bytes.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: access tail: read info.flags at (struct info)**arg0->buffer.head[any]->info.flags size 1
// CHECK-DAG: access control: write info.flags at (struct info)*arg0->buffer.cb->info.flags size 1
// NEVER-NOT: unknown
struct info { char unused, flags; };
struct buffer { unsigned char *head; unsigned end; char cb[48]; };

static inline unsigned char *end(const struct buffer *b) { return b->head + b->end; }
int tail(struct buffer *b) { return ((struct info *)end(b))->flags; }
void control(struct buffer *b) { ((struct info *)b->cb)->flags = 1; }
