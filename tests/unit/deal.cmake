entente_test(deal_test LAYERS plan)
