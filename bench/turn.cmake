add_executable(bench_turn turn.cpp)
target_link_libraries(bench_turn PRIVATE entente_strict entente_turn entente_families benchmark::benchmark)
target_compile_definitions(bench_turn PRIVATE ENTENTE_ROOT="${PROJECT_SOURCE_DIR}")
