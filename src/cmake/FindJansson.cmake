# FindJansson: by its pkg-config file, which every distribution ships.
# Defines the target Jansson::Jansson.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    pkg_check_modules(JANSSON QUIET IMPORTED_TARGET jansson)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Jansson
    REQUIRED_VARS JANSSON_LINK_LIBRARIES
    VERSION_VAR JANSSON_VERSION
    REASON_FAILURE_MESSAGE "(Debian and Ubuntu: libjansson-dev, or run .ci/deps)")

if(Jansson_FOUND AND NOT TARGET Jansson::Jansson)
    add_library(Jansson::Jansson ALIAS PkgConfig::JANSSON)
endif()
