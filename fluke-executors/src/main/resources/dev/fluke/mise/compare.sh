#!/bin/sh
# Compares the working copy $dir with the branch, and asks the repository only for its commit.
# shellcheck disable=SC2154  # git.sh sets these
wanted=$(cd / && git ls-remote --exit-code -- "$url" "refs/heads/$branch")
case $? in 0) ;; 2) echo no-branch; exit ;; *) echo unreachable; exit ;; esac
wanted=${wanted%%[!0-9a-f]*}
if [ "$state" != copy ]; then echo "clone $wanted"; exit; fi
differs=
if [ "$(origin)" != "$url" ]; then echo "remote $(origin)"; differs=yes; fi
if [ "$head" != "$wanted" ]; then echo "commit $wanted $head"; differs=yes; fi
changes=$(changed) || { echo no-commit; exit; }
if [ -n "$changes" ]; then
  printf '%s\n' "$changes" | head -n 10 | sed 's/^/changed /'
  differs=yes
fi
if [ -n "$differs" ]; then exit; fi
