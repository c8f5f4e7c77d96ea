#!/bin/sh
# Compares the working copy $dir with the branch, and asks the repository only for its commit.
# shellcheck disable=SC2154  # git.sh sets these
find_branch
case $? in 0) ;; 2) echo no-branch; exit ;; *) echo unreachable; exit ;; esac
if [ "$state" != copy ]; then echo "clone $wanted"; exit; fi
differs=
if [ "$origin" != "$url" ]; then echo "remote $origin"; differs=yes; fi
if [ "$head" != "$wanted" ]; then echo "commit $wanted $head"; differs=yes; fi
changes=$(changed) || { echo unreadable; exit; }
if [ -n "$changes" ]; then
  printf '%s\n' "$changes" | head -n 10 | sed 's/^/changed /'
  copy ls-files -m | head -n 10 |
    copy check-attr --stdin text eol ident working-tree-encoding filter |
    sed '/: unspecified$/d; s/^/attribute /'
  differs=yes
fi
if [ -n "$differs" ]; then exit; fi
if [ -e .gitattributes ]; then
  filtered=
  while IFS= read -r each; do
    case $each in *filter=lfs*) filtered=yes ;; esac
  done <.gitattributes
  if [ -n "$filtered" ]; then find_pointer HEAD; fi
  if [ -n "${pointer:-}" ]; then echo "lfs $pointer"; exit; fi
fi
