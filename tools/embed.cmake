# Writes OUT, a C file with one array per file of FILES: lp_player_<name with _ for .>, and its size; and
# lp_package_code, a hash of these files and of those in CODE.
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
set(hashes "")
foreach(file ${FILES} ${CODE})
    file(SHA256 ${file} hash)
    string(APPEND hashes "${hash}")
endforeach()
string(SHA256 code "${hashes}")
string(APPEND text "const char lp_package_code[] = \"${code}\";\n")
file(WRITE ${OUT} "${text}")
