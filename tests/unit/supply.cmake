entente_test(supply_test LAYERS plan families)
