# What a fuzzer learns from are the paths through the layers that take bytes apart; the rest is sanitized and as quick as it
# can be, and comes out of ccache where the preset `asan` was built.
foreach(layer base text number situation ask family_trade plan doubt report mcp)
  target_compile_options(entente_${layer} PRIVATE -fsanitize=fuzzer-no-link)
endforeach()

# One program for each target; corpus/TARGET holds its seeds and what once failed, named after the bug.
foreach(target read table gambit number expression situation folder slices economy mcp)
  add_executable(fuzz_${target} ${target}.cpp)
  target_link_options(fuzz_${target} PRIVATE -fsanitize=fuzzer)
endforeach()
target_link_libraries(fuzz_read PRIVATE entente_strict entente_text)
target_link_libraries(fuzz_gambit PRIVATE entente_strict entente_text)
target_link_libraries(fuzz_table PRIVATE entente_strict entente_text)
target_link_libraries(fuzz_number PRIVATE entente_strict entente_number)
target_link_libraries(fuzz_expression PRIVATE entente_strict entente_number)
find_package(nlohmann_json REQUIRED)
foreach(target situation folder)
  target_link_libraries(fuzz_${target} PRIVATE entente_strict entente_report entente_families nlohmann_json::nlohmann_json)
endforeach()
target_link_libraries(fuzz_slices PRIVATE entente_strict entente_doubt)
target_link_libraries(fuzz_economy PRIVATE entente_strict entente_family_trade)
target_link_libraries(fuzz_mcp PRIVATE entente_strict entente_mcp entente_families nlohmann_json::nlohmann_json)
