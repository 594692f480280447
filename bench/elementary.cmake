# The sampling loops once more with the C library's functions: the same sources, a header in front of ours, and another
# name for the namespace, so that both fit into one program.
add_library(bench_libm STATIC draw_loops.cpp ${PROJECT_SOURCE_DIR}/src/number/normal.cpp
            ${PROJECT_SOURCE_DIR}/src/base/beta_function.cpp ${PROJECT_SOURCE_DIR}/src/base/gamma_function.cpp)
target_compile_definitions(bench_libm PRIVATE entente=entente_libm)
target_include_directories(bench_libm PRIVATE libm ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(bench_libm PRIVATE entente_settings)
add_executable(bench_elementary elementary.cpp draw_loops.cpp)
target_include_directories(bench_elementary PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(bench_elementary PRIVATE entente_strict entente_number bench_libm benchmark::benchmark)
