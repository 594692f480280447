entente_test(market_property_test LAYERS market LIBRARIES rapidcheck glpk)
