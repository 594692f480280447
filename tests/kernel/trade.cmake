entente_test(trade_test LAYERS trade)
foreach(test trade_gradient_test trade_guide_test trade_policy_test trade_pressure_test)
  entente_test(${test} LAYERS trade LIBRARIES rapidcheck)
endforeach()
