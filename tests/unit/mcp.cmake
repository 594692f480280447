find_package(nlohmann_json REQUIRED)
entente_test(mcp_protocol_test LAYERS mcp families LIBRARIES nlohmann_json::nlohmann_json)
entente_test(mcp_tools_test LAYERS mcp families LIBRARIES nlohmann_json::nlohmann_json)
