// SPDX-License-Identifier: MIT
// A ring of two slots: payloads come whole, in order, none is lost, and none overwritten
// before it was read.
//
// As in ks-rt/channel/ring.h: a head is the lap; the producer writes a slot again when the consumer
// has told that it has read it, and the consumer tells late.
//
// Assumptions. As in window.pml for heads and payloads. The count of freed slots is
// written and read at once; it is told after the payload was read if its store
// releases, else maybe before; it is seen before slots are written again if its load
// acquires, else they may have been written already. Laps wrap at 4 here, at 2^32 there; the
// count wraps at 8, there at 2^32.
//
// mistake: NO_RELEASE	the head may be seen before the payload
// mistake: NO_ACQUIRE	the payload may be read before the head
// mistake: FREE_EARLY	a slot may be told free before its payload was read
// mistake: WRITE_EARLY	a slot may be written before it was seen free
// mistake: NO_LIMIT	the producer does not look whether it is a lap ahead

#define SLOTS 2
#define PAYLOADS 9
#define LAPS 4
#define COUNTS 8

byte head[SLOTS];	// shared
byte payload[SLOTS];	// shared
byte freed;		// shared

#define LAP(position) (((position) / SLOTS + 1) % LAPS)
#define BEHIND(position, count) (((position) + COUNTS - (count)) % COUNTS)

active proctype producer()
{
	byte position = 0, known = 0;

	do
	:: position < PAYLOADS ->
#ifndef NO_LIMIT
		if
		:: BEHIND(position % COUNTS, known) >= SLOTS ->
#ifdef WRITE_EARLY
			if
			:: payload[position % SLOTS] = position
			:: skip
			fi;
#endif
			known = freed;
			assert(BEHIND(position % COUNTS, known) <= SLOTS)
		:: else
		fi;
		if
		:: BEHIND(position % COUNTS, known) < SLOTS
		:: else -> goto again
		fi;
#endif
#ifdef NO_RELEASE
		if
		:: payload[position % SLOTS] = position; head[position % SLOTS] = LAP(position)
		:: head[position % SLOTS] = LAP(position); payload[position % SLOTS] = position
		fi;
#else
		payload[position % SLOTS] = position;
		head[position % SLOTS] = LAP(position);
#endif
		position++;
again:		skip
	:: position == PAYLOADS -> break
	od
}

active proctype consumer()
{
	byte position = 0, seen, got, early;

	do
	:: position < PAYLOADS ->
#ifdef NO_ACQUIRE
		early = payload[position % SLOTS];
#endif
		seen = head[position % SLOTS];
		if
		:: seen == LAP(position) ->
#ifdef FREE_EARLY
			if
			:: freed = (position + 1) % COUNTS
			:: skip
			fi;
#endif
#ifdef NO_ACQUIRE
			if
			:: got = payload[position % SLOTS]
			:: got = early
			fi;
#else
			got = payload[position % SLOTS];
#endif
			assert(got == position);
			position++;
			if	// told now or with a later one
			:: freed = position % COUNTS
			:: skip
			fi
		:: else ->
			assert(seen == (LAP(position) + LAPS - 1) % LAPS);
			freed = position % COUNTS
		fi
	:: position == PAYLOADS -> break
	od
}
