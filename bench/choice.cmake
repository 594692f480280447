add_executable(bench_choice choice.cpp)
target_link_libraries(bench_choice PRIVATE entente_strict entente_choice benchmark::benchmark benchmark::benchmark_main)
