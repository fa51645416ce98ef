# SPDX-License-Identifier: MIT
# Uses raw sockets of CAN as a person would. The modules may be the stock driver or the isolated one: every claim is
# about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
stat() { cat "/sys/class/net/$1/statistics/$2"; }
sum() { md5sum | cut -c1-32; }
# Receivers have room for all that comes: a slow machine loses nothing.
room='-r 8388608'
ks_listeners=''
# listen DEVICES COUNT FILE: that many frames, in the background; ks_listeners has all of them
listen() {
	# shellcheck disable=SC2086
	candump -L -T 300000 -n "$2" $room $1 >"$3" 2>/dev/null &
	ks_listeners="$ks_listeners $!"
}
# heard: waits for them
heard() {
	# shellcheck disable=SC2086
	wait $ks_listeners
	ks_listeners=''
}
# filters COUNT: so many are set by sockets; those for one frame only are in a list of their own
filters() { [ "$(cat /proc/net/can/rcvlist_all /proc/net/can/rcvlist_fil /proc/net/can/rcvlist_inv /proc/net/can/rcvlist_sff /proc/net/can/rcvlist_eff | grep -c ' raw$')" = "$1" ]; }
# frames FILE: without time and device
frames() { cut -d' ' -f3 "$1"; }
# counted FROM ID COUNT: what cangen sends with -D i
counted() { awk -v id="$1" -v count="$2" 'BEGIN { for (i = 0; i < count; i++) printf "%s#%s\n", id, word(i) }
	function word(n,  s, k) { for (k = 0; k < 8; k++) { s = s sprintf("%02X", n % 256); n = int(n / 256) } return s }'; }
buses() {
	for ks_i in 0 1; do
		ip link add can$ks_i type vcan || return 1
		ip link set can$ks_i up || return 1
	done
}
refuse_cansend() { cansend can0 123#00; }

# life NAME COUNT
life() {
	refuse "$1 no such sockets" refuse_cansend
	claim "$1 loads" load_modules || exit 1
	claim "$1 has two buses" buses
	claim "$1 nobody listens" filters 0
	listen can0 "$2" /heard
	listen "can0,400:700" "$2" /also
	listen "can1" 1 /other
	claim "$1 three listen" becomes filters 3
	ks_calls=$(runtime crossings_to_driver)
	claim "$1 sends $2 frames" cangen can0 -g 0 -p 10 -n "$2" -I 42A -L 8 -D i
	claim "$1 sends one elsewhere" cansend can1 111#AABB
	heard
	claim "$1 each frame crosses" crossed "$ks_calls" "$2"
	equal "$1 one has heard them all, and what they say" "$(frames /heard | sum)" "$(counted 42A "$2" | sum)"
	equal "$1 so has one that asks for some" "$(frames /also | sum)" "$(counted 42A "$2" | sum)"
	equal "$1 one at the other bus has heard what is there" "$(frames /other)" "111#AABB"
	equal "$1 all are sent" "$(stat can0 tx_packets) $(stat can1 tx_packets)" "$2 1"
	claim "$1 nobody listens any more" filters 0
	claim "$1 filters, one by one and joined" can_frames filters can0
	claim "$1 own frames, and loopback" can_frames own can0
	claim "$1 options" can_frames options can0
	claim "$1 names" can_frames names can0
	claim "$1 sizes" can_frames sizes can0
	claim "$1 all buses" can_frames all can0 can1
	claim "$1 closed with frames queued" can_frames queued can0
	claim "$1 leaves no filter" filters 0
	ip link set can1 down
	claim "$1 a bus that is down" fails_with "Network is down" cansend can1 123#00
	ip link set can1 up
	can_frames until_gone can1 >/end 2>&1 &
	claim "$1 a socket waits" becomes grep -q ready /end
	refuse "$1 unloads with an open socket" unload_modules
	claim "$1 its bus is deleted" ip link del can1
	wait
	claim "$1 it is told" grep -q "Network is down\|No such device" /end
	claim "$1 leaves no filter there" filters 0
	ip link del can0
	claim "$1 unloads" unload_modules
	equal "$1 modules are gone" "$(loaded_modules)" ""
}

# Four senders and four receivers on two buses, and sockets that come and go.
load() {
	buses
	for ks_i in 0 1; do
		listen "can$ks_i,1A1:7FF,2B2:7FF,3C3:7FF,4D4:7FF" 500 /heard$ks_i
		listen "can$ks_i,0~7F0" 500 /also$ks_i
	done
	claim "four listen" becomes filters 10
	ks_jobs=''
	for ks_job in 0:1A1 0:2B2 1:3C3 1:4D4; do
		cangen can${ks_job%:*} -g 0 -p 10 -n 250 -I ${ks_job#*:} -L 8 -D i &
		ks_jobs="$ks_jobs $!"
	done
	refuse "unloads under load" unload_modules
	ks_failed=0
	for ks_i in 1 2 3 4 5 6 7 8; do
		cansend can0 001#11 || ks_failed=$((ks_failed + 1))
	done
	# shellcheck disable=SC2086
	wait $ks_jobs
	heard
	equal "sockets come and go meanwhile" $ks_failed 0
	for ks_job in 0:1A1 0:2B2 1:3C3 1:4D4; do
		for ks_file in /heard${ks_job%:*} /also${ks_job%:*}; do
			equal "all of ${ks_job#*:} in order: $ks_file" "$(frames "$ks_file" | grep "^${ks_job#*:}" | sum)" \
				"$(counted ${ks_job#*:} 250 | sum)"
		done
	done
}

# A bus that is deleted while it is used, by several.
taken_away() {
	ks_jobs=''
	for ks_job in 5E5 6F6; do
		cangen can0 -g 0 -p 10 -I $ks_job >/dev/null 2>&1 &
		ks_jobs="$ks_jobs $!"
	done
	listen can0 1000000 /heard
	listen "can0,5E5:7FF,6F6:7FF" 1000000 /also
	claim "is in use" becomes test -s /heard -a -s /also
	claim "is deleted while in use" ip link del can0
	# shellcheck disable=SC2086
	wait $ks_jobs
	heard
	claim "nobody listens there" filters 0
	ip link del can1
}

sockets=16
churn() {
	ks_i=0
	while [ $ks_i -lt $sockets ]; do
		cansend can0 123#0102030405060708 || return 1
		ks_i=$((ks_i + 1))
	done
	can_frames queued can0 && can_frames filters can0
}

life first 1000
life second 200
life third 200

load_modules
load
taken_away
buses
balanced $sockets churn
ip link del can0
ip link del can1
finish
