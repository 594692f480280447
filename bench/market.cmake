add_executable(bench_market market.cpp)
target_link_libraries(bench_market PRIVATE entente_strict entente_market benchmark::benchmark)
