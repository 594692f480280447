entente_test(levers_test LAYERS plan families)
