# Becomes a shell without anything of this one's environment, in the user's home. Where
# that can't be looked up, HOME is taken if it can be entered, and / if not.
# shellcheck shell=sh disable=SC2154
# SC2154: eval sets $h.
@OWN_TOOLS@
u=$(id -un 2>/dev/null) || u=
h=
case $u in
  '' | *[!A-Za-z0-9._@+-]*) ;;
  *) eval "h=~$u" ;;
esac
case $h in
  /*) ;;
  *)
    h=/
    case ${HOME-} in
      /*) (cd "$HOME") 2>/dev/null && h=$HOME ;;
    esac
    ;;
esac
cd "$h" 2>/dev/null || cd /
[ "$u" ] || u=$(id -u)
umask 022
@FIRST@
exec env -i HOME="$h" USER="$u" LOGNAME="$u" SHELL=/bin/sh LC_ALL=C.UTF-8 PATH="$PATH" \
  /bin/sh -c @THEN@
