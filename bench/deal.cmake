# Besides the public headers it looks at how a question fills its networks, to time the kernel under it alone.
add_executable(bench_deal deal.cpp)
target_include_directories(bench_deal PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(bench_deal PRIVATE ENTENTE_ROOT="${PROJECT_SOURCE_DIR}")
target_link_libraries(bench_deal PRIVATE entente_strict entente_plan entente_families benchmark::benchmark_main)
