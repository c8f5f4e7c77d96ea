#!/bin/sh
# Git and mise work with paths, so they run only where nobody but root and this user can exchange a
# directory, or write: what others put there would run as this user.
# shellcheck disable=SC2154,SC2034  # walk.sh, which comes first, sets these

# Ends with the reason why a directory was not entered.
stop() {
  case $why in
    missing | blocked) echo no-directory ;;
    closed) echo closed ;;
    *) printf 'refused %s\n' "$reason" ;;
  esac
  exit
}

# Ends if somebody else can exchange what was entered, or write in $1, whose facts are split.
only_ours() {
  if [ -n "$loose" ]; then
    echo "refused others can exchange what is in $loose; set run_as to its owner"
    exit
  elif [ -n "$shared" ]; then
    echo "refused $shared can write in $1; set run_as to its owner, or let only its owner write"
    exit
  fi
}
