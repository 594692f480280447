add_executable(bench_doubt doubt.cpp)
target_link_libraries(bench_doubt PRIVATE entente_strict entente_doubt entente_families benchmark::benchmark)
target_compile_definitions(bench_doubt PRIVATE ENTENTE_ROOT="${PROJECT_SOURCE_DIR}")
