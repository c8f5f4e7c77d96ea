# Becomes a shell without anything of this one's environment, in the user's home.
# shellcheck shell=sh disable=SC2154
# SC2154: eval sets $h.
u=$(id -un)
eval "h=~$u"
cd "$h" || cd /
umask 022
@FIRST@
exec env -i HOME="$h" USER="$u" LOGNAME="$u" SHELL=/bin/sh LC_ALL=C.UTF-8 PATH=@PATH@ \
  /bin/sh -c @THEN@
