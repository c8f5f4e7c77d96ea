#!/bin/sh
# Enters the directory that holds the working copy $dir, and then the working copy. Reads its state
# into $state and, if it is a copy, its commit into $head. Git prompts for nothing, runs nothing of
# the repository, and writes only what it must; it runs only where nobody else can exchange a file.
# shellcheck disable=SC2154,SC2034,SC2329,SC2030,SC2031  # other parts set and use these
command -v git >/dev/null 2>&1 || { echo no-git; exit; }
pass='' pack='' old='' origin=none line='
'
if [ -e "$HOME/.gitconfig" ] || [ -e "${XDG_CONFIG_HOME:-$HOME/.config}/git/config" ]; then
  case $(command git version) in
    'git version '[01].* | 'git version '2.[0-9].* | 'git version '2.[12][0-9].*) old=yes ;;
    'git version '2.3[01].*) old=yes ;;
  esac
fi
# Git with none of the host's own settings but those that $pass has.
git() (
  export GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=false GIT_ALLOW_PROTOCOL=file:https:ssh
  export GIT_OPTIONAL_LOCKS=0 GIT_NO_LAZY_FETCH=1
  export GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}"
  export GIT_CONFIG_NOSYSTEM=1 GIT_ATTR_NOSYSTEM=1
  export GIT_CONFIG_GLOBAL="${GIT_CONFIG_GLOBAL:-/dev/null}"
  export GIT_CONFIG_PARAMETERS="$pass${GIT_CONFIG_PARAMETERS:-}"
  if [ -n "$old" ]; then export HOME=/dev/null XDG_CONFIG_HOME=/dev/null; fi
  exec git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c gc.auto=0 \
    -c core.attributesFile=/dev/null -c core.excludesFile=/dev/null \
    -c maintenance.auto=false -c submodule.recurse=false -c fetch.recurseSubmodules=false "$@"
)
quoted() {
  rest=$1 quoted=''
  while :; do
    case $rest in
      *\'*) quoted="$quoted${rest%%\'*}'\\''" rest=${rest#*\'} ;;
      *) break ;;
    esac
  done
  quoted="'$quoted$rest'"
}
# Reads $origin, and what the host says about how to reach and to log in to servers. It goes on in
# the environment: others can read the arguments of a program.
read_settings() {
  wanted_settings='^(http|credential)\..|^safe\.directory$|^url\..*\.insteadof$'
  found_settings=$(command git "$@" config --get-regexp \
    "$wanted_settings|^remote\.origin\.url\$" 2>/dev/null)
  while IFS= read -r setting; do
    key=${setting%% *} value=
    case $setting in *' '*) value=${setting#* } ;; esac
    case $key in
      remote.origin.url) origin=$value ;;
      http.* | credential.* | url.*.insteadof)
        quoted "$key=$value"
        pass="$pass$quoted "
        ;;
      safe.directory)
        quoted "$key=$value"
        pass="$pass$quoted "
        case $url in file:*) pack="${pack:-git} -c $quoted" ;; esac
        ;;
    esac
  done <<EOF
$found_settings
EOF
  pack=${pack:+$pack upload-pack}
}
# Sets $wanted to the commit of the branch itself: Git also lists refs that end like it.
find_branch() {
  wanted=
  listed=$(
    cd / &&
      git ls-remote --exit-code ${pack:+"--upload-pack=$pack"} -- "$url" "refs/heads/$branch"
  ) || return
  while read -r id name; do
    if [ "$name" = "refs/heads/$branch" ]; then wanted=$id; fi
  done <<EOF
$listed
EOF
  [ -n "$wanted" ] || return 2
}
# Sets $pointer to the first file of the commit $1 that is a pointer of Git LFS.
find_pointer() {
  pointer=
  found_pointers=$(copy -c core.quotePath=false grep -l -I \
    -e '^version https://git-lfs\.github\.com/spec/' "$1" --)
  while IFS= read -r each; do
    [ -n "$each" ] || continue
    case $(copy cat-file blob "$each" | head -c 60) in
      'version https://git-lfs.github.com/spec/'*)
        pointer=${each#*:}
        return
        ;;
    esac
  done <<EOF
$found_pointers
EOF
}
# In the working copy, and nowhere else, whatever its settings say.
copy() { git --git-dir=.git --work-tree=. "$@"; }
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
  head=$(copy rev-parse --verify 'HEAD^{commit}' 2>&1) || {
    case $head in *'Needed a single revision'*) echo no-commit ;; *) echo unreadable ;; esac
    printf '%s\n' "$head" >&2
    exit
  }
  read_settings --git-dir=.git
else
  read_settings -C /
fi
