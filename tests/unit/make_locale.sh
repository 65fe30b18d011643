#!/bin/sh
# make_locale.sh FOLDER: the locale de_DE.UTF-8 in FOLDER, for LOCPATH. 77: it cannot be made here.
set -eu
mkdir -p "$1"
[ -d "$1/de_DE.UTF-8" ] && exit 0
[ -f /usr/share/i18n/locales/de_DE ] || exit 77
localedef -i de_DE -f UTF-8 "$1/de_DE.UTF-8"
