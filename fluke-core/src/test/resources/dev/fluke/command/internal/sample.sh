#!/bin/sh
# shellcheck disable=SC2034
# Says @WHAT@ in a comment, which is not sent.
{
  if [ -n "$HOME" ]; then
    # indented comment
    printf '%s # %s' @WHAT@ "$@"

    k=@TENTHS@
    echo @WHAT@
  fi
}
