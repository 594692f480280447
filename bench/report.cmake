add_executable(bench_report report.cpp)
target_link_libraries(bench_report PRIVATE entente_strict entente_report entente_families benchmark::benchmark)
target_compile_definitions(bench_report PRIVATE ENTENTE_ROOT="${PROJECT_SOURCE_DIR}")
