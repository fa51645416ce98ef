# SPDX-License-Identifier: MIT
# Uses network devices whose wire is a file as a person would. The modules may be the stock driver or the isolated
# one: every claim is about what a user sees.

# shellcheck source=tests/vm/balance.sh
. /balance.sh
has() { [ -e "/sys/class/net/$1" ]; }
lacks() { [ ! -e "/sys/class/net/$1" ]; }
driver() { ethtool -i "$1" | sed -n "s/^$2: //p"; }

# by_others LIFE: made by other programs, with nobody at the wire
by_others() {
	claim "$1 makes one" ip tuntap add dev kept mode tap user 1000 group 2000
	equal "$1 driver name" "$(driver kept driver) $(driver kept bus-info)" "tun tap"
	equal "$1 owner" "$(cat /sys/class/net/kept/owner) $(cat /sys/class/net/kept/group)" "1000 2000"
	claim "$1 lists it" sh -c '/tools/ip tuntap list | grep -q "^kept: tap persist user 1000 group 2000"'
	claim "$1 not as another kind" fails_with "busy" ip tuntap add dev kept mode tun
	claim "$1 sets the MAC" ip link set kept address 02:00:00:00:00:07
	equal "$1 has the MAC" "$(cat /sys/class/net/kept/address)" 02:00:00:00:00:07
	claim "$1 sets the MTU" ip link set kept mtu 9000
	claim "$1 an MTU that there is not" fails_with "mtu" ip link set kept mtu 10
	claim "$1 sets the link's speed" ethtool -s kept speed 1000
	equal "$1 has it" "$(ethtool kept | sed -n 's/.*Speed: //p')" 1000Mb/s
	ip addr add 10.9.99.1/24 dev kept
	claim "$1 goes up" ip link set kept up
	refuse "$1 nobody answers" ping -n -q -c 2 -i 0.02 -W 1 10.9.99.2
	equal "$1 nobody has received" "$(cat /sys/class/net/kept/statistics/tx_packets)" 0
	refuse "$1 unloads while one persists" unload_modules
	claim "$1 it is unmade" ip tuntap del dev kept mode tap
	claim "$1 it is gone" lacks kept
	claim "$1 not twice" ip tuntap add dev kept mode tun
	equal "$1 another kind" "$(driver kept bus-info)" tun
	claim "$1 is deleted" ip link del kept
	claim "$1 is gone" lacks kept
}

life() {
	claim "$1 loads" load_modules || exit 1
	claim "$1 has the file" [ -c /dev/net/tun ]
	equal "$1 its number" "$(cat /sys/class/misc/tun/dev)" 10:200
	ks_calls=$(runtime crossings_to_driver)
	claim "$1 frames of Ethernet, both ways" tap_frames tap tap0 1
	claim "$1 each frame crosses" crossed "$ks_calls" 400
	claim "$1 packets of IP, both ways" tap_frames tun tun0 2
	claim "$1 other forms" tap_frames variants odd0 3
	claim "$1 polls and waits" tap_frames waiting tun0 2
	claim "$1 what is refused" tap_frames errors tap0 1
	claim "$1 filters" tap_frames filter tap0 1
	claim "$1 several queues" tap_frames several many0 4
	claim "$1 persists, and has an owner" tap_frames persistent own0 5
	claim "$1 all are gone" lacks own0
	by_others "$1"
	exec 7<>/dev/net/tun
	refuse "$1 unloads while the file is open" unload_modules
	exec 7>&-
	claim "$1 unloads" unload_modules
	claim "$1 the file is gone" [ ! -e /dev/net/tun ]
	equal "$1 modules are gone" "$(loaded_modules)" ""
}

# Several at once, on all processors, each with a device of its own.
load() {
	ks_jobs=''
	for ks_i in 1 2 3 4; do
		tap_frames busy busy$ks_i 1$ks_i >"/came.$ks_i" 2>&1 &
		ks_jobs="$ks_jobs $!"
	done
	claim "several are there" becomes has busy4
	refuse "unloads under load" unload_modules
	ks_failed=0
	for ks_job in $ks_jobs; do
		wait "$ks_job" || ks_failed=$((ks_failed + 1))
	done
	equal "several send and receive at once" "$ks_failed $(cat /came.*)" "0 "
}

# Devices that are deleted while they are read.
taken_away() {
	tap_frames until_gone gone0 6 >/end 2>&1 &
	ks_reader=$!
	claim "is in use" becomes grep -q ready /end
	/tools/ping -n -q -i 0.002 10.9.6.2 >/dev/null 2>&1 &
	ks_ping=$!
	claim "is read" becomes sent
	claim "is deleted while in use" ip link del gone0
	wait $ks_reader
	equal "who reads it can have another" $? 0
	kill $ks_ping
	wait $ks_ping
	claim "who reads is told" grep -q "Bad address\|bad state" /end
	claim "is gone" lacks gone0
}
sent() { [ "$(cat /sys/class/net/gone0/statistics/tx_packets)" -gt 20 ]; }

devices=8
churn() {
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ip tuntap add dev churn$ks_i mode tap || return 1
		ip link set churn$ks_i up || return 1
		ks_i=$((ks_i + 1))
	done
	ks_i=0
	while [ $ks_i -lt $devices ]; do
		ip tuntap del dev churn$ks_i mode tap || return 1
		ks_i=$((ks_i + 1))
	done
	tap_frames several churn0 7
}

ip link set lo up
life first
life second
life third

load_modules
load
taken_away
balanced $devices churn
finish
