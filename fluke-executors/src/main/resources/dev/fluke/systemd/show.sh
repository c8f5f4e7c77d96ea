#!/bin/sh
# Prints the properties of a unit. While the unit changes its state, asks again for up to 3 s.
@BUS@
for n in 1 2 3 4 5 6 7; do
  s=$(@SYSTEMCTL@ show --property=@PROPERTIES@ -- @UNIT@) || exit
  case $s in
    *SubState=auto-restart*) break ;;
    *ActiveState=activating* | *ActiveState=deactivating* | \
      *ActiveState=reloading* | *ActiveState=refreshing*)
      test "$n" = 7 || sleep 0.5
      ;;
    *) break ;;
  esac
done
printf '%s\n' "$s"
@THEN@
