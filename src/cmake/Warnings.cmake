# dmatrix_warnings(TARGET): what all of our code compiles under without a word.
function(dmatrix_warnings target)
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
        -Wvla -Wformat=2 $<$<BOOL:${DMATRIX_WERROR}>:-Werror>)
endfunction()
