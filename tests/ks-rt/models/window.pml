// SPDX-License-Identifier: MIT
// A window of two mailboxes: every call gets its own reply, whole, and once.
//
// As in ks-rt/channel/mailbox.h and window.h: a head is the sequence, each end knows the last one of
// each slot, requests are taken from any slot, in rotation or not, and replies given in any order.
//
// Assumptions. A head is written and read at once. A payload is one value; it is
// written before its head is visible if the head's store releases, else at any time
// after; it is read after the head if the load acquires, else maybe before. Nothing is lost
// or forged: what a hostile peer can do is no matter of ordering, and tested. Sequences wrap
// at 8 here, and at 2^32 there.
//
// mistake: NO_RELEASE	the head may be seen before the payload
// mistake: NO_ACQUIRE	the payload may be read before the head
// mistake: NO_BUSY	the caller posts to a mailbox whose reply it has not collected

#define SLOTS 2
#define CALLS 5
#define WRAP 8
#define STALE 255

byte head[SLOTS];	// shared
byte payload[SLOTS];	// shared
byte answered;		// of the model only: how many calls have been collected

// To a slot, in either end: the payload, then the head, if the store releases.
inline send(slot, value)
{
	last[slot] = (last[slot] + 1) % WRAP;
#ifdef NO_RELEASE
	if
	:: payload[slot] = value; head[slot] = last[slot]
	:: head[slot] = last[slot]; payload[slot] = value
	fi
#else
	payload[slot] = value;
	head[slot] = last[slot]
#endif
}

// From a slot; `got` is STALE if there is nothing. Any head but two is nonsense.
inline receive(slot, got)
{
	got = STALE;
#ifdef NO_ACQUIRE
	early = payload[slot];
#endif
	atomic {
		seen = head[slot];
		assert(seen == last[slot] || seen == (last[slot] + 1) % WRAP)
	}
	if
	:: seen != last[slot] ->
#ifdef NO_ACQUIRE
		if
		:: got = payload[slot]
		:: got = early
		fi;
#else
		got = payload[slot];
#endif
		last[slot] = seen
	:: else
	fi
}

active proctype caller()
{
	byte last[SLOTS], mine[SLOTS];
	byte got, seen, early, number = 0, slot;

	do
	:: number < CALLS ->
		select(slot : 0 .. SLOTS - 1);
		if
#ifdef NO_BUSY
		:: true ->
#else
		:: last[slot] % 2 == 0 ->
#endif
			mine[slot] = number;
			send(slot, number);
			number++
		:: else
		fi
	:: select(slot : 0 .. SLOTS - 1);
		if
		:: last[slot] % 2 == 1 ->
			receive(slot, got);
			if
			:: got != STALE ->
				assert(got == mine[slot] + 100);
				answered++
			:: else
			fi
		:: else
		fi
	:: number == CALLS && answered == CALLS -> break
	od
}

active proctype server()
{
	byte last[SLOTS], asked[SLOTS];
	byte got, seen, early, next = 0, slot;
	bool taken[CALLS];

	do
	:: select(slot : 0 .. SLOTS - 1);
		if
		:: last[slot] % 2 == 0 ->
			receive(slot, got);
			if
			:: got != STALE ->
				assert(got < CALLS && !taken[got]);
				taken[got] = true;
				asked[slot] = got
			:: else
			fi
		:: else -> send(slot, asked[slot] + 100)
		fi
	:: answered == CALLS -> break
	od
}
