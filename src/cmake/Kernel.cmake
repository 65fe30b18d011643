# dmatrix_kernel(FILE...): hot loops, which want vector code in every build, the debug and
# sanitizer ones included, so that all of them compute the same bits.
#
# -fno-math-errno      sqrt() may be one instruction
# -fno-trapping-math   gcc may compute both sides of a ?: (clang assumes so anyway)
# -ffp-contract=fast   a * b + c may be one instruction where the machine has it
function(dmatrix_kernel)
    set(flags -O3 -fno-math-errno -ffp-contract=fast)
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
        list(APPEND flags -fno-trapping-math)
    endif()
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS "${flags}")
endfunction()
