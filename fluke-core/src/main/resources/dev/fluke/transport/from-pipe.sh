# What another shell reads from a pipe: whole, or nothing of it runs.
# shellcheck shell=sh disable=SC2123
# SC2123: this is the PATH of the command.
{
  umask 022
  @BECOME@
  PATH=@PATH@
  LC_ALL=C.UTF-8
  export PATH LC_ALL
  @SETUP@
  @RUN@
}
