entente_test(deal_property_test LAYERS plan COST 13)
