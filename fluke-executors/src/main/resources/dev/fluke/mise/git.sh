#!/bin/sh
# Reads the state of the working copy $dir into $state and, if it is a copy, its commit into $head.
# Git prompts for nothing, runs nothing of the repository, and writes only what it must.
# shellcheck disable=SC2154,SC2034,SC2329  # other parts of the program set and use these
git() {
  env GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=false GIT_ALLOW_PROTOCOL=file:https:ssh \
    GIT_OPTIONAL_LOCKS=0 GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}" \
    git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c gc.auto=0 \
    -c maintenance.auto=false -c submodule.recurse=false "$@"
}
command -v git >/dev/null 2>&1 || { echo no-git; exit; }
if [ -L "$dir" ]; then echo link; exit; fi
origin() { git -C "$dir" config --get remote.origin.url || echo none; }
changed() { git -C "$dir" status --porcelain --untracked-files=no --ignore-submodules=all; }
state() {
  if [ ! -e "$dir" ]; then echo missing
  elif [ ! -d "$dir" ]; then echo foreign
  elif [ -e "$dir/.git" ]; then echo copy
  elif [ -z "$(ls -A "$dir")" ]; then echo missing
  else echo foreign
  fi
}
state=$(state)
if [ "$state" = foreign ]; then echo foreign; exit; fi
if [ "$state" = copy ]; then
  head=$(git -C "$dir" rev-parse --verify 'HEAD^{commit}') || { echo no-commit; exit; }
fi
