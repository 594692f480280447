# Targets for those who work on the program: cmake --build build --target format | format-check | docs | report | bench.
# (bench is made in bench/ and needs ENTENTE_BENCH; docs in tests/house and needs ENTENTE_TESTS.)

find_program(ENTENTE_CLANG_FORMAT NAMES clang-format-14 clang-format)
file(GLOB_RECURSE formatted CONFIGURE_DEPENDS src/*.[ch]pp include/*.[ch]pp apps/*.[ch]pp tests/*.[ch]pp
     bench/*.[ch]pp fuzz/*.[ch]pp)
if(ENTENTE_CLANG_FORMAT)
  add_custom_target(format COMMAND ${ENTENTE_CLANG_FORMAT} -i ${formatted} VERBATIM)
  add_custom_target(format-check COMMAND ${ENTENTE_CLANG_FORMAT} --dry-run --Werror ${formatted} VERBATIM)
else()
  foreach(target format format-check)
    add_custom_target(${target} COMMAND ${CMAKE_COMMAND} -E echo "clang-format (14) is not installed"
                                COMMAND ${CMAKE_COMMAND} -E false)
  endforeach()
endif()

# The flagship's answer in a file each: build/report/{ask,doubt}.{txt,json}.
set(flagship ${PROJECT_SOURCE_DIR}/situations/moscow-2025)
set(answers)
foreach(verb ask doubt)
  foreach(form txt json)
    set(json $<$<STREQUAL:${form},json>:--json>)
    list(APPEND answers COMMAND entente ${verb} ${flagship} ${json} > report/${verb}.${form})
  endforeach()
endforeach()
add_custom_target(report COMMAND ${CMAKE_COMMAND} -E make_directory report ${answers}
                  WORKING_DIRECTORY ${PROJECT_BINARY_DIR} COMMAND_EXPAND_LISTS VERBATIM
                  COMMENT "Answering ${flagship} into ${PROJECT_BINARY_DIR}/report")

# What the tests reached: configure with the preset coverage, run ctest, then this.
find_program(ENTENTE_GCOVR gcovr)
if(ENTENTE_GCOVR)
  add_custom_target(coverage COMMAND ${ENTENTE_GCOVR} --root ${PROJECT_SOURCE_DIR} --filter src/ --filter include/
                                     --exclude-throw-branches --print-summary --txt coverage.txt
                                     --json-summary coverage.json ${PROJECT_BINARY_DIR}
                    WORKING_DIRECTORY ${PROJECT_BINARY_DIR} VERBATIM)
endif()
