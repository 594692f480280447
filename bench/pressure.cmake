add_executable(bench_pressure pressure.cpp)
target_link_libraries(bench_pressure PRIVATE entente_strict entente_plan entente_families benchmark::benchmark)
target_compile_definitions(bench_pressure PRIVATE ENTENTE_ROOT="${PROJECT_SOURCE_DIR}")
