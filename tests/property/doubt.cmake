entente_test(plan_property_test LAYERS plan families LIBRARIES rapidcheck)
