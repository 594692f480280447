entente_test(text_test LAYERS text)
foreach(test number_test unit_test expression_test)
  entente_test(${test} LAYERS number text)
endforeach()
