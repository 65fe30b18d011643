# FindCairo: by its pkg-config files, which every distribution ships.
# Defines the target Cairo::Cairo.
find_package(PkgConfig REQUIRED)
pkg_check_modules(CAIRO IMPORTED_TARGET QUIET cairo>=1.16 cairo-svg cairo-png)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Cairo
    REQUIRED_VARS CAIRO_LINK_LIBRARIES
    VERSION_VAR CAIRO_cairo_VERSION
    REASON_FAILURE_MESSAGE "(Debian and Ubuntu: libcairo2-dev, or run .ci/deps)")

if(Cairo_FOUND AND NOT TARGET Cairo::Cairo)
    add_library(Cairo::Cairo ALIAS PkgConfig::CAIRO)
endif()
