# Prints what an apply has to know of the files of a unit. OwnPlace: the place of a mask, if
# something else is there. OwnLink: where the link leads that takes the place of the unit's file.
# NameLink: a link by which the declared name stands for another unit. GlobalLink: one that starts
# the unit for all users. Installs: whether the unit says how to enable it.
# shellcheck shell=sh disable=SC2154,SC2043
# SC2154: $s is what systemctl has shown. SC2043: the directories are filled in.
i=$(printf '%s\n' "$s" | sed -n 's/^Id=//p')
t=${i%%@*}@.${i##*.}
for c in "@CONFIG@" "@RUNTIME@"; do
  if [ -L "$c/$i" ]; then l=$(readlink -f "$c/$i"); else l=; fi
  case $l in
    '' | /dev/null | /lib/systemd/* | /usr/lib/systemd/* | /usr/local/lib/systemd/* | */"$t") ;;
    *) printf 'OwnLink=%s\n' "$l" ;;
  esac
  if [ "$i" != @UNIT@ ] && [ -L "$c"/@UNIT@ ]; then printf 'NameLink=%s\n' "$c"/@UNIT@; fi
done
c="@CONFIG@/$i"
if [ -e "$c" ] || [ -L "$c" ]; then
  [ "$(readlink "$c")" = /dev/null ] || printf 'OwnPlace=%s\n' "$c"
fi
for d in @GLOBAL@; do
  if [ -L "$d/$i" ]; then printf 'GlobalLink=%s\n' "$d/$i"; fi
done
if f=$(@SYSTEMCTL@ cat -- @UNIT@ 2>/dev/null); then
  n=$(printf '%s\n' "$f" | sed -n '/^\[Install\]/,/^\[[^I]/p' |
    grep -cE '^ *(WantedBy|RequiredBy|UpheldBy|Alias) *= *[^ ]')
  if [ "$n" = 0 ]; then echo Installs=no; else echo Installs=yes; fi
fi
