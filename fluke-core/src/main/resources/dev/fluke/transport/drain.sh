# Drains the output of a command on the host, so that a cut connection does not kill it half-way.
# shellcheck shell=sh
{
  {
    {
      @RUN@
    } 2>&1 1>&3 | ( trap '' PIPE; cat 2>/dev/null; exec cat >/dev/null 2>&1 ) >&2
  } 3>&1 | ( trap '' PIPE; cat 2>/dev/null; exec cat >/dev/null 2>&1 )
}
