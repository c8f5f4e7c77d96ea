#!/bin/sh
# Clones into a temporary directory and renames it, or moves a clean working copy forward.
# shellcheck disable=SC2154  # git.sh sets these
fail() { echo "$dir: $1" >&2; exit 1; }
clone() {
  parent=${dir%/*}/
  mkdir -p "$parent" || exit
  rm -rf "$parent.fluke-$mark-"??????
  new=$(mktemp -d "$parent.fluke-$mark-XXXXXX") || exit
  trap 'rm -rf "$new"' EXIT
  trap 'exit 143' HUP INT TERM
  git clone -q --branch "$branch" -- "$url" "$new" || exit
  chmod 755 "$new" || exit
  if [ -d "$dir" ]; then rmdir "$dir" || exit; fi
  mv "$new" "$dir" || exit
  trap - EXIT HUP INT TERM
}
forward() {
  cd "$dir" || exit
  if [ -z "$discard" ]; then
    [ "$(origin)" = "$url" ] || fail "is a clone of another repository; $way_out"
    [ -z "$(changed)" ] || fail "has local changes; $way_out"
  fi
  git fetch -q --no-tags -- "$url" "+refs/heads/$branch:refs/remotes/origin/$branch" || exit
  if [ -n "$discard" ]; then
    git config remote.origin.url "$url" || exit
    git reset -q --hard "refs/remotes/origin/$branch" || exit
  else
    git merge-base --is-ancestor HEAD "refs/remotes/origin/$branch" \
      || fail "has commits that $branch lacks; $way_out"
    git merge -q --ff-only "refs/remotes/origin/$branch" || exit
  fi
}
way_out='correct it by hand, or set discard_local_changes: true'
if [ "$state" = missing ]; then clone; else forward; fi
