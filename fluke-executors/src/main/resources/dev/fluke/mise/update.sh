#!/bin/sh
# Clones into a temporary directory and renames it, or moves a clean working copy forward.
# shellcheck disable=SC2154  # walk.sh and git.sh set these
fail() { echo "$dir: $1" >&2; exit 1; }
clone() {
  if [ "$state" = empty ]; then cd -P .. || exit; fi
  for old in "./.fluke-$mark-"??????; do
    judge "$(stat -c "$facts" "$old" 2>/dev/null)"
    case $type:$owner in 4*:"$me") rm -rf "$old" ;; esac
  done
  new=$(mktemp -d "./.fluke-$mark-XXXXXX") || exit
  trap 'rm -rf "$new"' EXIT
  trap 'exit 143' HUP INT TERM
  git clone -q --branch "$branch" -- "$url" "$new" || exit
  chmod 755 "$new" || exit
  if [ "$state" = empty ]; then rmdir "./$last" || exit; fi
  mv -T "$new" "./$last" || exit
  trap - EXIT HUP INT TERM
}
# Prints the first directory of these commits in which others can write.
shared_directory() {
  for commit in "$@"; do copy ls-tree -d -r -z --name-only "$commit"; done |
    xargs -0 -r stat -c "$facts%n" 2>/dev/null |
    while read -r record; do
      judge "$record"
      case $type in 4*) entered ;; *) shared='' ;; esac
      if [ -n "$shared" ]; then printf '%s\n' "${record##*:}"; break; fi
    done
}
forward() {
  if [ -z "$discard" ]; then
    [ "$(origin)" = "$url" ] || fail "is a clone of another repository; $way_out"
    [ -z "$(changed)" ] || fail "has local changes; $way_out"
  fi
  copy fetch -q --no-tags -- "$url" "+refs/heads/$branch:refs/remotes/origin/$branch" || exit
  command -v xargs >/dev/null || fail "this host has no xargs"
  loosely=$(shared_directory HEAD "refs/remotes/origin/$branch")
  [ -z "$loosely" ] || fail "others can write in $loosely, which is part of the branch"
  if [ -n "$discard" ]; then
    copy config remote.origin.url "$url" || exit
    copy reset -q --hard "refs/remotes/origin/$branch" || exit
  else
    copy merge-base --is-ancestor HEAD "refs/remotes/origin/$branch" \
      || fail "has commits that $branch lacks; $way_out"
    copy merge -q --ff-only "refs/remotes/origin/$branch" || exit
  fi
}
way_out='correct it by hand, or set discard_local_changes: true'
if [ "$state" = copy ]; then forward; else clone; fi
