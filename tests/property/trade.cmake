entente_test(trade_property_test LAYERS trade LIBRARIES rapidcheck COST 40)
