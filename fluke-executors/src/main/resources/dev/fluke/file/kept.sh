#!/bin/sh
# What a file has besides content, mode and owner: an access control list, extended attributes such
# as capabilities, a label, and flags that keep it as it is.
# shellcheck disable=SC2154  # walk.sh, which comes first, sets these

# Ends if a flag keeps the entry $1, whose path is $2, from being changed.
unlocked() {
  flags=$(lsattr -d "$1" 2>/dev/null) || return 0
  case ${flags%% *} in
    *i*) flag=i is=immutable ;;
    *a*) flag=a is=append-only ;;
    *) return 0 ;;
  esac
  echo "$2 is $is; allow changes with: chattr -$flag" >&2
  exit 1
}

# Ends if a flag keeps anything in the directory $1 from being removed.
unlocked_below() {
  locked=$(lsattr -R -a "$1" 2>/dev/null | grep '^[-A-Za-z]*[ai][-A-Za-z]* \./' | head -n 1)
  [ -n "$locked" ] || return 0
  locked=${FILE%/*}/${locked#* ./}
  echo "$locked is immutable or append-only; allow changes with: chattr -R -ia" >&2
  exit 1
}

# Copies what $1 has besides content and owner to $2, or ends, with the reason.
copy_attributes() {
  what=mode,xattr
  if [ -e /sys/fs/selinux/enforce ]; then what=$what,context; fi
  problem=$(LC_ALL=C cp --attributes-only --preserve="$what" "$1" "$2" 2>&1) && return
  case $problem in
    *'unrecognized option'* | *'without xattr'*)
      # A cp that can't: that's fine unless there is something to keep.
      problem=$(
        getcap "$1" 2>/dev/null
        getfattr -m - "$1" 2>/dev/null | grep -v '^#\|^security.selinux$\|^$'
        getfacl -s "$1" 2>/dev/null
      )
      [ -n "$problem" ] || return 0
      problem="only the cp of GNU copies them: $problem"
      ;;
  esac
  echo "the extended attributes and access control list of $FILE can't be kept: $problem" >&2
  exit 1
}
