# SPDX-License-Identifier: MIT
# Uses a virtual CAN bus as a person would. The modules may be the stock driver or the isolated one: every claim is
# about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
kind=vcan
stat() { cat "/sys/class/net/$1/statistics/$2"; }
has() { [ -e "/sys/class/net/$1" ]; }
lacks() { [ ! -e "/sys/class/net/$1" ]; }
flags() { cat "/sys/class/net/$1/flags"; }
mtu() { cat "/sys/class/net/$1/mtu"; }

# Receivers have room for all that comes: a slow machine loses nothing.
room='-r 8388608'
# listen DEVICE COUNT FILE: that many frames, in the background; ks_listeners has all of them
listen() {
	# shellcheck disable=SC2086
	candump -L -T 300000 -n "$2" $room "$1" >"$3" 2>/dev/null &
	ks_listeners="$ks_listeners $!"
}
# heard: waits for them
heard() {
	# shellcheck disable=SC2086
	wait $ks_listeners
	ks_listeners=''
}
ks_listeners=''
# listening DEVICE COUNT: so many sockets receive all from there
listening() { [ "$(grep -c "^ *$1 " /proc/net/can/rcvlist_all)" = "$2" ]; }
# frames FILE: without time and device
frames() { cut -d' ' -f3 "$1"; }
# counted FROM ID COUNT: what cangen sends with -D i
counted() { awk -v id="$1" -v count="$2" 'BEGIN { for (i = 0; i < count; i++) printf "%s#%s\n", id, word(i) }
	function word(n,  s, k) { for (k = 0; k < 8; k++) { s = s sprintf("%02X", n % 256); n = int(n / 256) } return s }'; }
long=$(head -c 64 /dev/zero | tr '\0' 7 | sed 's/7/A7/g')
sum() { md5sum | cut -c1-32; }

# life NAME ECHO SHOWN FLAGS COUNT: with ECHO 1 the driver gives a sender's frames to the other sockets, else the
# kernel does
life() {
	claim "$1 loads" load_with echo="$2" || exit 1
	equal "$1 parameter" "$(parameter echo)" "$3"
	claim "$1 creates a device" ip link add can0 type $kind
	equal "$1 driver name" "$(ethtool -i can0 | sed -n 's/^driver: //p')" $kind
	claim "$1 time stamping query" ethtool -T can0
	equal "$1 flags" "$(flags can0)" "$4"
	equal "$1 MTU" "$(mtu can0)" 72
	equal "$1 type" "$(cat /sys/class/net/can0/type)" 280
	claim "$1 an MTU that no CAN has" fails_with "Invalid argument" ip link set can0 mtu 40
	claim "$1 goes up" ip link set can0 up
	claim "$1 keeps its MTU while up" fails_with "busy" ip link set can0 mtu 16
	listen can0 "$5" /heard
	listen can0 "$5" /also
	claim "$1 two listen" becomes listening can0 2
	ks_calls=$(runtime crossings_to_driver)
	claim "$1 sends $5 frames" cangen can0 -g 0 -p 10 -n "$5" -I 42A -L 8 -D i
	heard
	claim "$1 each frame crosses" crossed "$ks_calls" "$5"
	equal "$1 one has heard them all, and what they say" "$(frames /heard | sum)" "$(counted 42A "$5" | sum)"
	equal "$1 so has the other" "$(frames /also | sum)" "$(counted 42A "$5" | sum)"
	equal "$1 counts what is sent" "$(stat can0 tx_packets) $(stat can0 tx_bytes)" "$5 $((8 * $5))"
	equal "$1 counts what is received" "$(stat can0 rx_packets) $(stat can0 rx_bytes)" "$5 $((8 * $5))"
	listen can0 4 /heard
	claim "$1 one listens" becomes listening can0 1
	claim "$1 sends an extended identifier" cansend can0 12345678#DEADBEEF
	claim "$1 sends a request" cansend can0 321#R5
	claim "$1 sends a long frame" cansend can0 "213##3$long"
	claim "$1 sends an empty one" cansend can0 7FF#
	heard
	# The kernel adds the mark of a long frame.
	equal "$1 they are heard" "$(frames /heard | tr '\n' ' ')" \
		"12345678#DEADBEEF 321#R5 213##7$long 7FF# "
	equal "$1 counts them" "$(stat can0 tx_packets) $(stat can0 tx_bytes)" "$(($5 + 4)) $((8 * $5 + 68))"
	claim "$1 without loopback" cangen can0 -x -g 0 -n 10 -I 111 -L 4 -D i
	equal "$1 they are sent and not received" "$(stat can0 tx_packets) $(stat can0 rx_packets)" "$(($5 + 14)) $(($5 + 4))"
	claim "$1 takes frames that are none" can_frames invalid can0
	equal "$1 drops them" "$(stat can0 tx_packets) $(stat can0 tx_dropped)" "$(($5 + 15)) 4"
	claim "$1 goes down" ip link set can0 down
	claim "$1 takes classic frames only" ip link set can0 mtu 16
	claim "$1 goes up again" ip link set can0 up
	claim "$1 refuses a frame too long" can_frames classic can0
	claim "$1 second device" ip link add can1 type $kind
	claim "$1 second device goes up" ip link set can1 up
	equal "$1 second device has heard nothing" "$(stat can1 rx_packets)" 0
	claim "$1 deletes the first" ip link del can0
	claim "$1 it is gone" lacks can0
	listen can1 1 /heard
	claim "$1 one listens at the second" becomes listening can1 1
	claim "$1 unloads with a device up" unload_device
	heard
	claim "$1 the second is gone" lacks can1
	claim "$1 unloads" unload_rest
	equal "$1 modules are gone" "$(loaded_modules)" ""
}
# Takes the driver away, and not what lies below it: a socket is open.
unload_device() {
	for ks_module in $(tac /mod/order | tr - _); do
		case $ks_module in
		*$kind*) rmmod "$ks_module" || return 1 ;;
		esac
	done
}
unload_rest() {
	for ks_module in $(tac /mod/order | tr - _); do
		[ ! -e "/sys/module/$ks_module" ] || rmmod "$ks_module" || return 1
	done
}

