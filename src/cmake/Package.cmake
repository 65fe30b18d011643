# `cpack` makes packages for Debian and Ubuntu of what `cmake --install` puts in place: dmatrix and, if
# it is built, dmatrix-mpi, so that only who needs it has MPI; the target
# source-package makes an archive of the sources. docs/install.md describes both.
set(DMATRIX_MAINTAINER "The dmatrix authors <dmatrix@dmatrix.invalid>" # there is no such address
    CACHE STRING "Who made the package, with an address")
set(DMATRIX_RELEASED "Sat, 28 Nov 2026 12:00:00 +0000") # of this version, as a changelog has it

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL dmatrix)
set(CPACK_DEBIAN_DMATRIX_PACKAGE_NAME dmatrix)
if(TARGET dmatrix-mpi)
    list(APPEND CPACK_COMPONENTS_ALL mpi)
    set(CPACK_DEBIAN_MPI_PACKAGE_NAME dmatrix-mpi)
    set(CPACK_DEBIAN_MPI_PACKAGE_DEPENDS "dmatrix (= ${PROJECT_VERSION})")
    set(CPACK_DEBIAN_MPI_PACKAGE_RECOMMENDS openmpi-bin)
    set(CPACK_COMPONENT_MPI_DESCRIPTION
"Computes the straight-line distances between the places in CSV files on
several processes and machines, which MPI starts. They share the work of one
run and write one file.")
endif()
set(CPACK_COMPONENT_DMATRIX_DESCRIPTION
"Computes the straight-line distances between the places in CSV files on one
thread, a thread per task, a thread pool or processes, writes them as CSV,
matrix, NumPy array, TSPLIB, PHYLIP or JSON, and reports how long each phase
took. Includes a library for C and C++.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${DMATRIX_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # by dpkg-shlibdeps
set(CPACK_DEBIAN_DMATRIX_PACKAGE_RECOMMENDS "gnuplot-nox") # for --plot
set(CPACK_DEBIAN_DMATRIX_PACKAGE_SUGGESTS "libcsv-dev, zlib1g-dev") # for the static library
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
file(WRITE ${CMAKE_BINARY_DIR}/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_DMATRIX_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/triggers)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
configure_file(src/cmake/DebianFiles.cmake.in ${CMAKE_BINARY_DIR}/DebianFiles.cmake @ONLY)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_BINARY_DIR}/DebianFiles.cmake)
include(CPack)

set(archive dmatrix-${PROJECT_VERSION})
add_custom_target(source-package
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CPACK_PACKAGE_DIRECTORY}
    COMMAND git -C ${PROJECT_SOURCE_DIR} archive --prefix=${archive}/
            -o ${CPACK_PACKAGE_DIRECTORY}/${archive}.tar.gz HEAD
    COMMENT "Packing the files that git tracks, as they are in the last commit"
    VERBATIM)
