# Common headers read once instead of once a file: a third of the time of a build from nothing. Whoever builds so does not
# notice an #include left out, so it is off unless asked for, and the release that CI makes does it for tests alone:
#   ENTENTE_PRECOMPILED=tests;layers     what starts from precompiled headers (presets asan and tsan: both)
# ccache takes such objects only where it is told that the text of the header says enough (./test does so):
#   export CCACHE_SLOPPINESS=pch_defines,time_macros
set(ENTENTE_PRECOMPILED "" CACHE STRING "What starts from precompiled headers: tests, layers, or both")

set(precompiled_std <algorithm> <array> <cmath> <cstdint> <expected> <functional> <limits> <map> <memory> <optional>
                    <span> <string> <string_view> <vector>)
set(precompiled_tests ${precompiled_std} <fstream> <set> <sstream> <gtest/gtest.h>)

# A target whose precompiled headers others of the same settings take: compiled when the first of them is.
function(entente_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;LIBRARIES;OPTIONS" ${ARGN})
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled/${name}.cpp CONTENT "")
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/precompiled/${name}.cpp)
  target_link_libraries(${name} PRIVATE entente_settings entente_strict ${ARG_LIBRARIES})
  target_compile_options(${name} PRIVATE ${ARG_OPTIONS})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
  entente_precompiled_stays(${name})
endfunction()

# clang writes the time into such a header, which ccache would have to see change.
function(entente_precompiled_stays target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endfunction()

# `target` starts from the headers of `name`, if `what` is to: made by entente_precompiled with the same options.
function(entente_starts_from target what name)
  if(what IN_LIST ENTENTE_PRECOMPILED)
    target_precompile_headers(${target} REUSE_FROM ${name})
    entente_precompiled_stays(${target})
  endif()
endfunction()

if("layers" IN_LIST ENTENTE_PRECOMPILED)
  entente_precompiled(entente_precompiled_layers HEADERS ${precompiled_std})
  set_target_properties(entente_precompiled_layers PROPERTIES POSITION_INDEPENDENT_CODE ON)
endif()
