add_executable(bench_blocs blocs.cpp)
target_link_libraries(bench_blocs PRIVATE entente_strict entente_blocs benchmark::benchmark_main)
