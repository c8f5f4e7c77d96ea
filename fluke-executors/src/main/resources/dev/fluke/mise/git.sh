#!/bin/sh
# Enters the directory that holds the working copy $dir, and then the working copy. Reads its state
# into $state and, if it is a copy, its commit into $head. Git prompts for nothing, runs nothing of
# the repository, and writes only what it must; it runs only where nobody else can exchange a file.
# shellcheck disable=SC2154,SC2034,SC2329  # other parts of the program set and use these
git() {
  env GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=false GIT_ALLOW_PROTOCOL=file:https:ssh \
    GIT_OPTIONAL_LOCKS=0 GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}" \
    GIT_NO_LAZY_FETCH=1 \
    git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c gc.auto=0 \
    -c maintenance.auto=false -c submodule.recurse=false -c fetch.recurseSubmodules=false "$@"
}
# In the working copy, and nowhere else, whatever its settings say.
copy() { git --git-dir=.git --work-tree=. "$@"; }
origin() { copy config --get remote.origin.url || echo none; }
changed() { copy status --porcelain --untracked-files=no --ignore-submodules=all; }

# Prints the first setting of the working copy by which Git could run a program or leave it.
risky_setting() {
  copy config --file .git/config --no-includes --name-only --list | while read -r key; do
    case $key in
      core.repositoryformatversion | core.filemode | core.bare | core.logallrefupdates) ;;
      core.ignorecase | core.precomposeunicode | core.symlinks | core.autocrlf | core.eol) ;;
      core.hookspath | core.fsmonitor | core.untrackedcache | core.sharedrepository) ;;
      extensions.objectformat | index.* | gc.* | pack.* | maintenance.* | color.* | advice.*) ;;
      user.name | user.email | pull.* | push.* | branch.*.remote | branch.*.merge) ;;
      branch.*.rebase | remote.*.url | remote.*.pushurl | remote.*.fetch | remote.*.tagopt) ;;
      remote.*.prune | submodule.*.url | submodule.*.active | fetch.prune) ;;
      *) printf '%s\n' "$key"; break ;;
    esac
  done
}

command -v git >/dev/null 2>&1 || { echo no-git; exit; }
create=$makes
enter "$dir" || [ "$why" = missing ] || stop
create=
if [ -n "$loose" ] || [ -z "$sticky" ]; then only_ours "$at"; fi
state=missing
case $why:$found in
  missing: | :) ;;
  :a*) echo link; exit ;;
  :4*)
    judge "$found"
    into "$last" || stop
    only_ours "$dir"
    if [ -L .git ]; then
      echo "refused $dir/.git is a symbolic link; declare a clone"
      exit
    elif [ -d .git ]; then
      state=copy
    elif [ -e .git ] || [ -n "$(ls -A .)" ]; then
      echo foreign
      exit
    else
      state=empty
    fi
    ;;
  *) echo foreign; exit ;;
esac
if [ "$state" = copy ]; then
  for each in .git .git/config; do
    [ -e "./$each" ] || continue
    judge "$(stat -c "$facts" "./$each")"
    entered
    only_ours "$dir/$each"
  done
  key=
  [ -n "$trust" ] || key=$(risky_setting)
  if [ -n "$key" ]; then
    echo "refused $dir/.git/config sets $key; remove that, or set trust: true"
    exit
  fi
  head=$(copy rev-parse --verify 'HEAD^{commit}') || { echo no-commit; exit; }
fi
