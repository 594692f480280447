find_package(nlohmann_json REQUIRED)
entente_test(engine_test LAYERS engine families LIBRARIES nlohmann_json::nlohmann_json)
entente_test(engine_draws_test LAYERS engine families)
entente_test(files_test LAYERS text)
