add_executable(bench_game game.cpp)
target_link_libraries(bench_game PRIVATE entente_strict entente_game benchmark::benchmark_main)
