# Targets for those who work on the program: cmake --build build --target format | format-check | docs | report | bench.
# (bench is made in bench/ and needs ENTENTE_BENCH; docs in tests/house and needs ENTENTE_TESTS.)

add_custom_target(format COMMAND ${PROJECT_SOURCE_DIR}/scripts/formatted --write VERBATIM)
add_custom_target(format-check COMMAND ${PROJECT_SOURCE_DIR}/scripts/formatted VERBATIM)

# clang-tidy 19 with .clang-tidy over every file of src and apps, and the headers that these include; nothing is compiled for
# it. The commands are clang's: cmake --preset tidy && cmake --build --preset tidy
find_program(ENTENTE_RUN_CLANG_TIDY run-clang-tidy-19)
if(ENTENTE_RUN_CLANG_TIDY AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_EXPORT_COMPILE_COMMANDS)
  find_program(ENTENTE_CLANG_TIDY clang-tidy-19 REQUIRED)
  add_custom_target(tidy COMMAND ${ENTENTE_RUN_CLANG_TIDY} -quiet -clang-tidy-binary ${ENTENTE_CLANG_TIDY} -p ${PROJECT_BINARY_DIR}
                                 "^${PROJECT_SOURCE_DIR}/(src|apps)/"
                    USES_TERMINAL VERBATIM)
else()
  add_custom_target(tidy COMMAND ${CMAKE_COMMAND} -E echo "clang-tidy-19 with the preset tidy: cmake --preset tidy && cmake --build --preset tidy"
                         COMMAND ${CMAKE_COMMAND} -E false)
endif()

# The flagship's answer in a file each: build/report/{ask,doubt}.{txt,json} and the page moscow.html; with Chromium also a
# picture of its first screen and a PDF of it.
set(flagship ${PROJECT_SOURCE_DIR}/situations/moscow-2025)
set(answers)
foreach(verb ask doubt)
  foreach(form txt json)
    set(json $<$<STREQUAL:${form},json>:--json>)
    list(APPEND answers COMMAND entente ${verb} ${flagship} ${json} > report/${verb}.${form})
  endforeach()
endforeach()
list(APPEND answers COMMAND entente report ${flagship} -o report/moscow.html)
find_program(ENTENTE_CHROMIUM NAMES chromium chromium-browser)
if(ENTENTE_CHROMIUM)
  set(page file://${PROJECT_BINARY_DIR}/report/moscow.html)
  set(look ${ENTENTE_CHROMIUM} --headless --no-sandbox --disable-gpu --hide-scrollbars)
  list(APPEND answers
    COMMAND ${look} --window-size=1440,760 --screenshot=${PROJECT_BINARY_DIR}/report/moscow.png ${page}
    COMMAND ${look} --no-pdf-header-footer --print-to-pdf=${PROJECT_BINARY_DIR}/report/moscow.pdf ${page})
endif()
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
