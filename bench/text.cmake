add_executable(bench_text text.cpp)
target_link_libraries(bench_text PRIVATE entente_strict entente_plan benchmark::benchmark_main)
