# dmatrix_embed(SOURCES FILE NAME): the text of FILE, which is ASCII, as the C array NAME; appends its
# source to the list SOURCES.
function(dmatrix_embed sources file name)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.c)
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    file(CONFIGURE OUTPUT ${source} CONTENT "extern const char ${name}[];\nconst char ${name}[] = {${bytes}0};\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    set(${sources} ${${sources}} ${source} PARENT_SCOPE)
endfunction()
