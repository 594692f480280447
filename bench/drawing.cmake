# Besides the public headers it looks at the kit, to time the layout of a network alone.
add_executable(bench_drawing drawing.cpp)
target_include_directories(bench_drawing PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(bench_drawing PRIVATE ENTENTE_ROOT="${PROJECT_SOURCE_DIR}")
target_link_libraries(bench_drawing PRIVATE entente_strict entente_report entente_families benchmark::benchmark_main)
