# dmatrix_kernels(LIST FILE...): hot loops, compiled once for every instruction set of this
# architecture (src/base/isa.h has the same list), whose objects are added to LIST. They
# want vector code in every build, the debug and sanitizer ones included.
#
# -fno-math-errno      sqrt() may be one instruction
# -fno-trapping-math   gcc may compute both sides of a ?: (clang assumes so anyway)
set(DMATRIX_FLAGS_avx512 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mavx2 -mfma
    -mprefer-vector-width=512)
set(DMATRIX_FLAGS_avx2 -mavx2 -mfma)
set(DMATRIX_FLAGS_sse2)
set(DMATRIX_FLAGS_neon)
set(DMATRIX_FLAGS_plain)

include(CheckSymbolExists)
check_symbol_exists(__x86_64__ stddef.h DMATRIX_X86_64)
check_symbol_exists(__aarch64__ stddef.h DMATRIX_AARCH64)
if(DMATRIX_X86_64)
    set(DMATRIX_ISAS avx512 avx2 sse2)
elseif(DMATRIX_AARCH64)
    set(DMATRIX_ISAS neon)
else()
    set(DMATRIX_ISAS plain)
endif()

function(dmatrix_kernels list)
    set(flags -O3 -fno-math-errno)
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
        list(APPEND flags -fno-trapping-math)
    endif()
    foreach(isa ${DMATRIX_ISAS})
        set(target dmatrix-${isa})
        add_library(${target} OBJECT ${ARGN})
        dmatrix_warnings(${target})
        target_compile_definitions(${target} PRIVATE DM_ISA=${isa})
        target_compile_options(${target} PRIVATE ${flags} ${DMATRIX_FLAGS_${isa}})
        target_include_directories(${target} PRIVATE
            ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
        list(APPEND ${list} $<TARGET_OBJECTS:${target}>)
    endforeach()
    set(${list} ${${list}} PARENT_SCOPE)
endfunction()
