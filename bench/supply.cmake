add_executable(bench_supply supply.cpp)
target_link_libraries(bench_supply PRIVATE entente_strict entente_supply benchmark::benchmark)
