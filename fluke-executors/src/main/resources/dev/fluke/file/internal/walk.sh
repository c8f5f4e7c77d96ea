#!/bin/sh
# Enters the directory that holds the last component of a path, one directory after the other. The
# working directory of a shell is a handle: it stays the directory that was entered, whatever others
# rename. `enter PATH` sets
#   last     the last component: use it as "./$last"
#   found    its facts; empty if nothing is there
#   shared   who else can write in the directory; empty if only root and this user can
#   loose    the first directory in which others could exchange the next one; empty if there is none
# or fails, with why=missing, blocked or closed and the path $at, or why=refused and a $reason. With
# create=yes it makes missing directories.
#
# Directories that only root and this user can write are read by one stat: each of them keeps what
# is in it from being exchanged, from the moment it was read. Below others, each step compares what
# was entered with what was there. A link is followed only in a directory of the first sort.
# shellcheck disable=SC2034  # the programs that begin with this one use these

create=
# type and permissions in hexadecimal digits, owner, group, device, inode, links, size, permissions
facts=%f:%u:%g:%d:%i:%h:%s:%a:

# Splits facts.
judge() {
  set -f
  IFS=:
  # shellcheck disable=SC2086
  set -- $1
  unset IFS
  set +f
  type=${1:-0} owner=${2:-} group=${3:-} id=${4:-}:${5:-} links=${6:-} size=${7:-} mode=${8:-}
}

is_trusted() { [ "$1" = 0 ] || [ "$1" = "$me" ]; }

# Takes a directory with the facts just split for the one that was entered. The permissions of its
# group show an access control list, too.
entered() {
  here=$id shared='' sticky=''
  if ! is_trusted "$owner"; then shared="user $owner"
  elif [ $((0x$type & 0x2)) != 0 ]; then shared=everybody
  elif [ $((0x$type & 0x10)) != 0 ]; then shared="group $group"
  fi
  if [ $((0x$type & 0x200)) != 0 ] && is_trusted "$owner"; then sticky=yes; fi
}

# Whether nobody else can exchange the entry with the facts just split.
is_fixed() { [ -z "$shared" ] || { [ -n "$sticky" ] && is_trusted "$owner"; }; }

refuse() {
  why=refused reason=$1
  return 1
}

fails_at() {
  why=$1 at=$2
  return 1
}

# Enters $1, a directory with the facts just split.
into() {
  was=$id
  is_fixed || loose=${loose:-$at}
  at=${at%/}/$1
  cd -P -- "./$1" 2>/dev/null || fails_at closed "$at" || return
  judge "$(stat -c "$facts" .)"
  entered
  [ "$here" = "$was" ] || refuse "$at was exchanged while Fluke entered it"
}

up() {
  at=${at%/*}
  cd -P .. || fails_at closed "$at" || return
  judge "$(stat -c "$facts" .)"
  entered
}

# Goes on at the target of the link $1, with the facts just split.
follow() {
  at_link=${at%/}/$1
  if [ -n "$loose$shared" ] || ! is_trusted "$owner"; then
    refuse "others can set the symbolic link $at_link; declare the path that it points to"
    return
  fi
  hops=$((hops + 1))
  [ "$hops" -le 40 ] || refuse "$at_link is one of too many symbolic links" || return
  target=$(readlink "./$1"; echo .)
  target=${target%??}
  case $target in
    '') fails_at missing "$at_link" || return ;;
    /*) begin=/ ;;
    *) begin=$at ;;
  esac
  left=$target/$left
  case /$target/ in
    */../*)
      [ "$begin" = "$at" ] && return
      at=/
      cd / || return
      judge "$(stat -c "$facts" .)"
      entered
      ;;
    *) left=$begin/$left again=yes ;;
  esac
}

# Enters the directory $1, or goes on where a link leads.
step() {
  entry=$(stat -c "$facts" "./$1" 2>/dev/null) || entry=
  if [ -z "$entry" ]; then
    [ -n "$create" ] || fails_at missing "${at%/}/$1" || return
    (umask 022 && mkdir "./$1") || refuse "the directory ${at%/}/$1 can't be created" || return
    entry=$(stat -c "$facts" "./$1")
  fi
  judge "$entry"
  case $type in
    4*) into "$1" ;;
    a*) follow "$1" ;;
    *) fails_at blocked "${at%/}/$1" ;;
  esac
}

# Reads the path $left from the root on, up to the last directory that nobody else can exchange.
hurry() {
  at=/ way='' shared='' sticky='' found=''
  set -- /proc/self/. /
  while :; do
    case $left in
      */*) part=${left%%/*} left=${left#*/} ;;
      *) break ;;
    esac
    case $part in
      '' | .) ;;
      *)
        way=$way/$part
        set -- "$@" "$way"
        ;;
    esac
  done
  way=$way/$left
  set -- "$@" "$way"
  IFS='|'
  for record in $(stat -c "|$facts" "$@" 2>/dev/null); do
    [ -n "$record" ] || continue
    judge "$record"
    if [ $# = 1 ]; then
      found=$record
    elif [ "$1" = /proc/self/. ]; then
      me=$owner mine=$group
      shift
    else
      case $type in 4*) is_fixed || break ;; *) break ;; esac
      at=$1
      entered
      shift
    fi
  done
  unset IFS
  left=${way#"$at"}
  left=${left#/}
}

enter() {
  left=$1 again=yes hops=0 me='' mine='' loose='' why='' reason=''
  [ -d /proc/self/fd ] || refuse "this host has no /proc" || return
  while :; do
    if [ -n "$again" ]; then
      again=
      hurry
      [ -n "$me" ] || refuse "this host has no stat that knows -c" || return
      cd -P -- "$at" 2>/dev/null || fails_at closed "$at" || return
      last=$left
      case $left in */*) ;; *) return ;; esac
    fi
    left=${left#/}
    case $left in
      */*) next=${left%%/*} left=${left#*/} ;;
      *) break ;;
    esac
    case $next in
      '' | .) ;;
      ..) up || return ;;
      *) step "$next" || return ;;
    esac
  done
  last=$left
  found=$(stat -c "$facts" "./$last" 2>/dev/null) || found=
}

# Enters $FILE, or ends with the reason.
enter_file() {
  enter "$FILE" && return
  case $why in
    missing)
      way_out='create it in an earlier step, or set parents: true'
      reason="the directory ${FILE%/*}/ is missing; $way_out"
      ;;
    blocked) reason="$at is not a directory" ;;
    closed) reason="$at can't be entered" ;;
  esac
  printf '%s\n' "$reason" >&2
  exit 1
}
