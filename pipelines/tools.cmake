# SPDX-License-Identifier: MIT
# The tools of pipelines/ that are no stages: ks-ninja writes driver.ninja, ks-vm boots
# a kernel and judges the run. Both ask other programs through ks-ask.

find_package(Boost 1.81 REQUIRED COMPONENTS filesystem)

add_library(ks-ask STATIC ask.cpp)
target_link_libraries(ks-ask PUBLIC ks-frame Boost::filesystem Threads::Threads)

add_library(ks-vm-lib STATIC vm/bochs.cpp vm/console.cpp vm/initramfs.cpp vm/judge.cpp
            vm/kvm.cpp)
target_link_libraries(ks-vm-lib PUBLIC ks-ask)
file(READ vm/bochsrc bochsrc)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS vm/bochsrc)
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/include/pipelines/vm/bochsrc.inc CONTENT "R\"(${bochsrc})\"\n")
target_include_directories(ks-vm-lib PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/include)

function(ks_tool name)
  add_executable(${name} ${name}.cpp)
  target_compile_definitions(${name} PRIVATE KS_VERSION="${PROJECT_VERSION}")
  target_link_libraries(${name} PRIVATE ${name}-lib)
  add_dependencies(tools ${name})
  ks_unit_tests(${name} ${CMAKE_CURRENT_SOURCE_DIR}/${ARGV1} ${name}-lib pipelines)
endfunction()

ks_tool(ks-vm vm)

add_library(ks-ninja-lib STATIC ninja/kernel_build.cpp ninja/ninja_text.cpp ninja/pipeline.cpp ninja/tables.cpp)
target_link_libraries(ks-ninja-lib PUBLIC ks-ask)
ks_tool(ks-ninja ninja)
