add_executable(bench_wedge wedge.cpp)
target_link_libraries(bench_wedge PRIVATE entente_strict entente_wedge benchmark::benchmark_main)
