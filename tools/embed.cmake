# Writes OUT, a C file with one array per file of FILES: lp_player_<name with _ for .>, and its size.
set(text "/* Made at build time from src/player. */\n#include \"package/player_files.h\"\n\n")
# Comments are for those who read the source: every learner would pay for them. They go with the blanks before them and
# the end of line behind, while * and / stand for themselves and all else for its bytes in hexadecimal.
set(comment "(20,)*/[*][^*]*[*]+([^/*][^*]*[*]+)*/(0a,)?")
foreach(file ${FILES})
    get_filename_component(name ${file} NAME)
    string(MAKE_C_IDENTIFIER ${name} id)
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\1," bytes "${hex}")
    string(REPLACE "2a," "*" bytes "${bytes}")
    string(REPLACE "2f," "/" bytes "${bytes}")
    string(REGEX REPLACE "${comment}" "" bytes "${bytes}")
    string(REPLACE "*" "2a," bytes "${bytes}")
    string(REPLACE "/" "2f," bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1" bytes "${bytes}")
    string(APPEND text "const unsigned char lp_player_${id}[] = {${bytes}0};\n"
                       "const size_t lp_player_${id}_bytes = sizeof(lp_player_${id}) - 1;\n")
endforeach()
file(WRITE ${OUT} "${text}")
