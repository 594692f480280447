entente_test(deal_property_test LAYERS plan families COST 13)
