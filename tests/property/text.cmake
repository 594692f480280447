# libyaml is the oracle; it is used by tests alone.
find_library(libyaml yaml REQUIRED)
entente_test(text_property_test LAYERS text LIBRARIES rapidcheck ${libyaml})
foreach(test number_property_test expression_property_test)
  entente_test(${test} LAYERS number text LIBRARIES rapidcheck)
endforeach()
