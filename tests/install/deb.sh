#!/bin/sh
# deb.sh SOURCE BUILD VERSION [--for-real]: makes Debian packages of a build with cpack, checks them with
# lintian, unpacks dmatrix into a folder and runs its command there. With --for-real, as root, the package is
# installed on this machine, used and removed, and the archive of the sources is made and checked. Exit
# status 77: dpkg is not here, or the package is installed already.
set -u
source=$1 build=$2 version=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$source/tests/install/common.sh"
command -v dpkg-shlibdeps >/dev/null || { echo "there is no dpkg-shlibdeps (dpkg-dev)"; exit 77; }

cpack --config "$build/CPackConfig.cmake" -B "$work/packages" >"$work/log" 2>&1 ||
    { cat "$work/log"; exit 1; }
deb=$(echo "$work"/packages/dmatrix_"$version"_*.deb)
same "the package's version" "$version" dpkg-deb -f "$deb" Version
dpkg-deb -f "$deb" Depends | grep -q 'libc6.*libjansson4' || fail "it does not say what it needs"
if [ -e "$build/crs.so" ]; then
    dpkg-deb -f "$deb" Depends | grep -q 'libproj' || fail "it does not say that --crs needs PROJ"
fi
if [ -e "$build/server.so" ]; then
    dpkg-deb -f "$deb" Depends | grep -q 'libcurl' || fail "it does not say that routing servers need libcurl"
fi
dpkg-deb -f "$deb" Recommends | grep -q 'gnuplot-nox' || fail "it does not recommend gnuplot"
mpi=
if [ -e "$build/dmatrix-mpi" ]; then
    mpi=$(echo "$work"/packages/dmatrix-mpi_"$version"_*.deb)
    dpkg-deb -f "$mpi" Depends | grep -q "dmatrix (= $version).*mpi" || fail "dmatrix-mpi does not say what it needs"
    dpkg-deb -c "$mpi" | grep ' ./usr/bin/dmatrix-mpi$' >/dev/null || fail "there is no dmatrix-mpi in its package"
    dpkg-deb -c "$deb" | grep 'dmatrix-mpi' && fail "dmatrix-mpi is in both packages"
fi
if command -v lintian >/dev/null; then
    for package in $deb $mpi; do
        lintian --fail-on error,warning "$package" >"$work/log" 2>&1 || { cat "$work/log"; fail "lintian"; }
    done
fi

for_real() {
    if dpkg-query -W dmatrix >/dev/null 2>&1; then
        echo "there is a package dmatrix on this machine already"
        exit 77
    fi
    dpkg -i "$deb" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    installed /usr
    cc "$source/docs/examples/distances.c" -o "$work/distances" -ldmatrix && "$work/distances" >"$work/matrix" ||
        fail "no program can be built, or it does not run"
    dpkg -P dmatrix >"$work/log" 2>&1 || { cat "$work/log"; fail "it cannot be removed"; }
    grep -i warning "$work/log" && fail "it does not go cleanly"
    left=$(find /usr \( -name 'dmatrix*' -o -name 'libdmatrix*' -o -name '_dmatrix' \) \
        ! -path '/usr/local/*' ! -path '/usr/src/*')
    [ -z "$left" ] || fail "left: $left"
}

# The archive of the sources has the files that git tracks and no others.
sources() {
    cmake --build "$build" --target source-package >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    archive=$build/packages/dmatrix-$version.tar.gz
    tar -tf "$archive" | sed -n "s|^dmatrix-$version/\(.*[^/]\)$|\1|p" | sort >"$work/packed"
    git -C "$source" ls-tree -r --name-only HEAD | sort >"$work/files"
    cmp "$work/packed" "$work/files" ||
        { diff "$work/files" "$work/packed" | head; fail "the archive"; }
}

if [ "${4-}" = --for-real ]; then
    for_real
    sources
else
    dpkg-deb -x "$deb" "$work/root" || fail "it cannot be unpacked"
    installed "$work/root/usr"
fi
[ "$failures" -eq 0 ]
