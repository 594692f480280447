entente_test(hold_and_force_test LAYERS plan)
