# libyaml is the oracle; it is used by tests alone.
find_library(libyaml yaml REQUIRED)
entente_test(text_property_test LAYERS text LIBRARIES rapidcheck ${libyaml})
