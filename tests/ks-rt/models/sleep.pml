// SPDX-License-Identifier: MIT
// Sleeping and waking: nobody sleeps on while there is work, or when the channel has ended.
//
// As in ks-rt/channel/channel.c: the sleeper sets its bell, then looks again, then sleeps if the
// bell is still set; who sends looks at the bell after it has sent, and if it is set clears it, and
// then wakes. Who stops the channel clears and wakes without looking.
//
// Assumptions. Stores to different words take effect later than loads that follow them,
// and in order (x86; weaker processors are held to it by the orderings of window.pml): a
// store goes to a buffer, which empties at any time, and is emptied by a fence, by a
// system call and by an atomic read-modify-write. The kernel compares the word and puts the sleeper to sleep as one
// step, as for a wake (futex(2); the wait queue in the kernel). No sleep ends by time here, so a
// lost wake-up is a deadlock.
//
// mistake: NO_SLEEP_FENCE	the sleeper's look may come before its bell is set
// mistake: NO_RING_FENCE	the sender's look may come before its work is there
// mistake: NO_LOOK	the sleeper does not look after it has set its bell
// mistake: WAKE_FIRST	the sender wakes, and clears the bell afterwards
// mistake: QUIET_STOP	who stops the channel wakes nobody

#define WORK 3

byte work;		// shared: pieces sent
bool stopped;		// shared
bool bell;		// shared
bool asleep;		// the kernel's
byte done;		// of the model only: pieces that the sleeper has found

// A buffer of one store of each word and processor. Work and bell are stored by different ends,
// but for the sender's clearing of the bell, which a system call follows.
bool bell_buffered, bell_value;		// the sleeper's
bool work_buffered;			// the sender's
byte work_value;
bool stop_buffered;			// the stopper's

active proctype sleeper_buffer()
{
end:	do
	:: atomic { bell_buffered -> bell = bell_value; bell_buffered = false }
	od
}

active proctype sender_buffer()
{
end:	do
	:: atomic { work_buffered -> work = work_value; work_buffered = false }
	:: atomic { stop_buffered -> stopped = true; stop_buffered = false }
	od
}

inline store_bell(value)
{
	atomic { !bell_buffered -> bell_value = value; bell_buffered = true }
}

active proctype sleeper()
{
	do
	:: done < work -> done++
	:: done == WORK && stopped -> break
	:: else ->	// nothing found: sleep
		store_bell(true);
#ifndef NO_SLEEP_FENCE
		!bell_buffered;
#endif
#ifndef NO_LOOK
		if
		:: done < work || stopped -> goto awake
		:: else
		fi;
#endif
		!bell_buffered;	// the system call
		atomic {
			if
			:: bell -> asleep = true
			:: else
			fi
		}
		!asleep;
awake:		store_bell(false)
	od
}

inline ring()
{
#ifdef WAKE_FIRST
	asleep = false;
	bell = false
#else
	bell = false;
	asleep = false
#endif
}

active proctype sender()
{
	byte sent = 0;

	do
	:: sent < WORK ->
		sent++;
		atomic { !work_buffered -> work_value = sent; work_buffered = true };
		if	// flushes with a later one, or now
		:: sent < WORK -> goto next
		:: skip
		fi;
#ifndef NO_RING_FENCE
		!work_buffered;
#endif
		if
		:: bell -> !work_buffered; ring()
		:: else
		fi;
next:		skip
	:: sent == WORK -> break
	od
}

active proctype stopper()
{
	done == WORK;	// not before, so that no wake-up of the sender's may be lost
	stop_buffered = true;
	!stop_buffered;	// fence
#ifndef QUIET_STOP
	ring()
#endif
}
