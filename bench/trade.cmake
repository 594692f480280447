# The random worlds of the tests need RapidCheck.
add_executable(bench_trade trade.cpp)
target_link_libraries(bench_trade PRIVATE entente_strict entente_family_trade benchmark::benchmark rapidcheck)
target_include_directories(bench_trade PRIVATE ${PROJECT_SOURCE_DIR}/tests)
