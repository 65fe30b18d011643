# `cpack` makes a package for Debian and Ubuntu of what `cmake --install` puts in place, and
# `cpack --config CPackSourceConfig.cmake` an archive of the sources. docs/install.md tells of both.
set(DMATRIX_MAINTAINER "The dmatrix authors <dmatrix@dmatrix.invalid>" # there is no such address
    CACHE STRING "Who made the package, with an address")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DESCRIPTION
"Reads named locations from CSV files, computes the distance of every pair on
one thread, a thread for every task, a pool of threads or processes, writes
the distances as CSV, matrix, NumPy array, TSPLIB, PHYLIP or JSON, and tells
how long each phase took. With a library for C and C++.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${DMATRIX_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # by dpkg-shlibdeps
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libcsv-dev") # for the static library

set(CPACK_SOURCE_GENERATOR TXZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME dmatrix-${PROJECT_VERSION})
string(REGEX REPLACE "([][+.*()^$?|\\\\])" "\\\\\\\\\\1" root "${PROJECT_SOURCE_DIR}") # as an expression
set(CPACK_SOURCE_IGNORE_FILES "^${root}/(build|\\\\.git)/;/\\\\.git$")
include(CPack)