# Four senders and four receivers on two devices, at once.
load() {
	for ks_i in 0 1; do
		ip link add can$ks_i type $kind
		ip link set can$ks_i up
		listen can$ks_i 600 /heard$ks_i
		listen can$ks_i 600 /also$ks_i
		claim "those at can$ks_i listen" becomes listening can$ks_i 2
	done
	ks_jobs=''
	for ks_job in 0:1A1 0:2B2 1:3C3 1:4D4; do
		cangen can${ks_job%:*} -g 0 -p 10 -n 300 -I ${ks_job#*:} -L 8 -D i &
		ks_jobs="$ks_jobs $!"
	done
	# shellcheck disable=SC2086
	wait $ks_jobs
	heard
	for ks_job in 0:1A1 0:2B2 1:3C3 1:4D4; do
		for ks_file in /heard${ks_job%:*} /also${ks_job%:*}; do
			equal "all of ${ks_job#*:} in order: $ks_file" "$(frames "$ks_file" | grep "^${ks_job#*:}" | sum)" \
				"$(counted ${ks_job#*:} 300 | sum)"
		done
	done
	equal "counts them" "$(stat can0 tx_packets) $(stat can1 rx_packets)" "600 600"
}

# A device that is deleted while it is used, by several.
taken_away() {
	ks_jobs=''
	for ks_job in 5E5 6F6; do
		cangen can0 -g 0 -p 10 -I $ks_job >/dev/null 2>&1 &
		ks_jobs="$ks_jobs $!"
	done
	listen can0 1000000 /dev/null
	can_frames until_gone can0 >/end &
	ks_jobs="$ks_jobs $!"
	claim "is in use" becomes grep -q ready /end
	claim "is deleted while in use" ip link del can0
	# shellcheck disable=SC2086
	wait $ks_jobs
	heard
	claim "who waits for a frame is told" grep -q "Network is down\|No such device" /end
	claim "is gone" lacks can0
	claim "the other is there" has can1
	claim "the other is deleted" ip link del can1
}

devices=16
churn() {
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ip link add churn$ks_i type $kind || return 1
		ip link set churn$ks_i up || return 1
		cansend churn$ks_i 123#0102030405060708 || return 1
		ks_i=$((ks_i + 1))
	done
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ip link del churn$ks_i || return 1
		ks_i=$((ks_i + 1))
	done
}

life first 1 Y 0x40080 1000
life second 0 N 0x80 200
life third 1 Y 0x40080 200

load_with echo=1
load
taken_away
# Packets are in caches of each processor's, of 64.
ks_freed_in_bulk=$((64 * $(nproc)))
balanced $devices churn
finish
