# Runs a program as @USER@ through a shell, or alone if sudo allows the program and no shell.
# Whatever is refused goes through the shell, too, and gets sudo's own words. That a shell can be
# had is kept in $shells, so that it is asked once. That it is allowed is not enough: sudo says so
# of what needs a password, too. It is tried only then, since a refusal is written into the host's
# log.
# shellcheck shell=sh disable=SC2154
# SC2154: not set means that no shell was had yet.
if case "$shells" in
  *' @USER@ '*) ;;
  *)
    sudo -n -l -u @USER@ -- /bin/sh -c : </dev/null >/dev/null 2>&1 &&
      sudo -n -u @USER@ -- /bin/sh -c : </dev/null >/dev/null 2>&1 &&
      shells="$shells @USER@ "
    ;;
esac || ! sudo -n -l -u @USER@ -- @ARGV@ </dev/null >/dev/null 2>&1; then
  @THROUGH_SHELL@
else
  @ALONE@
fi
