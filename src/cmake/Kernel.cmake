# dmatrix_kernels(TARGET FILE...): hot loops, compiled once for every instruction set of this
# architecture (src/base/isa.h has the same list) and linked into TARGET. They want vector code in
# every build, the debug and sanitizer ones included.
#
# -fno-math-errno      sqrt() may be one instruction
# -fno-trapping-math   gcc may compute both sides of a ?: (clang assumes so anyway)
# -ffp-contract=off    what is rounded once says so itself (src/metric/kernel/lanes.h)
set(DMATRIX_FLAGS_avx512 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mavx2 -mfma
    -mprefer-vector-width=512)
set(DMATRIX_FLAGS_avx2 -mavx2 -mfma)
set(DMATRIX_FLAGS_sse2)
set(DMATRIX_FLAGS_neon)
set(DMATRIX_FLAGS_plain)

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    set(DMATRIX_ISAS avx512 avx2 sse2)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64|ARM64)$")
    set(DMATRIX_ISAS neon)
else()
    set(DMATRIX_ISAS plain)
endif()

function(dmatrix_kernels target)
    set(flags -O3 -fno-math-errno -ffp-contract=off)
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
        list(APPEND flags -fno-trapping-math)
    endif()
    foreach(isa ${DMATRIX_ISAS})
        add_library(${target}-${isa} OBJECT ${ARGN})
        dmatrix_warnings(${target}-${isa})
        target_compile_definitions(${target}-${isa} PRIVATE DM_ISA=${isa})
        target_compile_options(${target}-${isa} PRIVATE ${flags} ${DMATRIX_FLAGS_${isa}})
        target_include_directories(${target}-${isa} PRIVATE
            ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
        target_sources(${target} PRIVATE $<TARGET_OBJECTS:${target}-${isa}>)
    endforeach()
endfunction()
