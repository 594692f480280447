# One folder, one target: `entente_layer(text DEPENDS base)` makes entente_text (alias entente::text) from the .cpp files
# of the folder and links only what is named, so that an arrow upwards fails at link or include time.

add_library(entente_settings INTERFACE)
target_compile_features(entente_settings INTERFACE cxx_std_23)
# Bit-identical results over threads and slices: no fused operations that a compiler may or may not choose.
target_compile_options(entente_settings INTERFACE $<BUILD_INTERFACE:-ffp-contract=off>)

# Strictness is for those who work on the program; users of the installed package never inherit it.
add_library(entente_strict INTERFACE)
target_compile_options(entente_strict INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers
                                                $<$<BOOL:${ENTENTE_DEVELOPER}>:-Werror>
                                                $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>  # stable_sort of libstdc++ 12
                                                $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # false with std::string in g++ 12 (GCC bug 105651)

set_property(GLOBAL PROPERTY ENTENTE_LAYERS entente_settings)
include(Precompiled)

function(entente_layer name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  add_library(entente_${name} STATIC ${sources})
  add_library(entente::${name} ALIAS entente_${name})
  set_target_properties(entente_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_include_directories(entente_${name}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(entente_${name} PUBLIC entente_settings PRIVATE $<BUILD_INTERFACE:entente_strict>)
  foreach(layer ${ARG_DEPENDS})
    target_link_libraries(entente_${name} PUBLIC entente_${layer})
  endforeach()
  # A header-only library leaves nothing behind in an archive; any other must be found again by whoever links it
  # (entente-config.cmake.in).
  foreach(library ${ARG_PRIVATE})
    get_target_property(type ${library} TYPE)
    if(type STREQUAL "INTERFACE_LIBRARY")
      target_link_libraries(entente_${name} PRIVATE $<BUILD_INTERFACE:${library}>)
    else()
      target_link_libraries(entente_${name} PRIVATE ${library})
    endif()
  endforeach()
  entente_starts_from(entente_${name} layers entente_precompiled_layers)
  set_property(GLOBAL APPEND PROPERTY ENTENTE_LAYERS entente_${name})
endfunction()
