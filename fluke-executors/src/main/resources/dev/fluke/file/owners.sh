#!/bin/sh
# Users and groups of the host, by number.
# shellcheck disable=SC2034  # the programs that come later use $whose

# Prints the number of the user $1, or nothing.
user_number() {
  case $1 in
    *[!0-9]*) id -u "$1" 2>/dev/null ;;
    *) echo "$1" ;;
  esac
}

# Prints the number of the group $1, or nothing.
group_number() {
  case $1 in *[!0-9]*) ;; *) echo "$1"; return ;; esac
  if command -v getent >/dev/null; then
    known=$(getent group "$1")
    known=${known#*:*:}
    echo "${known%%:*}"
    return
  fi
  while IFS=: read -r name _ gid _; do
    if [ "$name" = "$1" ]; then echo "$gid"; return; fi
  done </etc/group
}

# Sets whose to what chown takes for $OWNER and $GROUP, or ends because the host lacks one of them.
# The chown of GNU takes a number after a plus for no name.
look_up_owners() {
  whose='' plus=''
  [ -n "$OWNER$GROUP" ] || return 0
  uid=$(user_number "$OWNER")
  gid=$(group_number "$GROUP")
  unknown=
  if [ -n "$GROUP" ] && [ -z "$gid" ]; then unknown="group: the host has no group '$GROUP'"; fi
  if [ -n "$OWNER" ] && [ -z "$uid" ]; then unknown="user: the host has no user '$OWNER'"; fi
  if [ -n "$unknown" ]; then echo "invalid $unknown" >&2; exit 1; fi
  if [ "$(id -u +0 2>/dev/null)" = 0 ]; then plus=+; fi
  whose=${uid:+$plus$uid}${gid:+:$plus$gid}
}
