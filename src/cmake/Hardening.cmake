# What makes a fault harder to use, in every target from here on: addresses that are not known
# beforehand, jumps that only land where one is expected, buffers that are checked where their size
# is known. tests/cli/hardening.sh looks whether it is in what people run; docs/security.md says what
# it costs. Sanitizers check more, and some of this would hide from them what they look for.
option(DMATRIX_HARDENING "Build with the compiler's and the linker's defences" ON)
if(DMATRIX_HARDENING AND (DMATRIX_FUZZ OR CMAKE_C_FLAGS MATCHES "-fsanitize"))
    message(STATUS "No hardening with sanitizers")
    set(DMATRIX_HARDENING OFF)
endif()
if(NOT DMATRIX_HARDENING)
    return()
endif()
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
include(CheckLinkerFlag)
include(CheckPIESupported)

# Executables may be loaded anywhere: what they are made of may be, CMakeLists.txt has seen to that.
check_pie_supported(OUTPUT_VARIABLE reason LANGUAGES C)
if(NOT CMAKE_C_LINK_PIE_SUPPORTED)
    message(STATUS "No position-independent executables: ${reason}")
endif()

set(CMAKE_REQUIRED_FLAGS -Werror) # some are known, but not on every architecture
foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection
        -mbranch-protection=standard)
    string(MAKE_C_IDENTIFIER "DMATRIX_HAS${flag}" known)
    check_c_compiler_flag(${flag} ${known})
    if(${known})
        add_compile_options(${flag})
    endif()
endforeach()

unset(CMAKE_REQUIRED_FLAGS)

foreach(flag -z,relro -z,now -z,noexecstack)
    string(MAKE_C_IDENTIFIER "DMATRIX_HAS_LINKER_${flag}" known)
    check_linker_flag(C -Wl,${flag} ${known})
    if(${known})
        add_link_options(-Wl,${flag})
    endif()
endforeach()

# It takes an optimiser to know the size of a buffer. A C library that does not know level 3 warns.
set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
check_c_source_compiles("#include <stdio.h>\nint main(void) { return puts(\"\"); }"
    DMATRIX_HAS_FORTIFY_3)
unset(CMAKE_REQUIRED_FLAGS)
set(fortify $<IF:$<BOOL:${DMATRIX_HAS_FORTIFY_3}>,3,2>)
add_compile_options(
    "$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=${fortify}>")
