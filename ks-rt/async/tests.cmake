# SPDX-License-Identifier: MIT
# Asynchronous threads depend on how a compiler saves registers and makes functions of blocks: so
# their tests are also built with clang, at several levels of optimisation, and with their checks.

set(async_sources ${sources})
list(FILTER async_sources INCLUDE REGEX "/ks-rt/(async|os)/")
file(GLOB async_tests CONFIGURE_DEPENDS async/*_test.c async/*_test.cpp)
file(GLOB async_headers CONFIGURE_DEPENDS *.h os/*.h async/*.h async/*.hpp)
find_program(CLANG NAMES clang-22 REQUIRED)
find_program(CLANGXX NAMES clang++-22 REQUIRED)

# ks_async_test(NAME CC CXX FLAG...): all of it with one compiler, whichever builds the rest.
function(ks_async_test name cc cxx)
  set(objects "")
  set(flags -I${CMAKE_SOURCE_DIR} -g -Wall -Wextra -Werror -Wno-missing-field-initializers
      -fno-omit-frame-pointer -DKS_ASYNC_FRAMES ${ARGN})
  foreach(source ${async_sources} ${async_tests})
    file(RELATIVE_PATH stem ${CMAKE_CURRENT_SOURCE_DIR} ${source})
    string(REPLACE / - stem ${stem})
    set(object ${CMAKE_CURRENT_BINARY_DIR}/${name}.dir/${stem}.o)
    if(stem MATCHES "\\.c$")
      set(compile ${cc} -std=gnu11)
    else()
      set(compile ${cxx} -std=c++20)
    endif()
    if(stem MATCHES "_test\\.c$")
      list(APPEND compile -fopenmp)
    endif()
    add_custom_command(OUTPUT ${object}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/${name}.dir
      COMMAND ${compile} ${flags} -c ${source} -o ${object}
      DEPENDS ${source} ${async_headers} VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  set(binary ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${name})
  add_custom_command(OUTPUT ${binary}
    COMMAND ${cxx} ${ARGN} -rdynamic ${objects} -o ${binary} -lgmock -lgtest_main -lgtest -lpthread -ldl
    DEPENDS ${objects} VERBATIM)
  add_custom_target(${name} ALL DEPENDS ${binary})
  add_test(NAME ${name} COMMAND ${binary})
  set_tests_properties(${name} PROPERTIES LABELS "unit;ks-rt")
endfunction()

ks_async_test(ks-rt-async-test-debug ${CMAKE_C_COMPILER} ${CMAKE_CXX_COMPILER} -O2 -DKS_ASYNC_DEBUG)
ks_async_test(ks-rt-async-test-O0 ${CMAKE_C_COMPILER} ${CMAKE_CXX_COMPILER} -O0)
ks_async_test(ks-rt-async-test-native ${CMAKE_C_COMPILER} ${CMAKE_CXX_COMPILER} -O3 -march=native)
ks_async_test(ks-rt-async-test-clang ${CLANG} ${CLANGXX} -O2)
ks_async_test(ks-rt-async-test-clang-debug ${CLANG} ${CLANGXX} -O0 -DKS_ASYNC_DEBUG)
ks_async_test(ks-rt-async-test-clang-native ${CLANG} ${CLANGXX} -O3 -march=native)
ks_async_test(ks-rt-async-test-clang-asan ${CLANG} ${CLANGXX} -O1
              -fsanitize=address,undefined -fno-sanitize-recover=all)
ks_async_test(ks-rt-async-test-clang-tsan ${CLANG} ${CLANGXX} -O1 -fsanitize=thread)
add_subdirectory(bench)
