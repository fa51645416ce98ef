# SPDX-License-Identifier: MIT
# The tables are plain text for people and for shell tools; each program holds a copy.

file(GLOB tables CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/known/*)
list(SORT tables)
set(KS_KNOWN_PATHS "")
set(KS_KNOWN_TEXTS "")
foreach(table ${tables})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${table})
  file(READ ${table} text)
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${table})
  string(APPEND KS_KNOWN_PATHS "    \"${path}\",\n")
  string(APPEND KS_KNOWN_TEXTS "    R\"ks(${text})ks\",\n")
endforeach()
configure_file(known_texts.cpp.in known_texts.cpp @ONLY)
target_sources(ks-frame PRIVATE known.cpp ${CMAKE_CURRENT_BINARY_DIR}/known_texts.cpp)
