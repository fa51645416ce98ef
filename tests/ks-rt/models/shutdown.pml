// SPDX-License-Identifier: MIT
// The end of a channel with calls in flight: each ends once, with its reply or with an
// error, and a reply that was sent before the peer closed is received.
//
// As in ks-rt/channel/channel.h: the channel's state is read before a look for a reply, and counts only if
// the look finds nothing; closing stores the state and then rings. Either end may close, this
// end by a thread that does not own it; the peer may also die, which the owner's check finds
// out while it waits.
//
// Assumptions. Stores take effect in order, as the orderings see to (window.pml, sleep.pml);
// waiting and waking are one step each (sleep.pml shows that they may be taken so).
//
// mistake: STATE_LATE	the state is read after the look
// mistake: NO_RING	closing by a thread of the own end does not wake the owner
// mistake: NO_CHECK	nobody finds out that the peer has died
// mistake: SILENT	calls that have no reply when the channel ends are forgotten

#define CALLS 2

bool replied[CALLS];	// shared: the reply is there
bool peer_closed;	// shared
bool closed;		// this end's
bool peer_dead;
bool rung;		// since the owner last looked
byte ends[CALLS];	// how often each call has ended
bool owed[CALLS];	// replied to before the peer closed, and this end not closed
bool all_ended;

active proctype peer()
{
	byte call;

	do
	:: select(call : 0 .. CALLS - 1);
		if
		:: !replied[call] ->
			atomic { replied[call] = true; owed[call] = !closed };
			rung = true
		:: else
		fi
	:: peer_closed = true; rung = true; break
	:: peer_dead = true; break	// SIGKILL: neither closes nor rings
	:: closed -> break		// stalls for ever; this end has given it up
	od
}

active proctype closer()
{
	if
	:: closed = true;
#ifndef NO_RING
		rung = true
#endif
	:: skip
	fi
}

active proctype owner()
{
	bool pending[CALLS], state, look;
	byte call;

	pending[0] = true;
	pending[1] = true;
	do
	:: !pending[0] && !pending[1] -> break
	:: else ->
		rung = false;
		call = 0;
		do
		:: call < CALLS && pending[call] ->
#ifdef STATE_LATE
			look = replied[call];
			state = closed || peer_closed;
#else
			state = closed || peer_closed;
			look = replied[call];
#endif
			if
			:: look -> pending[call] = false; ends[call]++
			:: !look && state ->
				assert(!(owed[call] && !closed));
				pending[call] = false;
#ifndef SILENT
				ends[call]++
#endif
			:: else
			fi;
			call++
		:: call < CALLS && !pending[call] -> call++
		:: call == CALLS -> break
		od;
		if
		:: !pending[0] && !pending[1]
		:: else ->	// sleep until rung, or until a check says that the peer is dead
			if
			:: rung
#ifndef NO_CHECK
			:: peer_dead -> closed = true
#endif
			fi
		fi
	od;
	assert(ends[0] == 1 && ends[1] == 1);
	all_ended = true
}
