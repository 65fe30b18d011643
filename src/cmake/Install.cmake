# What `cmake --install` puts where, and how to take it away again. docs/install.md describes it.
#
# All of it may be moved afterwards: the package files find their own place.
#
# There are two components: dmatrix and, if it is built, mpi.
include(CMakePackageConfigHelpers)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME dmatrix)

install(TARGETS dmatrix-command RUNTIME)
if(TARGET dmatrix-mpi)
    install(TARGETS dmatrix-mpi RUNTIME COMPONENT mpi)
endif()

# Two exports, so that who links the shared library needs nothing of what the static one needs.
install(TARGETS dmatrix EXPORT dmatrix-shared LIBRARY)
foreach(module dmatrix-crs dmatrix-server)
    if(TARGET ${module})
        install(TARGETS ${module} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/dmatrix)
    endif()
endforeach()
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
    DESTINATION ${package})

# The .pc file finds the rest from where it is.
set(pc_folder ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH prefix_from_pc ${pc_folder} ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" prefix_from_pc "${prefix_from_pc}")
file(RELATIVE_PATH include_from_pc ${pc_folder} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(src/cmake/dmatrix.pc.in ${CMAKE_CURRENT_BINARY_DIR}/dmatrix.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/dmatrix.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# As they lie here, so that what one says of another holds.
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY data DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN man EXCLUDE)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright) # as Debian wants it

# Made of the table of options while building (src/generate). Debian has another place for zsh.
if(TARGET documentation-files)
    get_target_property(pages documentation-files DMATRIX_PAGES)
    foreach(page ${pages})
        string(REGEX MATCH "[13]$" section ${page})
        set(component dmatrix)
        if(page MATCHES "-mpi")
            set(component mpi)
        endif()
        install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section}
            COMPONENT ${component})
    endforeach()
    set(completions ${CMAKE_BINARY_DIR}/completions)
    install(FILES ${completions}/dmatrix DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
    install(FILES ${completions}/dmatrix.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
    install(CODE "
        set(folder site-functions)
        if(CMAKE_INSTALL_PREFIX STREQUAL /usr AND EXISTS /etc/debian_version)
            set(folder vendor-completions)
        endif()
        set(data \"${CMAKE_INSTALL_DATADIR}\")
        cmake_path(ABSOLUTE_PATH data BASE_DIRECTORY \"\${CMAKE_INSTALL_PREFIX}\")
        file(INSTALL DESTINATION \"\${data}/zsh/\${folder}\"
            TYPE FILE FILES \"${completions}/_dmatrix\")")
endif()

# A list of what was installed, of our own: that of CMake is written over by cpack, which installs
# nothing. The last rule, when all files are known.
install(CODE "
    if(NOT \"\$ENV{DESTDIR}\" MATCHES _CPack_Packages)
        list(TRANSFORM CMAKE_INSTALL_MANIFEST_FILES PREPEND \"\$ENV{DESTDIR}\")
        list(JOIN CMAKE_INSTALL_MANIFEST_FILES \"\\n\" files)
        file(WRITE \"${CMAKE_BINARY_DIR}/installed.txt\" \"\${files}\\n\")
    endif()")
if(NOT PROJECT_IS_TOP_LEVEL)
    return() # what else is installed is not ours to remove
endif()
add_custom_target(uninstall
    COMMAND ${CMAKE_COMMAND} -DFILES=${CMAKE_BINARY_DIR}/installed.txt
            -P ${CMAKE_CURRENT_LIST_DIR}/Uninstall.cmake
    COMMENT "Removing what was installed last"
    VERBATIM)
