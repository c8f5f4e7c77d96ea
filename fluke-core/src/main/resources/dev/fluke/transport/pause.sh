# Waits for some tenths of a second, and counts them in $n: longer from the sixth on, since each
# look takes time on a busy host.
# shellcheck shell=sh disable=SC2086,SC2154
# SC2086, SC2154: the program around it sets $n, a number.
d=1
[ $n -ge 5 ] && d=5
sleep 0.$d || { sleep 1; d=10; }
n=$((n + d))
