entente_test(market_test LAYERS market LIBRARIES glpk)
entente_test(market_contract_test LAYERS market)
