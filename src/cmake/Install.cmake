# What `cmake --install` puts where, and how to take it away again. docs/install.md tells of it.
#
# All of it may be moved afterwards: the package files find their own place.
include(CMakePackageConfigHelpers)

install(TARGETS dmatrix-command RUNTIME)
if(TARGET dmatrix-plot)
    install(TARGETS dmatrix-plot RUNTIME)
endif()

# Two exports, so that who links the shared library needs nothing of what the static one needs.
install(TARGETS dmatrix EXPORT dmatrix-shared LIBRARY)
install(TARGETS dmatrix-static EXPORT dmatrix-static ARCHIVE)
install(DIRECTORY include/dmatrix TYPE INCLUDE FILES_MATCHING PATTERN "*.h")

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/dmatrix)
install(EXPORT dmatrix-shared NAMESPACE dmatrix:: DESTINATION ${package})
install(EXPORT dmatrix-static NAMESPACE dmatrix:: DESTINATION ${package})
configure_package_config_file(src/cmake/dmatrix-config.cmake.in
    ${CMAKE_CURRENT_BINARY_DIR}/dmatrix-config.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/dmatrix-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/dmatrix-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/dmatrix-config-version.cmake
    src/cmake/FindCSV.cmake
    src/cmake/FindJansson.cmake
    DESTINATION ${package})

# From the folder of the .pc file to where everything begins.
file(RELATIVE_PATH up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" up "${up}")
configure_file(src/cmake/dmatrix.pc.in ${CMAKE_CURRENT_BINARY_DIR}/dmatrix.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/dmatrix.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN man EXCLUDE)

add_custom_target(uninstall
    COMMAND ${CMAKE_COMMAND} -DMANIFEST=${CMAKE_BINARY_DIR}/install_manifest.txt
            -P ${CMAKE_CURRENT_LIST_DIR}/Uninstall.cmake
    COMMENT "Removing what was installed last"
    VERBATIM)
