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
  git clone -q --template= -o origin ${pack:+"--upload-pack=$pack"} --branch "$branch" \
    -- "$url" "$new" || exit
  (cd "$new" && copy rev-parse -q --verify "refs/remotes/origin/$branch" >/dev/null) ||
    fail "there is no branch $branch"
  (cd "$new" && refuse_pointers HEAD) || exit
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
refuse_pointers() {
  find_pointer "$1"
  [ -z "$pointer" ] ||
    fail "$pointer of the branch is stored in Git LFS, which Fluke does not fetch"
}
# Moves files, index and branch to $target. Git itself refuses to overwrite what it does not track,
# also if it is ignored; that is why it works on a second index, in a second directory for Git.
switch() {
  own=$(mktemp -d ./.git/fluke-XXXXXX) || exit
  (set -C && : >.git/index.lock) 2>/dev/null || {
    rm -rf "$own"
    fail "another Git works there, or was killed; if none runs, remove .git/index.lock"
  }
  trap 'rm -rf "$own" .git/index.lock' EXIT
  trap 'exit 143' HUP INT TERM
  echo .. >"$own/commondir"
  printf '%s\n' "$head" >"$own/HEAD"
  if [ -e .git/index ]; then cp -p .git/index "$own/index" || exit; fi
  if [ -e .git/info/sparse-checkout ]; then
    mkdir "$own/info" || exit
    cp .git/info/sparse-checkout "$own/info" || exit
  fi
  if [ -n "$discard" ]; then
    second diff-files -z --name-only --ignore-submodules=all >"$own/changes" || exit
    if [ -s "$own/changes" ]; then
      second --literal-pathspecs add -u --pathspec-file-nul --pathspec-from-file="$own/changes" \
        || exit
    fi
    tree=$(second write-tree) || exit
    local=$(second -c user.name=fluke -c user.email=fluke commit-tree -m local "$tree") || exit
    printf '%s\n' "$local" >"$own/HEAD"
  fi
  second checkout -q --no-overwrite-ignore --detach "$target" \
    || fail "Git refused to move to $target, and nothing was changed"
  cp -p "$own/index" .git/index.lock || exit
  copy update-ref -m fluke HEAD "$target" "$head" || exit
  mv .git/index.lock .git/index || exit
  for each in MERGE_HEAD MERGE_MODE MERGE_MSG AUTO_MERGE CHERRY_PICK_HEAD REVERT_HEAD SQUASH_MSG; do
    [ -z "$discard" ] || rm -f ".git/$each"
  done
  rm -rf "$own"
  trap - EXIT HUP INT TERM
}
second() { git --git-dir="$own" --work-tree=. "$@"; }
forward() {
  if [ -z "$discard" ]; then
    [ "$origin" = "$url" ] || fail "is a clone of another repository; $way_out"
    changes=$(changed) || exit
    [ -z "$changes" ] || fail "has local changes; $way_out"
  fi
  [ ! -e .git/index.lock ] ||
    fail "another Git works there, or was killed; if none runs, remove .git/index.lock"
  find_branch
  case $? in 0) ;; 2) fail "there is no branch $branch" ;; *) exit 1 ;; esac
  copy fetch -q --no-tags ${pack:+"--upload-pack=$pack"} -- "$url" \
    "+refs/heads/$branch:refs/remotes/origin/$branch" || exit
  target=$(copy rev-parse --verify "refs/remotes/origin/$branch^{commit}") || exit
  command -v xargs >/dev/null || fail "this host has no xargs"
  loosely=$(shared_directory HEAD "$target")
  [ -z "$loosely" ] || fail "others can write in $loosely, which is part of the branch"
  refuse_pointers "$target"
  if [ -z "$discard" ]; then
    copy merge-base --is-ancestor "$head" "$target" ||
      fail "has commits that $branch lacks; $way_out"
  fi
  switch
  [ "$origin" = "$url" ] || copy config remote.origin.url "$url" || exit
}
way_out='correct it by hand, or set discard_local_changes: true'
if [ "$state" = copy ]; then forward; else clone; fi
